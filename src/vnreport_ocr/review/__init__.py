"""What a person decides about a document: the page to decide on, the decisions as data, and their application."""
