"""From damaged text to correct text: diagnose, fix, decode, guard."""
