"""A number with its noun, as messages write it."""


def many(number: int, what: str) -> str:
    """Write a number with its noun: ``1 page``, ``1,200 pages``."""
    return f"{number:,} {what}{'' if number == 1 else 's'}"
