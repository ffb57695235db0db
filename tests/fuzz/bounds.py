"""What one call may cost, in processor time of its thread; a busy machine does not count."""

import time
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Fail when what is done within took longer, which a bound of the code should have prevented."""
    start = time.thread_time()
    yield
    spent = time.thread_time() - start
    assert spent <= seconds, f"it took {spent:.2f} s, and may take {seconds} s"
