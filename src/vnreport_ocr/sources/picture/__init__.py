"""Pictures: the value, the files that hold them, what is measured on them, and their preparation."""
