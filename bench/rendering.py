"""What a public page costs when nothing is stored: CPU of one rendering, queries, and ratios.

The pages are those of the configured database; `manage.py make_load_test_data` fills one. Requests
go straight to Django, as the page store makes them, so that neither server nor network counts.
Beside them, in turns, runs a bare Django view without middleware: the machine's own measure.
"""

from __future__ import annotations

import argparse
import io
import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import unquote

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django

django.setup()

# What needs the settings can be imported only now.

from django.conf import settings  # noqa: E402
from django.core.handlers.wsgi import WSGIHandler  # noqa: E402
from django.db import connection  # noqa: E402
from django.http import HttpRequest, HttpResponse  # noqa: E402
from django.test.utils import CaptureQueriesContext, override_settings  # noqa: E402
from django.urls import path, reverse  # noqa: E402
from django.utils import timezone  # noqa: E402

from articles.models import Article, HourlyReads  # noqa: E402
from articles.ranking import start_of_hour  # noqa: E402

COMMENTS = 20
BODY = b"x" * 30_000

Application = Callable[..., Any]


def bare_view(request: HttpRequest) -> HttpResponse:
    return HttpResponse(BODY)


# The addresses of the bare application, which has this module for its ROOT_URLCONF.
urlpatterns = [path("", bare_view)]


def main() -> None:
    options = _arguments()
    bare = _bare_application()
    site = WSGIHandler()
    pages = _pages()
    for address in pages.values():
        for _ in range(options.warm_up):
            _ask(site, address)
    rounds = [_round(site, bare, pages, options.renderings) for _ in range(options.rounds)]
    print("| page | CPU ms | times a bare view | queries | kB |\n|---|---|---|---|---|")
    for name in pages:
        milliseconds = statistics.median(each[name] for each in rounds)
        ratio = statistics.median(each[name] / each["bare view"] for each in rounds)
        queries, size = _queries(site, pages[name])
        print(f"| {name} | {milliseconds:.2f} | {ratio:.0f} | {queries} | {size / 1000:.0f} |")
    print(f"| bare view | {statistics.median(each['bare view'] for each in rounds):.3f} | 1 | | |")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.rendering", description=__doc__)
    parser.add_argument("--renderings", type=int, default=30, help="of each page in each round")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--warm-up", type=int, default=20)
    return parser.parse_args()


class _BareHandler(WSGIHandler):
    """Django without middleware, and with the addresses of this module."""

    def resolve_request(self, request: HttpRequest) -> Any:
        request.urlconf = __name__
        return super().resolve_request(request)


def _bare_application() -> Application:
    with override_settings(MIDDLEWARE=[]):
        return _BareHandler()


def _pages() -> dict[str, str]:
    discussed = Article.objects.published().filter(comment_count=COMMENTS, tags__isnull=False)
    article = discussed.newest_first().first()
    if article is None:
        sys.exit(
            f"No article with {COMMENTS} comments: manage.py make_load_test_data --articles 1000"
        )
    _let_some_be_read()
    tag = article.tags.all()[0]
    return {
        "article, 20 comments": article.get_absolute_url(),
        "front page": reverse("articles:front_page"),
        "tag": tag.get_absolute_url(),
        "all articles": reverse("articles:article_list"),
        "feed": reverse("articles:feed"),
    }


def _let_some_be_read() -> None:
    hour = start_of_hour(timezone.localtime())
    newest = Article.objects.published().newest_first().values_list("pk", flat=True)[:10]
    HourlyReads.objects.add({(pk, hour): 1 for pk in newest})


def _round(
    site: Application, bare: Application, pages: dict[str, str], renderings: int
) -> dict[str, float]:
    taken = {"bare view": _milliseconds(bare, "/", renderings * 10)}
    for name, address in pages.items():
        taken[name] = _milliseconds(site, address, renderings)
    return taken


def _milliseconds(application: Application, address: str, times: int) -> float:
    """Return the median CPU time of one request."""

    def each() -> Iterator[float]:
        for _ in range(times):
            begun = time.process_time()
            _ask(application, address)
            yield time.process_time() - begun

    return statistics.median(each()) * 1000


def _ask(application: Application, address: str) -> bytes:
    """Return the body; whatever is not answered by 200 ends the measurement."""
    status = ""

    def start_response(line: str, headers: Any, exc_info: Any = None) -> None:
        nonlocal status
        status = line

    response = application(_environ(address), start_response)
    body = b"".join(response)
    response.close()
    if not status.startswith("200 "):
        sys.exit(f"{address} answers {status}")
    return body


def _environ(address: str) -> dict[str, Any]:
    return {
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote(address).encode().decode("latin-1"),
        "QUERY_STRING": "",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "HTTP_HOST": settings.ALLOWED_HOSTS[0] if settings.ALLOWED_HOSTS else "localhost",
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.url_scheme": "https" if settings.SECURE_SSL_REDIRECT else "http",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": sys.stderr,
    }


def _queries(site: Application, address: str) -> tuple[int, int]:
    with CaptureQueriesContext(connection) as queries:
        size = len(_ask(site, address))
    return len(queries), size


if __name__ == "__main__":
    main()
