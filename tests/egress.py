"""No test may ask for anything outside of this machine: names are not looked up, nobody is called."""

from __future__ import annotations

import ipaddress
import socket
from typing import Any


class EgressError(AssertionError):
    """A test has tried to reach the internet."""


def forbid() -> None:
    """Let this process connect to itself and its neighbours on this machine alone."""
    connect, connect_ex, getaddrinfo = (
        socket.socket.connect,
        socket.socket.connect_ex,
        socket.getaddrinfo,
    )

    def checked_connect(self: socket.socket, address: Any) -> None:
        _check(self.family, address)
        connect(self, address)

    def checked_connect_ex(self: socket.socket, address: Any) -> int:
        _check(self.family, address)
        return connect_ex(self, address)

    def checked_getaddrinfo(host: Any, *args: Any, **options: Any) -> Any:
        if host not in {None, "", "localhost"}:
            try:
                getaddrinfo(host, None, flags=socket.AI_NUMERICHOST)
            except (OSError, UnicodeError) as error:
                raise EgressError(f"A test has asked for the address of {host!r}.") from error
        return getaddrinfo(host, *args, **options)

    socket.socket.connect = checked_connect  # type: ignore[method-assign]
    socket.socket.connect_ex = checked_connect_ex  # type: ignore[method-assign]
    socket.getaddrinfo = checked_getaddrinfo


def _check(family: int, address: Any) -> None:
    if family != socket.AF_UNIX and not is_local(address[0]):
        raise EgressError(f"A test has tried to reach {address[0]!r}.")


def is_local(host: Any) -> bool:
    """Whether a connection to a name or address stays on this machine."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(str(host).partition("%")[0]).is_loopback
    except ValueError:
        return False
