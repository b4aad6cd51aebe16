"""The output formats: text, Markdown, JSON, CSV, Word, PDF, and markup with positions."""
