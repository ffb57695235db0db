"""The gunicorn worker that turns nobody away when it is told to stop."""

from gunicorn.workers.gthread import ThreadWorker


class DrainingWorker(ThreadWorker):
    """Takes what has already come to its port before it stops listening, and then at once.

    gunicorn's own goes on listening, without accepting, until its last request is done. Who comes
    in between waits for nothing: the kernel resets them when the port is closed.
    """

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
