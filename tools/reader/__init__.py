"""Makes the project's own reader of lines: prints and damages lines, trains on them, exports, measures it.

A tool of development: no part of the package needs it to read, and nothing of it is shipped. PyTorch is imported by
``network`` and ``training`` alone; all else runs with what the project's tests have.
"""
