"""Ctrl-C and a polite kill, answered at any moment: one line, one exit code, no traceback.

Hardly anything is imported here, so that the answer is in place before anything else is loaded.
"""

import contextlib
import os
import signal
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:  # typing is not loaded yet
    from types import FrameType
    from typing import NoReturn

STOPPED = 130
_LINE = b"vnocr: Stopped. Run the same command again to go on.\n"
_NUMBERS = (signal.SIGINT, signal.SIGTERM)
_AGAIN = 0.01


def leave_at_once() -> None:
    """Let a signal end the process where it stands, while there is nothing to tidy up."""
    _answer_with(_leave)


def raise_once() -> None:
    """Let the first signal raise ``KeyboardInterrupt`` in the main thread; others leave the tidying up alone."""
    sys.unraisablehook = _not_unheard
    signal.signal(signal.SIGALRM, _raise)
    _answer_with(_raise)


def ignore() -> None:
    """Let no signal disturb the end."""
    for number in (*_NUMBERS, signal.SIGALRM):
        signal.signal(number, signal.SIG_IGN)


def tell() -> int:
    """Say that the command was stopped; returns the exit code."""
    with contextlib.suppress(OSError):  # nobody listens
        os.write(2, _LINE)
    return STOPPED


def _answer_with(handler: "signal._HANDLER") -> None:
    for number in _NUMBERS:
        # What was started with the signal ignored (nohup) goes on ignoring it.
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, handler)


def _leave(_number: int, _frame: "FrameType | None") -> None:
    os._exit(tell())


def raise_now() -> "NoReturn":
    """Raise the one interrupt that is raised."""
    ignore()
    raise KeyboardInterrupt


def _raise(_number: int, _frame: "FrameType | None") -> None:
    raise_now()


def _not_unheard(unraisable: "sys.UnraisableHookArgs") -> None:
    """Raise an interrupt again that came where nothing can be raised: while a value was being let go of."""
    if unraisable.exc_type is KeyboardInterrupt:
        signal.signal(signal.SIGALRM, _raise)
        signal.setitimer(signal.ITIMER_REAL, _AGAIN)
        return
    sys.__unraisablehook__(unraisable)
