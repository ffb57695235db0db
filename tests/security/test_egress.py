"""S2: the suite reaches nobody outside; a test that tried would fail."""

import socket

import pytest

from tests.egress import EgressError, is_local


@pytest.mark.promise("S2")
def test_no_test_reaches_out():
    with pytest.raises(EgressError), socket.socket() as asked:
        asked.connect(("192.0.2.1", 80))
    with pytest.raises(EgressError):
        socket.create_connection(("pildam.example", 443), timeout=1)


@pytest.mark.parametrize(
    ("host", "expected"),
    [("127.0.0.1", True), ("::1", True), ("localhost", True), ("10.0.0.1", False), ("a.kr", False)],
)
def test_only_this_machine_is_local(host, expected):
    assert is_local(host) is expected
