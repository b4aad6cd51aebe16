"""Damaged text to right text: diagnose, fix, decode, guard."""
