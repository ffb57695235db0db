"""Whether a server is there: it answers, on a port or a local socket, or keeps silent."""

import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest

from config.postgresql.signs_of_life import answers

pytestmark = pytest.mark.promise("F5")


@contextmanager
def answering_once(server: socket.socket) -> Iterator[None]:
    def answer():
        client, _ = server.accept()
        with client:
            assert client.recv(8) == b"\x00\x00\x00\x08\x04\xd2\x16\x2f"
            client.sendall(b"N")

    with ThreadPoolExecutor(1) as thread:
        answered = thread.submit(answer)
        yield
    answered.result()


def test_a_server_that_listens_and_says_nothing_is_not_there():
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        assert not answers("127.0.0.1", port, 0.05)
    assert not answers("127.0.0.1", port, 0.05)


def test_one_letter_is_enough():
    with socket.create_server(("127.0.0.1", 0)) as server, answering_once(server):
        assert answers("127.0.0.1", server.getsockname()[1], 30)


def test_a_server_may_be_in_a_folder(tmp_path):
    assert not answers(str(tmp_path), 5432, 0.05)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / ".s.PGSQL.5432"))
        server.listen()
        with answering_once(server):
            assert answers(str(tmp_path), 5432, 30)
