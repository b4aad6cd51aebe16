"""PDF files: opened, drawn, and the text layers they hold."""
