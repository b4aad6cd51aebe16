"""What is given back: text, Markdown, JSON, CSV."""
