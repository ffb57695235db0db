"""What every template may use."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from articles.models import SiteSettings
from articles.navigation import shown_sections
from articles.site import name


def site(request: HttpRequest) -> dict[str, Any]:
    """Names and origin of the site, and its sections, fetched once and only if shown."""
    return {
        "site_name": SimpleLazyObject(name),
        "site_settings": SimpleLazyObject(SiteSettings.current),
        "site_url": settings.SITE_URL,
        "sections": SimpleLazyObject(shown_sections),
    }
