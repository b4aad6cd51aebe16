"""A worker: one order after the other, until its parent has no more or is gone."""

import contextlib
import os
import select
import signal
import socket
import tempfile
import threading
from collections import OrderedDict
from typing import Final

from vnreport_ocr.errors import OversizedPageError, VnocrError
from vnreport_ocr.jobs.frames import MOST, TooLongError
from vnreport_ocr.jobs.messages import Context, Done, Failure, News, Opened, OrderHandler, Retiring, fault
from vnreport_ocr.jobs.speech import Said, order_from_bytes, said_to_bytes
from vnreport_ocr.jobs.usage import resident_bytes, seconds_used
from vnreport_ocr.jobs.wire import receive_frame, send_frame

_OPEN_AT_ONCE: Final = 3


def work(end: socket.socket) -> None:
    """Do orders until there are no more."""
    threading.Thread(target=_die_with_parent, args=(end,), daemon=True).start()
    tempfile.tempdir = None  # what was forked may have looked before it was told
    handlers: OrderedDict[Context, OrderHandler] = OrderedDict()
    context: Context | None = None
    with contextlib.suppress(EOFError, OSError):
        while True:
            context, order = order_from_bytes(receive_frame(end), context)
            handler = handlers.get(context)
            if handler is None:
                try:
                    handler = context.open()
                except Exception as error:
                    told = error if isinstance(error, VnocrError) else fault(error)
                    _say(end, Done(seconds_used(), Failure(told, unopened=True)))
                    continue
                handlers[context] = handler
                _say(end, Opened(seconds_used()))
            handlers.move_to_end(context)
            while len(handlers) > _OPEN_AT_ONCE:
                handlers.popitem(last=False)
            result = handler.perform(order.order, lambda news: _say(end, News(seconds_used(), news)))
            _answer(end, result)
            if resident_bytes() > order.keep:
                _say(end, Retiring(seconds_used()))
                return


def _answer(end: socket.socket, result: object) -> None:
    """Say what came of an order; an answer that cannot be said costs the page, not the run."""
    try:
        _say(end, Done(seconds_used(), result))
    except TooLongError:
        error = OversizedPageError(f"What was read from it takes more than {MOST / 1e6:,.0f} MB.", cure="Split it.")
        _say(end, Done(seconds_used(), Failure(error)))
    except (TypeError, ValueError) as error:
        _say(end, Done(seconds_used(), Failure(fault(error))))


def _say(end: socket.socket, said: Said) -> None:
    send_frame(end, said_to_bytes(said))


def _die_with_parent(end: socket.socket) -> None:
    """Wait for the parent's end to close, then end this worker and the programs it started."""
    watch = select.poll()
    watch.register(end, 0)
    while not watch.poll():
        pass
    os.killpg(os.getpgrp(), signal.SIGKILL)
