"""What holds for every test."""

import os
import signal
import threading

from hypothesis import HealthCheck, settings

# The terms of whoever runs the tests must not change what comes of them.
os.environ["VNOCR_TERMS"] = ""

# A shell that runs them in the background hands an ignored Ctrl-C down to all they start.
if threading.current_thread() is threading.main_thread() and signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# The same examples in each run, however slow the machine is: a test that fails does so for everybody.
settings.register_profile("steady", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("steady")
