"""The gunicorn worker that turns nobody away when it is told to stop."""

import socket
import struct

from gunicorn.workers.gthread import ThreadWorker

# nginx sends a request at once when it has all of it; whoever lets a thread wait for longer is not
# nginx, and would keep it for ever.
PATIENCE_SECONDS = 15


class DrainingWorker(ThreadWorker):
    """Takes what has already come to its port before it stops listening, and then at once.

    gunicorn's own goes on listening, without accepting, until its last request is done. Who comes
    in between waits for nothing: the kernel resets them when the port is closed.
    """

    def init_process(self) -> None:
        for listener in self.sockets:
            bound_waiting(listener, PATIENCE_SECONDS)
        super().init_process()

    def set_accept_enabled(self, enabled: bool) -> None:
        super().set_accept_enabled(enabled)
        if enabled or self.alive:
            return
        for listener in self.sockets:
            self._accept_waiting(listener)
            listener.close()

    def _accept_waiting(self, listener: object) -> None:
        """Accept until nobody waits; the listener does not block."""
        accepted = -1
        while accepted != self.nr_conns:
            accepted = self.nr_conns
            self.accept(listener)


def bound_waiting(listener: socket.socket, seconds: float) -> None:
    """Let nothing that is accepted here keep a thread waiting for its next byte, or for room.

    The kernel's limits pass from a port to its connections, and hold for those that gunicorn lets
    block; the thread then gets an OSError.
    """
    whole = int(seconds)
    limit = struct.pack("ll", whole, int((seconds - whole) * 1_000_000))
    for option in (socket.SO_RCVTIMEO, socket.SO_SNDTIMEO):
        listener.setsockopt(socket.SOL_SOCKET, option, limit)
