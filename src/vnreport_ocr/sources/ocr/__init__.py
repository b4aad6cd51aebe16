"""A page picture read by an engine: lines, cells, second looks, figures."""
