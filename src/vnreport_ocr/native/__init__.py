"""The compiled part: the innermost loops in C. Where it is missing, the array code does the same, more slowly."""
