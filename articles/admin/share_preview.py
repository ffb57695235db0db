"""How a search result and a share card will show an article."""

from urllib.parse import urljoin

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from articles.models import Article
from articles.models.article import path_of_slug
from articles.slugs import make_slug, mended_slug
from articles.structured_data import description_of

CARD_WIDTH = 600


def share_preview(article: Article) -> SafeString:
    """Return both, for an article as it is stored or as it stands in the form."""
    slug = mended_slug(article.slug) or make_slug(article.title) or "…"
    context = {
        "article": article,
        "description": description_of(article),
        "host": settings.SITE_URL.partition("://")[2],
        "address": article.canonical_url or urljoin(settings.SITE_URL, path_of_slug(slug)),
        "picture": article.lead_image.copy_url(CARD_WIDTH) if article.lead_image else "",
        "site_name": settings.SITE_NAME,
    }
    return render_to_string("admin/articles/editor/_share_preview.html", context)
