"""The cards of Ghost's editors as the HTML that Ghost itself makes of them."""

from __future__ import annotations

import html
from collections.abc import Callable
from typing import Any

from articles.importing.ghost_records import number_in, objects_in, text_in
from articles.importing.html_inlines import Conversion

Payload = dict[str, Any]

# What the two editors call the same card.
_NAMES = {
    "card-markdown": "markdown",
    "codeblock": "code",
    "horizontalrule": "hr",
    "divider": "hr",
    "cta": "call-to-action",
}
_UNSEEN = frozenset(["paywall", "at-link-search"])
_LEFT_OUT = {
    "email": "what only e-mails showed (email card)",
    "email-cta": "what only e-mails showed (email-cta card)",
    "signup": "the form to sign up (signup card)",
    "collection": "a list of posts that Ghost fills (collection card)",
}
MARKDOWN = "markdown"


def card_name(name: str) -> str:
    return _NAMES.get(name, name)


def card_html(name: str, payload: Payload, conversion: Conversion) -> str:
    """Return the card's HTML, "" for one that pages do not show; others are named."""
    name = card_name(name)
    if name in _UNSEEN:
        return ""
    if is_for_members(payload):
        conversion.warn(f"left out: a card ({name[:40]}) that only members or e-mails showed")
        return ""
    if write := _CARDS.get(name):
        return write(payload)
    conversion.warn(f"left out: {_LEFT_OUT.get(name) or f'a card of the kind {name[:40]!r}'}")
    return ""


def is_for_members(payload: Payload) -> bool:
    """Whether visitors who are no members did not see the card."""
    visibility = payload.get("visibility")
    web = visibility.get("web") if isinstance(visibility, dict) else None
    old = isinstance(visibility, dict) and visibility.get("showOnWeb") is False
    return old or (isinstance(web, dict) and web.get("nonMember") is False)


def _image(payload: Payload) -> str:
    picture = _picture(payload, "src")
    if href := _said(payload, "href"):
        picture = f'<a href="{href}">{picture}</a>'
    return _figure("kg-image-card", picture, payload)


def _gallery(payload: Payload) -> str:
    pictures = "".join(
        f'<div class="kg-gallery-image">{_picture(each, "src")}</div>'
        for each in objects_in(payload, "images")
    )
    return _figure("kg-gallery-card", f"<div>{pictures}</div>", payload)


def _before_after(payload: Payload) -> str:
    sides = (payload.get(name) for name in ("beforeImage", "afterImage"))
    images = [side for side in sides if isinstance(side, dict)]
    return _gallery({"images": images, "caption": payload.get("caption")})


def _bookmark(payload: Payload) -> str:
    found = payload.get("metadata")
    metadata = found if isinstance(found, dict) else {}
    address = _said(payload, "url") or _said(metadata, "url")
    inner = _div("kg-bookmark-title", _said(metadata, "title"))
    inner += _div("kg-bookmark-description", _said(metadata, "description"))
    link = f'<a class="kg-bookmark-container" href="{address}">{inner}</a>'
    return _figure("kg-bookmark-card", link, payload)


def _embed(payload: Payload) -> str:
    address = _said(payload, "url")
    shown = text_in(payload, "html") or f'<p><a href="{address}">{address}</a></p>'
    return _figure("kg-embed-card", shown, payload)


def _callout(payload: Payload) -> str:
    emoji = _div("kg-callout-emoji", _said(payload, "calloutEmoji"))
    return _card("kg-callout-card", emoji + _div("kg-callout-text", _html(payload, "calloutText")))


def _toggle(payload: Payload) -> str:
    heading = f'<h4 class="kg-toggle-heading-text">{_html(payload, "heading")}</h4>'
    return _card("kg-toggle-card", heading + _div("kg-toggle-content", _html(payload, "content")))


def _code(payload: Payload) -> str:
    language = _said(payload, "language")
    named = f' class="language-{language}"' if language else ""
    code = f"<pre><code{named}>{_said(payload, 'code')}</code></pre>"
    return _figure("kg-code-card", code, payload) if text_in(payload, "caption") else code


def _raw(payload: Payload) -> str:
    return text_in(payload, "html")


def _file(payload: Payload) -> str:
    name = _div("kg-file-card-title", _said(payload, "fileTitle") or _said(payload, "fileName"))
    caption = _div("kg-file-card-caption", _said(payload, "fileCaption"))
    address = _said(payload, "src")
    link = f'<a class="kg-file-card-container" href="{address}">{name}{caption}</a>'
    return _card("kg-file-card", link)


def _audio(payload: Payload) -> str:
    title = _div("kg-audio-title", _said(payload, "title"))
    return _card("kg-audio-card", f'<audio src="{_said(payload, "src")}"></audio>{title}')


def _video(payload: Payload) -> str:
    return _figure("kg-video-card", f'<video src="{_said(payload, "src")}"></video>', payload)


def _header(payload: Payload) -> str:
    heading = _html(payload, "header")
    below = _html(payload, "subheader")
    inner = _picture(payload, "backgroundImageSrc", "kg-header-card-image")
    inner += f'<h2 class="kg-header-card-heading">{heading}</h2>' if heading else ""
    inner += f'<div class="kg-header-card-subheading">{below}</div>' if below else ""
    if payload.get("buttonEnabled"):
        inner += _button(payload, "buttonUrl", "buttonText", "kg-header-card-button")
    return _card("kg-header-card", inner)


def _product(payload: Payload) -> str:
    inner = _picture(payload, "productImageSrc", "kg-product-card-image")
    if title := _html(payload, "productTitle"):
        inner += f'<h4 class="kg-product-card-title">{title}</h4>'
    if payload.get("productRatingEnabled"):
        stars = max(0, min(5, number_in(payload, "productStarRating")))
        inner += '<span class="kg-product-card-rating-active"></span>' * stars
    inner += _div("kg-product-card-description", _html(payload, "productDescription"))
    if payload.get("productButtonEnabled"):
        inner += _button(payload, "productUrl", "productButton", "kg-product-card-button")
    return _card("kg-product-card", inner)


def _call_to_action(payload: Payload) -> str:
    picture = _picture(payload, "imageUrl")
    inner = _div("kg-cta-image-container", picture) if picture else ""
    inner += _div("kg-cta-text", _html(payload, "textValue"))
    if payload.get("showButton"):
        inner += _button(payload, "buttonUrl", "buttonText", "kg-cta-button")
    return _card("kg-cta-card", inner)


_CARDS: dict[str, Callable[[Payload], str]] = {
    "image": _image,
    "gallery": _gallery,
    "before-after": _before_after,
    "bookmark": _bookmark,
    "nft": _bookmark,
    "embed": _embed,
    "callout": _callout,
    "toggle": _toggle,
    "button": lambda payload: _button(payload, "buttonUrl", "buttonText", "kg-btn"),
    "code": _code,
    "html": _raw,
    "transistor": _embed,
    "file": _file,
    "audio": _audio,
    "video": _video,
    "header": _header,
    "product": _product,
    "call-to-action": _call_to_action,
    "hr": lambda payload: "<hr>",
}


def _said(payload: Payload, name: str) -> str:
    return html.escape(text_in(payload, name))


def _html(payload: Payload, name: str) -> str:
    """Return a value that is HTML already."""
    return text_in(payload, name)


def _picture(payload: Payload, name: str, shown_as: str = "kg-image") -> str:
    address = _said(payload, name)
    alt, title = _said(payload, "alt"), _said(payload, "title")
    return (
        f'<img class="{shown_as}" src="{address}" alt="{alt}" title="{title}">' if address else ""
    )


def _button(payload: Payload, address: str, text: str, shown_as: str) -> str:
    href = _said(payload, address)
    words = _said(payload, text)
    return f'<p><a class="{shown_as}" href="{href}">{words or href}</a></p>' if href else ""


def _div(shown_as: str, inner: str) -> str:
    return f'<div class="{shown_as}">{inner}</div>' if inner else ""


def _card(shown_as: str, inner: str) -> str:
    return f'<div class="kg-card {shown_as}">{inner}</div>'


def _figure(shown_as: str, inner: str, payload: Payload) -> str:
    caption = _html(payload, "caption")
    below = f"<figcaption>{caption}</figcaption>" if caption else ""
    return f'<figure class="kg-card {shown_as}">{inner}{below}</figure>' if inner else ""
