"""Vietnamese writing: letters, syllables, charsets, tokens. Pure functions, no I/O."""
