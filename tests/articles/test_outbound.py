"""Fetching from the web: nothing private is asked, and nobody is waited for without end."""

from __future__ import annotations

import ipaddress
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import closing

import pytest

from articles import outbound
from articles.outbound import Limits, OutboundError, fetch, is_public

SHORT = Limits(bytes=1_000, seconds=1)
PUBLIC = "93.184.215.14"


def asked(address: str, limits: Limits = SHORT) -> bytes:
    return fetch(address, agent="Test", limits=limits)


@pytest.mark.promise("S1")
@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.0.0.1", "172.16.0.1", "192.168.0.1", "169.254.169.254", "100.64.0.1"),
        *("0.0.0.1", "224.0.0.1", "255.255.255.255", "::", "::1", "fe80::1", "fc00::1", "fec0::1"),
        *("::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "::127.0.0.1", "ff02::1"),
        *("64:ff9b:1::7f00:1", "::ffff:0:127.0.0.1"),
    ],
)
def test_no_private_address_is_public_however_it_is_written(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", [PUBLIC, "2606:4700::1111", "::ffff:8.8.8.8"])
def test_public_addresses_are(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))


@pytest.mark.promise("S1")
@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("http://localhost/", "public"),
        ("http://127.1/", "public"),
        ("http://0x7f000001/", "public"),
        ("http://2130706433/", "public"),
        ("http://[::ffff:127.0.0.1]/", "public"),
        ("http://①②⑦.⓪.⓪.①/", "public"),
        ("file:///etc/passwd", "only http"),
        ("gopher://a.example/", "only http"),
        ("http://a.example:6379/", "ports"),
        ("http://root@a.example/", "name or password"),
        ("http://", "no host"),
        ("http://[::1/", "no web address|not a web address"),
    ],
)
def test_what_must_not_be_asked_is_refused_by_reason(address: str, reason: str) -> None:
    with pytest.raises(OutboundError, match=reason):
        asked(address)


@pytest.mark.promise("S1")
def test_one_private_address_among_public_ones_is_enough(monkeypatch) -> None:
    places = [(PUBLIC, 80), ("10.0.0.1", 80)]
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", place) for place in places]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
    with pytest.raises(OutboundError, match="public"):
        asked("http://rebinding.example/")


Answer = Callable[[socket.socket], None]


@pytest.fixture
def answers(monkeypatch) -> Iterator[list[Answer]]:
    """A server on this machine that stands for a public one; returns what it is to answer."""
    waiting: list[Answer] = []
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        place = server.getsockname()

        def serve() -> None:
            while True:
                try:
                    line, _ = server.accept()
                except OSError:
                    return
                with line:
                    line.recv(65_536)
                    waiting.pop(0)(line)

        def resolved(host: str, port: int, deadline: float) -> tuple[str, int]:
            if host == "public.example":
                return place
            return original(host, port, deadline)

        original = outbound._resolved
        monkeypatch.setattr(outbound, "_resolved", resolved)
        threading.Thread(target=serve, daemon=True).start()
        yield waiting
        server.shutdown(socket.SHUT_RDWR)


def saying(text: str) -> Answer:
    return lambda line: line.sendall(text.replace("\n", "\r\n").encode())


def dripping(line: socket.socket) -> None:
    line.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
    pause = threading.Event()
    try:
        while not pause.wait(0.05):
            line.sendall(b".")
    except OSError:
        return


def test_a_picture_is_fetched_through_redirects(answers) -> None:
    answers += [
        saying("HTTP/1.1 302 Found\nLocation: /다른.png?a=가\n\n"),
        saying("HTTP/1.1 200 OK\nContent-Length: 7\n\npicture"),
    ]
    assert asked("http://public.example/그림.png") == b"picture"


@pytest.mark.promise("S1")
@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (saying("HTTP/1.1 302 Found\nLocation: http://127.0.0.1/\n\n"), "public"),
        (saying("HTTP/1.1 302 Found\nLocation: file:///etc/passwd\n\n"), "only http"),
        (saying("HTTP/1.1 301 Moved\n\n"), "nowhere"),
        (saying("HTTP/1.1 302 Found\nLocation: http://[\n\n"), "no address"),
        (saying("HTTP/1.1 404 Not Found\n\n"), "404"),
        (saying("HTTP/1.1 200 OK\nContent-Length: 99999999\n\n"), "larger"),
        (saying(f"HTTP/1.1 200 OK\n\n{'x' * 5_000}"), "larger"),
        (saying("HTTP/1.1 200 OK\nContent-Length: 9\n\nhalf"), "broke off|not answer"),
        (saying("HTTP/1.1 200 OK\nContent-Encoding: gzip\n\n"), "compressed"),
        (saying("SSH-2.0-OpenSSH\n"), "not answer"),
        (dripping, "too long|larger"),
    ],
)
def test_what_a_host_may_do_wrong_ends_by_name(answers, answer: Answer, reason: str) -> None:
    answers.append(answer)
    with pytest.raises(OutboundError, match=reason):
        asked("http://public.example/a.png", Limits(bytes=1_000, seconds=0.5))


@pytest.mark.promise("S1")
def test_redirects_end(answers) -> None:
    answers += [saying("HTTP/1.1 302 Found\nLocation: /again\n\n")] * 6
    with pytest.raises(OutboundError, match="more than 5"):
        asked("http://public.example/")
