"""Paragraphs that are really pictures or videos."""

import re
from xml.etree import ElementTree

from markdown.treeprocessors import Treeprocessor

from articles.markup.marks import marked
from articles.markup.urls import embed_source, youtube_id

_CAPTION = re.compile(r"\s*▲\s*(?=\S)")


class FigureTreeprocessor(Treeprocessor):
    """Turns a top-level paragraph that holds only a picture, or only a video's address.

    A picture's title, or a line starting with ▲ under it, is its caption.
    """

    def run(self, root: ElementTree.Element) -> None:
        previous: ElementTree.Element | None = None
        for element in list(root):
            if element.tag == "p":
                if previous is not None and _take_caption(previous, element):
                    root.remove(element)
                    previous = None
                    continue
                _turn_into_embed(element) or _turn_into_figure(element)
            previous = element if element.tag == "figure" else None


def _turn_into_embed(paragraph: ElementTree.Element) -> bool:
    link = _only_child(paragraph)
    if link is None or link.tag != "a" or len(link) or link.text != link.get("href"):
        return False
    video = youtube_id(link.get("href", ""))
    if video is None:
        return False
    paragraph.tag = "div"
    paragraph.set("class", marked("embed"))
    paragraph.remove(link)
    ElementTree.SubElement(
        paragraph, "iframe", {"src": embed_source(video), "title": "YouTube 동영상"}
    )
    return True


def _turn_into_figure(paragraph: ElementTree.Element) -> bool:
    if (paragraph.text or "").strip() or not len(paragraph):
        return False
    picture = paragraph[0]
    image = picture if picture.tag == "img" else _only_child(picture)
    if image is None or image.tag != "img" or picture.tag not in ("a", "img"):
        return False
    has_caption_line = _CAPTION.match(picture.tail or "") is not None
    if not has_caption_line and (len(paragraph) > 1 or (picture.tail or "").strip()):
        return False
    title = image.attrib.pop("title", "").strip()
    if not has_caption_line and title:
        ElementTree.SubElement(paragraph, "figcaption").text = title
    elif has_caption_line:
        _move_caption(paragraph, picture)
    picture.tail = None
    paragraph.text = None
    paragraph.tag = "figure"
    return True


def _move_caption(paragraph: ElementTree.Element, picture: ElementTree.Element) -> None:
    """Put what follows the picture in its own paragraph into a caption."""
    caption = ElementTree.Element("figcaption")
    caption.text = _CAPTION.sub("", picture.tail or "", count=1)
    for element in list(paragraph)[1:]:
        paragraph.remove(element)
        caption.append(element)
    paragraph.append(caption)


def _take_caption(figure: ElementTree.Element, paragraph: ElementTree.Element) -> bool:
    """Move a paragraph that starts with ▲ into the figure above it."""
    if figure.find("figcaption") is not None or not _CAPTION.match(paragraph.text or ""):
        return False
    caption = ElementTree.SubElement(figure, "figcaption")
    caption.text = _CAPTION.sub("", paragraph.text or "", count=1)
    caption.extend(list(paragraph))
    return True


def _only_child(element: ElementTree.Element) -> ElementTree.Element | None:
    """The one child of an element without text of its own."""
    if len(element) != 1 or (element.text or "").strip() or (element[0].tail or "").strip():
        return None
    return element[0]
