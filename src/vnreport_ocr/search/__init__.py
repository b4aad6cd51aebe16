"""An archive's full text: what is kept of each page, queries as people type them, and what answers them."""
