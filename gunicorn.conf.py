"""What gunicorn reads when it starts: the analyser of Korean is loaded once, for all workers."""

from typing import Any

from articles.search import morphemes

# The application is loaded before the workers are forked, who share its memory.
preload_app = True
# Threads, and a stop that finishes what has come in.
worker_class = "config.workers.DrainingWorker"
# No header names the root of the site, or another path than the one that was asked for: not every
# proxy keeps such a header out, and caches would keep what it makes of the page.
forwarder_headers = ""
# As long an address as nginx takes: what is too long is answered by a page of ours.
limit_request_line = 8190


def on_starting(server: Any) -> None:
    """Load the model of the search: a second and 270 MB, which no reader's request waits for."""
    morphemes.load()
