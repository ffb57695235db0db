"""Old links keep working: what would be missing may have moved."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

from articles.caching import moved_permanently
from articles.models import Redirect

Handler = Callable[[HttpRequest], HttpResponseBase]


def redirect_old_paths(get_response: Handler) -> Handler:
    """Send readers of an old address on by one permanent redirect.

    The front page answers whatever query it is given, so that an old `/?p=12` must be looked
    up before it; every other address is looked up only when nothing else has answered.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if request.method not in {"GET", "HEAD"}:
            return get_response(request)
        if request.path_info == "/" and request.META.get("QUERY_STRING"):
            return _moved(request) or get_response(request)
        response = get_response(request)
        if response.status_code == 404:
            return _moved(request) or response
        return response

    return middleware


def _moved(request: HttpRequest) -> HttpResponseBase | None:
    query = request.META.get("QUERY_STRING", "")
    with_query = f"{request.path_info}?{query}"
    if query and (found := Redirect.objects.for_path(with_query)):
        keeps_query = False
    elif request.path_info != "/" and (found := Redirect.objects.for_path(request.path_info)):
        keeps_query = True
    else:
        return None
    destination = found.destination()
    if destination is None:
        return None
    return moved_permanently(request, destination, keeps_query=keeps_query)
