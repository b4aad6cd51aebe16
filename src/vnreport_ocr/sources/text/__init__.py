"""Text files: decoded, and cut into pages."""
