"""Pictures with the captions that pages put near them."""

from __future__ import annotations

import re
from itertools import pairwise

from lxml.html import HtmlElement, builder

from articles.importing.pages.blocks import is_layout
from articles.importing.pages.elements import text_of, tokens_of

_NAMED = re.compile(
    r"^(?:wp-caption-text|caption|captions|img_?desc|photo_?desc|photo_?caption|img_?caption|image-?caption"
    r"|pic_?caption|figcaption|txt_caption|article_?caption|photo_?txt|img_?txt|img_?info|desc_photo|cap"
    r"|photo_?exp|photo-credit|img-caption|inner_caption|caption_text|cap_txt|imgcaption)$",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"\s?[\[(<]?[\w.+-]{1,64}@[\w.-]{1,190}[\])>]?")
_SIGN = re.compile(r"^\s*[▲△▼▽◀▶]\s*")
_SIGNED = re.compile(r"[▲△▼▽]\s?\S|[◀▶]\s?\S.{2,}(?:사진|제공|ⓒ|©|=)")
_CREDIT = re.compile(
    r"[\[(<【]?\s?(?:사진|그래픽|자료|출처|이미지|일러스트|삽화)(?:\s?(?:제공|출처))?\s?[=:：/|ⓒ©]\s?\S.{0,80}"
    r"|.{2,150}(?:[\[(/<]|\s)(?:사진|그래픽|이미지|자료)\s?[=:ⓒ©]?\s?(?:제공\s?)?[^.]{1,30}[\])>]?|[ⓒ©]\s?\S.{0,60}"
    r"|.{2,120}(?:연합뉴스|뉴시스|뉴스1|게티이미지\S*|셔터스톡|로이터|제공)\s?[\])>]?"
)
_MAX_CAPTION = 250


def name_captions(body: HtmlElement) -> None:
    """Make elements that are called captions `<figcaption>`, and tables of a picture figures."""
    for element in list(body.iter()):
        if element.tag in ("p", "div", "span", "em", "dd", "strong", "small") and any(
            map(_NAMED.match, tokens_of(element))
        ):
            is_whole = element.find(".//img") is None and len(text_of(element)) <= _MAX_CAPTION
            if is_whole and text_of(element):
                element.tag = "figcaption"
    for table in list(body.iter("table")):
        _turn_into_figure(table)


def _turn_into_figure(table: HtmlElement) -> None:
    images = list(table.iter("img"))
    text = text_of(table)
    if len(images) != 1 or len(text) > _MAX_CAPTION or not is_layout(table):
        return
    if table.find(".//table") is not None:
        return
    image = images[0]
    tail, image.tail = table.tail, None
    caption = [builder.E.figcaption(text)] if text else []
    figure = builder.E.figure(image, *caption)
    figure.tail = tail
    parent = table.getparent()
    if parent is not None:
        parent.replace(table, figure)


def plain_captions(blocks: list[HtmlElement]) -> None:
    """Write captions without the sign that points at the picture, and without empty marks."""
    for caption in (each for block in blocks for each in block.iter("figcaption")):
        text = caption_text(caption)
        if next(caption.iter("a", "i", "em"), None) is None:
            del caption[:]
            caption.text = text
        else:
            caption.text = _SIGN.sub("", caption.text or "")


def caption_text(caption: HtmlElement) -> str:
    """Return a caption without the sign that points at its picture and without e-mail addresses."""
    return _ADDRESS.sub("", _SIGN.sub("", text_of(caption))).strip()


def join_captions(blocks: list[HtmlElement]) -> list[HtmlElement]:
    """Return the blocks with each caption in the figure of the picture that it stands beside."""
    joined: list[HtmlElement] = []
    for place, block in enumerate(blocks):
        above = joined[-1] if joined else None
        if block.tag == "figcaption" or _is_caption_of(block, above):
            if above is not None and picture_of(above) is not None and not caption_of(above):
                joined[-1] = _figure(above, block)
                continue
            below = blocks[place + 1] if place + 1 < len(blocks) else None
            if block.tag == "figcaption" and below is not None and picture_of(below) is not None:
                blocks[place + 1] = _figure(below, block)
                continue
            if block.tag == "figcaption":
                block.tag = "p"
        joined.append(block)
    return joined


def picture_of(block: HtmlElement) -> HtmlElement | None:
    """Return the picture of a block that is nothing but that, with its caption."""
    if block.tag not in ("p", "figure", "img"):
        return None
    images = list(block.iter("img"))
    if len(images) != 1 or (block.tag == "p" and text_of(block)):
        return None
    return images[0]


def caption_of(block: HtmlElement) -> str:
    """Return the caption of a figure, or ""."""
    caption = block.find("figcaption")
    return "" if caption is None else text_of(caption)


def _is_caption_of(block: HtmlElement, above: HtmlElement | None) -> bool:
    if block.tag != "p" or above is None or picture_of(above) is None or caption_of(above):
        return False
    text = text_of(block)
    if not text or len(text) > _MAX_CAPTION or block.find(".//img") is not None:
        return False
    return _SIGNED.match(text) is not None or _CREDIT.fullmatch(text) is not None


def _figure(holder: HtmlElement, caption: HtmlElement) -> HtmlElement:
    image = picture_of(holder)
    if image is None:
        return holder
    image.tail = None
    caption.tag = "figcaption"
    caption.tail = None
    for key in list(caption.attrib):
        del caption.attrib[key]
    return builder.E.figure(image, caption)


def split_captions(blocks: list[HtmlElement]) -> list[HtmlElement]:
    """Return the blocks with pictures and their captions, in one paragraph, as figures."""
    split: list[HtmlElement] = []
    for block in blocks:
        images = list(block.iter("img")) if block.tag == "p" else []
        text = text_of(block) if len(images) == 1 else ""
        is_caption = _SIGNED.match(text) is not None or _is_all_slanted(block, text)
        if not text or len(text) > _MAX_CAPTION or not is_caption:
            split.append(block)
            continue
        images[0].tail = None
        split.append(builder.E.figure(images[0], builder.E.figcaption(text)))
    return split


def _is_all_slanted(block: HtmlElement, text: str) -> bool:
    return bool(text) and " ".join(text_of(each) for each in block.iter("em", "i")).strip() == text


def without_repeated_captions(blocks: list[HtmlElement]) -> list[HtmlElement]:
    """Return the blocks without paragraphs that repeat the caption right above."""
    repeated = {
        below
        for above, below in pairwise(blocks)
        if below.tag == "p" and caption_of(above) and text_of(below) == caption_of(above)
    }
    return [block for block in blocks if block not in repeated]
