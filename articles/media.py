"""Uploaded pictures, for a site without a web server in front that serves them itself."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe
from django.views.static import serve

from articles.caching import ASSET

# No picture is stored under a longer name, and the disk answers one of 256 bytes with an error.
MAX_NAME_BYTES = 200


@require_safe
def picture(request: HttpRequest, path: str) -> HttpResponseBase:
    """Serve a file that can run nothing, whatever it may contain.

    The name of a stored picture comes from its bytes, so that it may be kept for ever.
    """
    if len(path.encode()) > MAX_NAME_BYTES:
        raise Http404("No picture has so long a name.")
    response = serve(request, path, document_root=str(settings.MEDIA_ROOT))
    response["Cache-Control"] = ASSET
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    return response
