"""What holds for every test."""

import os

# The terms of whoever runs the tests must not change what comes of them.
os.environ["VNOCR_TERMS"] = ""
