"""Uploaded pictures, for a site without a web server in front that serves them itself."""

import logging
from pathlib import PurePosixPath

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.core.files.storage import FileSystemStorage, default_storage
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
)
from django.views.decorators.http import require_safe
from django.views.static import serve

from articles.caching import ASSET, MOVED, cacheable
from articles.models import Image
from articles.picture_renditions import MEDIA_TYPES

logger = logging.getLogger(__name__)

# No picture is stored under a longer name, and the disk answers one of 256 bytes with an error.
MAX_NAME_BYTES = 200
# The machine's own list of kinds may be too old for some; what is not here is nothing to show.
KINDS = {f".{suffix}": kind for suffix, kind in MEDIA_TYPES.items()} | {
    ".gif": "image/gif",
    ".jpg": "image/jpeg",
    ".png": "image/png",
}


@require_safe
def picture(request: HttpRequest, path: str) -> HttpResponseBase:
    """Serve a file that can run nothing, whatever it may contain.

    The name of a stored picture comes from its bytes, so that it may be kept for ever.
    """
    if len(path.encode()) > MAX_NAME_BYTES:
        raise Http404("No picture has so long a name.")
    try:
        response = _file(request, path)
    except Http404:
        return _what_took_its_place(path)
    if response.status_code >= 500:
        return response
    if response.has_header("Content-Type"):
        kind = KINDS.get(PurePosixPath(path).suffix)
        response["Content-Type"] = kind or "application/octet-stream"
    response["Cache-Control"] = ASSET
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _file(request: HttpRequest, path: str) -> HttpResponseBase:
    """Return a file of the disk, or of wherever else the site keeps its pictures, or raise Http404."""
    if isinstance(default_storage, FileSystemStorage):
        return serve(request, path, document_root=str(settings.MEDIA_ROOT))
    try:
        with default_storage.open(path) as file:
            return HttpResponse(file.read(), content_type="application/octet-stream")
    except (FileNotFoundError, SuspiciousOperation) as error:
        raise Http404("There is no such file.") from error
    except OSError:
        logger.exception("A picture could not be read.")
        response = HttpResponse(status=503)
        response["Retry-After"] = "5"
        return response


def _what_took_its_place(path: str) -> HttpResponseBase:
    """Lead to the picture that a replaced file, or a copy that is gone, belongs to.

    Pages in caches and feeds elsewhere name files for a while that are no longer there.
    """
    image = Image.objects.standing_for(path)
    if image is None or image.file.name == path:
        raise Http404("There is no such picture.")
    response = HttpResponseRedirect(image.url)
    cacheable(response, MOVED)
    return response
