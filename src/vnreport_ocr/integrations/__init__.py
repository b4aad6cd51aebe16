"""Thin bridges to the frameworks of others; each is imported only by who uses that framework (extras)."""
