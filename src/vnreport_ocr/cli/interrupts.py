"""Ctrl-C and a polite kill, answered at any moment: one line, one exit code, no traceback.

Hardly anything is imported here, so that the answer is in place before anything else is loaded.
"""

import os
import signal
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:  # typing is not loaded yet
    from types import FrameType
    from typing import NoReturn

STOPPED = 130
_LINE = b"vnocr: Stopped. Run the same command again to continue.\n"
_NUMBERS = (signal.SIGINT, signal.SIGTERM)
_AGAIN = 0.05


class _State:
    """Whether an interrupt was raised in the run that goes on."""

    raised = False


def leave_at_once() -> None:
    """Let a signal end the process where it stands, while there is nothing to tidy up."""
    _answer_with(_leave)


def raise_once() -> None:
    """Let the first signal raise ``KeyboardInterrupt`` in the main thread; others leave the tidying up alone."""
    sys.unraisablehook = _not_told
    _answer_with(_raise)


def ignore() -> None:
    """Let no signal disturb the end."""
    for number in _NUMBERS:
        signal.signal(number, signal.SIG_IGN)
    heard()


def begin() -> None:
    """Say that a run begins: whatever was raised before is of no interest to it."""
    _State.raised = False


def heard() -> None:
    """Say that the interrupt was caught by somebody who knows what it is, and need not be raised again."""
    if _State.raised:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, signal.SIG_IGN)


def was_raised() -> bool:
    """Say whether an interrupt was raised in this run: any other error may be what has become of it."""
    return _State.raised


def wipe_off() -> None:
    """Let an interrupt that was answered be over.

    Where one came while code made of a string was run (a data class or a named tuple in the making), Python remembers
    it, and would end the process by the signal although it was answered; the next such code lets it forget.
    """
    exec("")


def tell() -> int:
    """Say that the command was stopped; returns the exit code."""
    try:  # noqa: SIM105 - contextlib is not loaded yet, and loading it is a moment more without an answer
        os.write(2, _LINE)
    except OSError:
        pass  # nobody listens
    return STOPPED


def _answer_with(handler: "signal._HANDLER") -> None:
    for number in _NUMBERS:
        # What was started with the signal ignored (nohup) goes on ignoring it.
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, handler)


def _leave(_number: int, _frame: "FrameType | None") -> None:
    os._exit(tell())


def raise_now() -> "NoReturn":
    """Raise the one interrupt that is raised.

    It may come where nothing can be raised (while a value is let go of), or where its receiver takes it for an error of
    its own (while a module is compiled). So it is raised again and again until somebody has caught it for what it is;
    while it is on its way, and things are tidied up, it is left alone.
    """
    ignore()
    _State.raised = True
    signal.signal(signal.SIGALRM, _raise_again)
    signal.setitimer(signal.ITIMER_REAL, _AGAIN, _AGAIN)
    raise KeyboardInterrupt


def _raise(_number: int, _frame: "FrameType | None") -> None:
    raise_now()


def _raise_again(_number: int, _frame: "FrameType | None") -> None:
    error = sys.exception()
    while error is not None:
        if isinstance(error, KeyboardInterrupt):
            return
        error = error.__context__
    raise KeyboardInterrupt


def _not_told(unraisable: "sys.UnraisableHookArgs") -> None:
    """Say nothing of an interrupt that came where nothing can be raised: it is raised again."""
    if unraisable.exc_type is not KeyboardInterrupt:
        sys.__unraisablehook__(unraisable)
