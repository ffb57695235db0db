"""How the desk shows a picture in a list or beside a form."""

from django.utils.html import format_html
from django.utils.safestring import SafeString

from articles.models import Image


def thumbnail(image: Image, css_class: str = "desk-thumbnail") -> SafeString:
    """Return the picture at a size that the stylesheet gives, loaded only when in sight."""
    return format_html(
        '<img class="{}" src="{}" alt="{}" width="{}" height="{}" loading="lazy" decoding="async">',
        css_class,
        image.url,
        image.alt or "대체 텍스트 없음",
        image.width,
        image.height,
    )


def markdown_snippet(image: Image) -> str:
    """Return what an editor pastes into a text to show the picture."""
    alt = image.alt.replace("[", r"\[").replace("]", r"\]")
    return f"![{alt}]({image.url})"
