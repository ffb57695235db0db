"""The only middleware that belongs to the site as a whole."""

from collections.abc import Callable

from csp.constants import UNSAFE_INLINE
from csp.decorators import csp_update
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse

Handler = Callable[[HttpRequest], HttpResponseBase]


def desk_content_policy(get_response: Handler) -> Handler:
    """Allow style attributes on the desk, where Unfold's widgets set them; nothing else."""
    relaxed = csp_update({"style-src": [UNSAFE_INLINE]})(get_response)

    def middleware(request: HttpRequest) -> HttpResponseBase:
        is_desk = request.path_info.startswith(reverse("admin:index"))
        return relaxed(request) if is_desk else get_response(request)

    return middleware
