"""The local site over an archive: search, pages beside their pictures, relations, indicators, review, downloads."""
