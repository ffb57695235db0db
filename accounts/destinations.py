"""Where a reader may be sent after signing in."""

from django.utils.http import url_has_allowed_host_and_scheme


def is_own_path(url: str) -> bool:
    """Whether the address names a page of this site by its whole path, and nothing else."""
    return url.startswith("/") and url_has_allowed_host_and_scheme(url, allowed_hosts=None)
