"""Frames over a socket, between the parent and a worker; what is in them is for ``speech`` to say."""

import contextlib
import socket
from collections.abc import Iterator
from typing import Final

from vnreport_ocr.jobs.frames import LENGTH, MOST, framed, length_of

_PIECE: Final = 1 << 18


class Wire:
    """The parent's end: it never waits, neither for a worker that reads slowly nor for the rest of a frame."""

    def __init__(self, end: socket.socket) -> None:
        end.setblocking(False)
        self._end = end
        self._incoming = bytearray()
        self._outgoing = bytearray()
        self.closed = False

    def fileno(self) -> int:
        """Return the descriptor to be polled."""
        return self._end.fileno()

    @property
    def is_clogged(self) -> bool:
        """Whether something waits to be sent."""
        return bool(self._outgoing)

    def send(self, data: bytes) -> None:
        """Send a frame, now or by later calls of ``flush``; to an end that is gone it is not sent."""
        self._outgoing += framed(data)
        self.flush()

    def flush(self) -> None:
        """Send what waits, as far as the other end takes it."""
        try:
            while self._outgoing:
                del self._outgoing[: self._end.send(self._outgoing)]
        except BlockingIOError:
            return
        except OSError:
            # Its end is noticed by whoever listens.
            self._outgoing.clear()

    def receive(self) -> Iterator[bytes]:
        """Yield the frames that have arrived whole.

        Raises ``EOFError`` after the last one of an end that is gone, and ``TooLongError`` for one that no worker
        may send.
        """
        gone = False
        try:
            # Not for ever: a worker that never pauses must not hold up what is to be done for the others.
            while not gone and len(self._incoming) <= MOST:
                data = self._end.recv(_PIECE)
                self._incoming += data
                gone = not data
        except BlockingIOError:
            pass
        except OSError:
            gone = True
        while len(self._incoming) >= LENGTH.size:
            end = LENGTH.size + length_of(self._incoming)
            if len(self._incoming) < end:
                break
            frame = bytes(memoryview(self._incoming)[LENGTH.size : end])
            del self._incoming[:end]
            yield frame
        if gone:
            raise EOFError

    def close(self) -> None:
        """Let go of the socket."""
        self.closed = True
        with contextlib.suppress(OSError):
            self._end.close()


def send_frame(end: socket.socket, data: bytes) -> None:
    """Send a frame and wait until the other end has taken it."""
    end.sendall(framed(data))


def receive_frame(end: socket.socket) -> bytes:
    """Wait for a frame; raises ``EOFError`` when the other end is gone."""
    return _exactly(end, length_of(_exactly(end, LENGTH.size)))


def _exactly(end: socket.socket, length: int) -> bytes:
    data = bytearray()
    while len(data) < length:
        piece = end.recv(min(_PIECE, length - len(data)))
        if not piece:
            raise EOFError
        data += piece
    return bytes(data)
