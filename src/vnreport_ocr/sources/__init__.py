"""Where text comes from: text files, PDF layers, rendered pages read by an engine."""
