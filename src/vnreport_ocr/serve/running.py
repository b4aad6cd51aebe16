"""The server itself: a socket of its own, and uvicorn behind it until somebody stops it."""

import contextlib
import errno
import ipaddress
import signal
import socket
import threading
from collections.abc import Iterator
from types import FrameType

import uvicorn

from vnreport_ocr.errors import UsageError
from vnreport_ocr.serve.app import application
from vnreport_ocr.serve.hosts import is_loopback
from vnreport_ocr.serve.site import Site

_HEAD_BYTES = 16_384
"""Of a request: its address and headers."""

_SIGNALS = (signal.SIGINT, signal.SIGTERM)
_AT_ONCE = 100
_PATIENCE = 2
"""Seconds for answers under way when the server ends."""


def listen(host: str, port: int, *, network: bool = False) -> socket.socket:
    """Take the place where requests arrive; raises ``UsageError`` where it cannot be had."""
    if not is_loopback(host) and not network:
        cure = "Add --network if that is meant, or leave out --host."
        raise UsageError(f"Anyone who can reach {host} could read the archive.", cure=cure)
    try:
        address = ipaddress.ip_address("127.0.0.1" if host == "localhost" else host.strip("[]"))
    except ValueError as error:
        raise UsageError(f"{host} is not an address.", cure="Give one like 127.0.0.1 or 192.168.1.20.") from error
    taken = socket.socket(socket.AF_INET6 if address.version == 6 else socket.AF_INET, socket.SOCK_STREAM)
    try:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        taken.bind((str(address), port))
        taken.listen(_AT_ONCE)
    except OSError as error:
        taken.close()
        raise _unlistenable(error, host, port) from error
    return taken


def address_of(taken: socket.socket) -> str:
    """Return the address that a browser is given."""
    host, port = taken.getsockname()[:2]
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


class _Server(uvicorn.Server):
    """Leaves signals to us."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Capture none."""
        yield


def serve(site: Site, taken: socket.socket) -> None:
    """Answer requests until a signal comes, which is raised again when all is tidied up."""
    config = uvicorn.Config(
        application(site), http="h11", ws="none", lifespan="off", loop="asyncio", log_config=None, log_level="critical",
        access_log=False, server_header=False, proxy_headers=False, limit_concurrency=_AT_ONCE,
        timeout_graceful_shutdown=_PATIENCE, h11_max_incomplete_event_size=_HEAD_BYTES,
    )  # fmt: skip
    server = _Server(config)
    heard: list[int] = []

    def stop(number: int, _frame: FrameType | None) -> None:
        server.force_exit = bool(heard)
        heard.append(number)
        server.should_exit = True
        # Whoever waits for a picture would hold the end up.
        threading.Thread(target=site.close, daemon=True).start()

    # What was started with a signal ignored (nohup) goes on ignoring it.
    wanted = [number for number in _SIGNALS if signal.getsignal(number) is not signal.SIG_IGN]
    before = {number: signal.signal(number, stop) for number in wanted}
    try:
        server.run(sockets=[taken])
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        site.close()
    for sent in heard[:1]:
        signal.raise_signal(sent)


def _unlistenable(error: OSError, host: str, port: int) -> UsageError:
    if error.errno == errno.EADDRINUSE:
        return UsageError(f"Port {port} is taken.", cure="Choose another with --port; --port 0 takes a free one.")
    if error.errno == errno.EADDRNOTAVAIL:
        return UsageError(f"{host} is not an address of this machine.", cure="Leave out --host, or give one that is.")
    if error.errno in (errno.EACCES, errno.EPERM):
        return UsageError(f"Port {port} may not be used.", cure="Choose one above 1023 with --port.")
    return UsageError(f"Cannot listen on {host}, port {port}: {error.strerror}.", cure="Choose another --port.")
