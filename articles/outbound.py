"""GET from the public web and from nowhere else, within limits of size and time.

An address that somebody wrote may name the machine itself, its network, or a cloud's metadata
service (server-side request forgery). A host's name is therefore resolved once, every address
behind it must be public, and the connection goes to the address that was judged, so that a name
which resolves otherwise the next time gains nothing. Each redirect is judged anew.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass
from urllib.parse import SplitResult, quote, urljoin, urlsplit, urlunsplit

MAX_REDIRECTS = 5
_PORTS = {"http": 80, "https": 443}
_REDIRECTS = frozenset([301, 302, 303, 307, 308])
_CHUNK = 1 << 16
# Addresses of the old protocol written in one of the new, which a gateway would translate.
_TRANSLATED = ipaddress.ip_network("64:ff9b::/96")
# All that is given out for the public internet of the new protocol.
_GIVEN_OUT = ipaddress.ip_network("2000::/3")

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
_Watch = Callable[[socket.socket], None]


class OutboundError(Exception):
    """Nothing was fetched; the message says why in one English line."""


@dataclass(frozen=True, slots=True)
class Limits:
    """`seconds` is for everything together, from resolving the name to the last byte."""

    bytes: int = 20_000_000
    seconds: float = 10.0


def fetch(address: str, *, accept: str = "*/*", agent: str, limits: Limits = Limits()) -> bytes:
    """Return what a public http(s) address answers with. Raises OutboundError."""
    deadline = time.monotonic() + limits.seconds
    for _ in range(MAX_REDIRECTS + 1):
        parts = _judged(address)
        with _answer(parts, accept, agent, deadline) as answer:
            if answer.status not in _REDIRECTS:
                return _body(answer, limits.bytes)
            target = answer.getheader("Location", "")
        if not target:
            raise OutboundError("it redirects to nowhere")
        try:
            address = urljoin(urlunsplit(parts), target)
        except ValueError as error:
            raise OutboundError("it redirects to what is no address") from error
    raise OutboundError(f"it redirects more than {MAX_REDIRECTS} times")


def is_public(address: Address) -> bool:
    """Whether an address is one of the public internet, also behind each way of embedding one."""
    if isinstance(address, ipaddress.IPv6Address):
        embedded = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
        if address in _TRANSLATED:
            embedded.append(ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF))
        if not all(is_public(inner) for inner in embedded if inner is not None):
            return False
        if address.ipv4_mapped is not None:
            return True
        if address not in _GIVEN_OUT and address not in _TRANSLATED:
            return False
    return address.is_global and not address.is_multicast


def _judged(address: str) -> SplitResult:
    """Return the address as it may be asked for: ASCII, without credentials and fragment."""
    try:
        parts = urlsplit(address.strip())
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise OutboundError("it is not a web address") from error
    if parts.scheme not in _PORTS:
        raise OutboundError(f"only http and https are fetched, not {parts.scheme[:20] or 'this'}")
    if not host:
        raise OutboundError("it names no host")
    if "@" in parts.netloc:
        raise OutboundError("it holds a name or password")
    if port not in (None, _PORTS[parts.scheme]):
        raise OutboundError("only the usual ports are asked")
    try:
        ascii_host = host if ":" in host else host.encode("idna").decode("ascii")
    except UnicodeError as error:
        raise OutboundError("its host's name is impossible") from error
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = quote(parts.query, safe="/%:@!$&'()*+,;=~-._?")
    return SplitResult(
        parts.scheme, f"[{ascii_host}]" if ":" in ascii_host else ascii_host, path, query, ""
    )


@contextmanager
def _answer(
    parts: SplitResult, accept: str, agent: str, deadline: float
) -> Iterator[http.client.HTTPResponse]:
    target = _resolved(parts.hostname or "", _PORTS[parts.scheme], deadline)
    connection = http.client.HTTPConnection(parts.netloc)
    headers = {
        "User-Agent": agent,
        "Accept": accept,
        "Accept-Encoding": "identity",
        "Connection": "close",
    }
    with _in_time(deadline) as watch, closing(connection):
        connection.sock = _connected(target, parts, deadline, watch)
        path = parts.path + (f"?{parts.query}" if parts.query else "")
        connection.request("GET", path, headers=headers)
        with connection.getresponse() as answer:
            yield answer


def _body(answer: http.client.HTTPResponse, most: int) -> bytes:
    if answer.status != 200:
        raise OutboundError(f"it answers {answer.status}")
    if answer.getheader("Content-Encoding", "identity").lower() not in ("", "identity"):
        raise OutboundError("it is compressed although that was not asked for")
    length = answer.getheader("Content-Length", "")
    if length.isdecimal() and len(length) < 20 and int(length) > most:
        raise OutboundError(f"it is larger than {most // 1_000_000} MB")
    read = bytearray()
    while chunk := answer.read(_CHUNK):
        read += chunk
        if len(read) > most:
            raise OutboundError(f"it is larger than {most // 1_000_000} MB")
    if length.isdecimal() and len(length) < 20 and len(read) < int(length):
        raise OutboundError("it broke off")
    return bytes(read)


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise OutboundError("it takes too long")
    return left


def _resolved(host: str, port: int, deadline: float) -> tuple[str, int]:
    """Return where to connect; the resolver has no time limit of its own, so a thread waits."""
    found: list[tuple[str, int]] = []
    failed: list[OSError | UnicodeError] = []

    def look_up() -> None:
        try:
            for *_, place in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
                found.append((str(place[0]), port))
        except (OSError, UnicodeError) as error:
            failed.append(error)

    thread = threading.Thread(target=look_up, daemon=True)
    thread.start()
    thread.join(_left(deadline))
    if thread.is_alive():
        raise OutboundError("it takes too long")
    if failed or not found:
        raise OutboundError("its host is unknown")
    for name, _ in found:
        if not is_public(ipaddress.ip_address(name.partition("%")[0])):
            raise OutboundError("its host is not on the public internet")
    return found[0]


def _connected(
    target: tuple[str, int], parts: SplitResult, deadline: float, watch: _Watch
) -> socket.socket:
    line = socket.create_connection(target, timeout=_left(deadline))
    watch(line)
    if parts.scheme == "https":
        context = ssl.create_default_context()
        secured = context.wrap_socket(
            line, server_hostname=parts.hostname, do_handshake_on_connect=False
        )
        watch(secured)
        secured.do_handshake()
        line = secured
    return line


@contextmanager
def _in_time(deadline: float) -> Iterator[_Watch]:
    """Cut the watched lines at the deadline, however slowly the other side keeps on sending.

    What goes wrong on them is raised as OutboundError.
    """
    is_over = threading.Event()
    with ExitStack() as lines:
        watched: list[socket.socket] = []

        def watch(line: socket.socket) -> None:
            watched.append(line)
            lines.callback(line.close)

        def cut() -> None:
            is_over.set()
            for line in watched:
                with suppress(OSError):
                    line.shutdown(socket.SHUT_RDWR)

        timer = threading.Timer(_left(deadline), cut)
        timer.daemon = True
        timer.start()
        try:
            yield watch
        except (OSError, http.client.HTTPException, ValueError) as error:
            late = is_over.is_set() or isinstance(error, TimeoutError)
            problem = "it takes too long" if late else "its host does not answer as it should"
            raise OutboundError(problem) from error
        finally:
            timer.cancel()
        if is_over.is_set():
            raise OutboundError("it takes too long")
