"""The least that can answer with the bytes and headers that a site has answered with.

Served by gunicorn as `bench.bare:function` and `bench.bare:django`. BENCH_ANSWERS names the file
that `bench.answers` writes. A POST is read and answered with 303, as a comment is.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import re_path

from bench.answers import Answer, read_answers

_ANSWERS = read_answers(Path(os.environ["BENCH_ANSWERS"]))
_NOTHING = Answer("404 Not Found", [("Content-Length", "0")], b"")
_POSTED = [("Location", "/"), ("Content-Length", "0")]


def function(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    if environ["REQUEST_METHOD"] == "POST":
        environ["wsgi.input"].read()
        start_response("303 See Other", _POSTED)
        return (b"",)
    answer = _ANSWERS.get(environ["PATH_INFO"], _NOTHING)
    start_response(answer.status, answer.headers)
    return (answer.body,)


def _view(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        _ = request.POST
        return HttpResponse(status=303, headers=dict(_POSTED))
    answer = _ANSWERS.get(request.META["PATH_INFO"].encode().decode("latin-1"), _NOTHING)
    status = int(answer.status.partition(" ")[0])
    return HttpResponse(answer.body, status=status, headers=dict(answer.headers))


urlpatterns = [re_path("", _view)]

settings.configure(
    ALLOWED_HOSTS=["127.0.0.1"],
    DEBUG=False,
    MIDDLEWARE=[],
    ROOT_URLCONF=__name__,
    SECRET_KEY="it signs nothing here",  # noqa: S106
)
django = get_wsgi_application()
