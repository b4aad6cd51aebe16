"""Which names a request may call this site by: a page of another site must not reach it under a name of its own."""

import ipaddress
import socket
from dataclasses import dataclass

LOOPBACK = ("localhost", "127.0.0.1", "::1")


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach an address."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


@dataclass(frozen=True, slots=True)
class Hosts:
    """The names that are answered to."""

    names: frozenset[str]
    any_address: bool = False
    """Whether bare addresses are answered to: no name of a stranger's domain is one."""

    @classmethod
    def of(cls, host: str) -> "Hosts":
        """Return the names of a site that listens on this host."""
        if is_loopback(host):
            return cls(frozenset(LOOPBACK))
        own = {host.lower(), socket.gethostname().lower(), socket.getfqdn().lower()}
        return cls(frozenset(own | set(LOOPBACK)), any_address=True)

    def know(self, said: str) -> bool:
        """Whether what stands in the header ``Host`` is one of them."""
        name = host_name(said)
        if name in self.names:
            return True
        if not self.any_address:
            return False
        try:
            ipaddress.ip_address(name)
        except ValueError:
            return False
        return True


def host_name(said: str) -> str:
    """Return the name in a header ``Host``, without the port."""
    said = said.strip().lower()
    if said.startswith("["):
        return said[1:].partition("]")[0]
    return said.partition(":")[0]
