"""What the publish gate judges of an article: gathered here, judged in `articles.publish_gate`."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings

from articles.content import Content, authors_of
from articles.internal_links import dead_links
from articles.markup.heading_uses import heading_uses
from articles.markup.picture_uses import picture_uses
from articles.models import Category, Image
from articles.models.article import path_of_slug
from articles.publish_gate import Facts, Problem, problems
from articles.rendering import RenderingError, render


def problems_of(content: Content, at: datetime | None = None) -> list[Problem]:
    """Return what stands in the way of publishing this content at `at` (now).

    What the renderer refuses is fatal; of such a text nothing else of the body is known.
    """
    body = content["body"]
    try:
        html = render(body, site_hosts=settings.SITE_HOSTS).html
        pictures, headings = picture_uses(body), heading_uses(body)
    except RenderingError as error:
        refused = Problem("refused", str(error), "id_body", is_fatal=True)
        return [refused, *problems(_facts(content))]
    path = path_of_slug(content["slug"])
    links = dead_links(body, path=path, html=html, at=at)
    return problems(_facts(content, pictures=pictures, headings=headings, links=links))


def _facts(content: Content, **found: object) -> Facts:
    lead = Image.objects.filter(pk=content["lead_image"]).first()
    alt = content["lead_image_alt"] or (lead.alt if lead else "")
    summary = (content["summary_1"], content["summary_2"], content["summary_3"])
    return Facts(
        title=content["title"],
        body=content["body"],
        summary=summary,
        category=Category.objects.filter(pk=content["category"]).exists(),
        authors=bool(authors_of(content)),
        lead_image=lead is not None,
        lead_alt=alt,
        **found,  # type: ignore[arg-type]
    )
