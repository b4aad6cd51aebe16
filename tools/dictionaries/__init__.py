"""Corpus to dictionaries: each file of dictionaries/ is rebuilt by one command."""
