"""What the desk's first page says of links and addresses that lead nowhere."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from articles.admin.broken_link import place_in_form
from articles.models import BrokenLink, MissingPage

ROWS = 5


def broken_links_panel(request: HttpRequest) -> dict[str, Any] | None:
    """Return the newest broken links, or None for whoever may not see them."""
    if not request.user.has_perm("articles.view_brokenlink"):
        return None
    links = BrokenLink.objects.select_related("article").only(
        "article__title", "line", "address", "reason"
    )
    return {
        "title": "끊긴 링크",
        "url": reverse("admin:articles_brokenlink_changelist"),
        "rows": [
            {
                "title": link.article.title,
                "url": place_in_form(link),
                "note": f"{link.line}째 줄 {link.address} · {link.reason}",
            }
            for link in links[:ROWS]
        ],
        "empty": "끊긴 링크가 없습니다.",
    }


def missing_pages_panel(request: HttpRequest) -> dict[str, Any] | None:
    """Return the addresses most often asked for in vain, or None for whoever may not see them."""
    if not request.user.has_perm("articles.view_missingpage"):
        return None
    may_send = request.user.has_perm("articles.add_redirect")
    address = reverse("admin:articles_missingpage_changelist")
    return {
        "title": "없는 주소",
        "url": address,
        "rows": [
            {
                "title": page.path,
                "url": reverse("admin:articles_missingpage_send", args=[page.pk])
                if may_send
                else address,
                "note": " · ".join(filter(None, (f"{page.hits}번 찾음", page.referrer))),
            }
            for page in MissingPage.objects.open()[:ROWS]
        ],
        "empty": "독자가 찾다 못 찾은 주소가 없습니다.",
    }
