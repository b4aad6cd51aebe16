"""Values sent over a socket, each whole: a length, then the value pickled.

Both ends are processes of this program under the same user; nothing that came from a file is unpickled as code.
"""

import contextlib
import pickle
import socket
import struct
from collections.abc import Iterator
from typing import Final

_LENGTH: Final = struct.Struct("!Q")
_PIECE: Final = 1 << 18


class Wire:
    """The parent's end: it never waits, neither for a worker that reads slowly nor for the rest of a value."""

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

    def send(self, value: object) -> None:
        """Send a value, now or by later calls of ``flush``; to an end that is gone it is not sent."""
        data = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
        self._outgoing += _LENGTH.pack(len(data)) + data
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

    def receive(self) -> Iterator[object]:
        """Give the values that have arrived whole; after the last one of an end that is gone raise ``EOFError``."""
        gone = False
        try:
            while data := self._end.recv(_PIECE):
                self._incoming += data
            gone = True
        except BlockingIOError:
            pass
        except OSError:
            gone = True
        while len(self._incoming) >= _LENGTH.size:
            (length,) = _LENGTH.unpack_from(self._incoming)
            end = _LENGTH.size + length
            if len(self._incoming) < end:
                break
            value = pickle.loads(memoryview(self._incoming)[_LENGTH.size : end].tobytes())
            del self._incoming[:end]
            yield value
        if gone:
            raise EOFError

    def close(self) -> None:
        """Let go of the socket."""
        self.closed = True
        with contextlib.suppress(OSError):
            self._end.close()


def send_value(end: socket.socket, value: object) -> None:
    """Send a value and wait until the other end has taken it."""
    data = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
    end.sendall(_LENGTH.pack(len(data)) + data)


def receive_value(end: socket.socket) -> object:
    """Wait for a value; raises ``EOFError`` when the other end is gone."""
    (length,) = _LENGTH.unpack(_exactly(end, _LENGTH.size))
    return pickle.loads(_exactly(end, length))


def _exactly(end: socket.socket, length: int) -> bytes:
    data = bytearray()
    while len(data) < length:
        piece = end.recv(min(_PIECE, length - len(data)))
        if not piece:
            raise EOFError
        data += piece
    return bytes(data)
