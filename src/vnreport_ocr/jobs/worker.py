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

from vnreport_ocr.errors import VnocrError
from vnreport_ocr.jobs.messages import Context, Done, Failure, News, Opened, Order, Retiring, Workplace, fault
from vnreport_ocr.jobs.usage import resident_bytes, seconds_used
from vnreport_ocr.jobs.wire import receive_value, send_value

_OPEN_AT_ONCE: Final = 3


def work(end: socket.socket) -> None:
    """Do orders until there are no more."""
    threading.Thread(target=_die_with_parent, args=(end,), daemon=True).start()
    tempfile.tempdir = None  # what was forked may have looked before it was told
    workplaces: OrderedDict[Context, Workplace] = OrderedDict()
    context: Context | None = None
    with contextlib.suppress(EOFError, OSError):
        while True:
            order = receive_value(end)
            if not isinstance(order, Order):
                raise TypeError("a worker is given orders")
            context = order.context or context
            if context is None:
                raise TypeError("a worker is told its context first")
            workplace = workplaces.get(context)
            if workplace is None:
                try:
                    workplace = context.open()
                except Exception as error:
                    told = error if isinstance(error, VnocrError) else fault(error)
                    send_value(end, Done(seconds_used(), Failure(told, unopened=True)))
                    continue
                workplaces[context] = workplace
                send_value(end, Opened(seconds_used()))
            workplaces.move_to_end(context)
            while len(workplaces) > _OPEN_AT_ONCE:
                workplaces.popitem(last=False)
            result = workplace.perform(order.order, lambda news: send_value(end, News(seconds_used(), news)))
            send_value(end, Done(seconds_used(), result))
            if resident_bytes() > order.keep:
                send_value(end, Retiring(seconds_used()))
                return


def _die_with_parent(end: socket.socket) -> None:
    """Wait for the parent's end to close, then end this worker and the programs it started."""
    watch = select.poll()
    watch.register(end, 0)
    while not watch.poll():
        pass
    os.killpg(os.getpgrp(), signal.SIGKILL)
