"""Clean, trustworthy text out of damaged Vietnamese PDFs."""

__version__ = "0.1.0"
