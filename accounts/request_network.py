"""Which network a request came from, by the proxies that the site is set to trust."""

from django.conf import settings
from django.http import HttpRequest

from accounts.client_address import client_network


def network_of(request: HttpRequest) -> str:
    """Return the sender's IPv4 address or IPv6 /64, "" when nothing tells."""
    return client_network(
        request.META.get("REMOTE_ADDR", ""),
        request.META.get("HTTP_X_FORWARDED_FOR", ""),
        trusted_proxies=settings.TRUSTED_PROXIES,
    )
