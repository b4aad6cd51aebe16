"""Word files as input: text, tables and footnotes, old fonts run by run."""
