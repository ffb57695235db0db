"""The gunicorn worker that stops without turning anybody away."""

import socket
from types import SimpleNamespace

import pytest

from config.workers import DrainingWorker, bound_waiting


class Listener:
    """A port at which so many connections wait."""

    def __init__(self, waiting: int) -> None:
        self.waiting = waiting
        self.is_closed = False

    def close(self) -> None:
        self.is_closed = True


class Worker(DrainingWorker):
    def __init__(self, *listeners: Listener) -> None:
        self.sockets = listeners
        self.alive, self._accepting, self.nr_conns = True, True, 0
        self.poller = SimpleNamespace(unregister=lambda listener: None)

    def accept(self, listener: Listener) -> None:
        if listener.waiting:
            listener.waiting -= 1
            self.nr_conns += 1


@pytest.mark.promise("F10")
def test_a_stopping_worker_takes_all_who_wait_and_closes_its_ports():
    first, second = Listener(3), Listener(0)
    worker = Worker(first, second)
    worker.alive = False
    worker.set_accept_enabled(False)
    assert worker.nr_conns == 3
    assert first.is_closed
    assert second.is_closed


def test_a_worker_that_is_only_full_keeps_its_port():
    listener = Listener(3)
    worker = Worker(listener)
    worker.set_accept_enabled(False)
    assert (listener.waiting, listener.is_closed) == (3, False)


def test_whoever_sends_half_a_request_keeps_no_thread():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        bound_waiting(listener, 0.01)
        listener.setblocking(False)
        with socket.create_connection(listener.getsockname()):
            listener.settimeout(5)
            accepted, _ = listener.accept()
            with accepted:
                accepted.setblocking(True)
                with pytest.raises(BlockingIOError):
                    accepted.recv(1)
