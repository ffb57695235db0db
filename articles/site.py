"""What the site is called and says of itself: as the desk has set it, or the environment."""

from urllib.parse import urljoin

from django.conf import settings

from articles.models import SiteSettings

# Where readers search, with `?q=`.
SEARCH_PATH = "/search/"


def name() -> str:
    """Return the name that readers see."""
    return SiteSettings.current().name or settings.SITE_NAME


def absolute(path: str) -> str:
    """Return the address of a path on the site's own origin."""
    return urljoin(settings.SITE_URL, path)


def mail_prefix() -> str:
    """Return what the subjects of letters about accounts begin with."""
    return f"[{name()}] "


def desk_name(request: object) -> str:
    """Return what stands at the head of the desk, in the shape that Unfold calls."""
    return f"{name()} 편집실"
