"""Changes an article for `bench.latency`, from a process that serves nobody.

`python -m bench.publisher` in the environment of a site reads titles, gives each to the newest
article, and prints when it was committed, in nanoseconds of the machine's monotonic clock.
"""

from __future__ import annotations

import sys
import time

import django

django.setup()

# What needs the settings can be imported only now.
from articles.models import Article  # noqa: E402


def main() -> None:
    article = Article.objects.published().order_by("-published_at", "-pk")[0]
    print(article.get_absolute_url(), flush=True)
    for line in sys.stdin:
        article.title = line.strip()
        article.save()
        print(time.monotonic_ns(), flush=True)


if __name__ == "__main__":
    main()
