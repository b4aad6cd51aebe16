"""A PDF whose text is the repaired text: the page as it was, with invisible words where its words are."""
