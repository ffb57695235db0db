"""Answers that are the same wherever on the site something is done by a form."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


class SeeOther(HttpResponseRedirect):
    """Send whoever did something by a form on to the page that shows it, with a GET."""

    status_code = 303


def retry_after(seconds: int, response: HttpResponse) -> HttpResponse:
    """Say in the answer when the next try is welcome."""
    response["Retry-After"] = str(seconds)
    return response
