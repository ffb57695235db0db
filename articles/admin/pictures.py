"""How the desk shows a picture in a list or beside a form."""

from django.utils.html import format_html
from django.utils.safestring import SafeString

from articles.models import Image

CARD_WIDTH = 480
FORM_WIDTH = 800


def thumbnail(
    image: Image, css_class: str = "desk-thumbnail", *, at_least: int = CARD_WIDTH
) -> SafeString:
    """Return the picture at a size that the stylesheet gives, loaded only when in sight."""
    return format_html(
        '<img class="{}" src="{}" alt="{}" width="{}" height="{}" loading="lazy" decoding="async">',
        css_class,
        image.copy_url(at_least),
        image.alt or "대체 텍스트 없음",
        image.width,
        image.height,
    )


def focus_picker(image: Image) -> SafeString:
    """Return the picture for the form, on which a script lets the focus be set by a click."""
    return format_html(
        '<span class="desk-focus" data-focus-picker>{}</span>',
        thumbnail(image, "desk-picture", at_least=FORM_WIDTH),
    )


def markdown_snippet(image: Image) -> str:
    """Return what an editor pastes into a text to show the picture."""
    alt = image.alt.replace("[", r"\[").replace("]", r"\]")
    return f"![{alt}]({image.url})"
