"""The components of Naver's SmartEditor 3 and ONE as plain HTML."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator

from lxml.html import HtmlElement

from articles.importing.pages import plain
from articles.importing.pages.elements import drop, is_element, lines_of, one_line, text_of
from articles.importing.pages.facts import PageFacts

_KIND = re.compile(r"se[-_]([A-Za-z]+)\d?$")
_LATEX = re.compile(r"\$([^$]{1,2000})\$")
_FRAME = re.compile(r"src=\\?[\"']([^\"'\\]{1,500})")
_LEFT_OUT = {"sticker", "anniversarySection", "documentTitle", "talktalk", "brandConnect", "mrBlog"}
# How Naver's writers head a section: with a quotation of one short line.
_MAX_HEADING = 45
_ENDS_SENTENCE = re.compile(r"[.!?…”’\"'」』]$")


def is_component(element: HtmlElement) -> bool:
    classes = (element.get("class") or "").split() if is_element(element) else []
    return "se-component" in classes or "se_component" in classes


def plain_components(container: HtmlElement, facts: PageFacts) -> list[HtmlElement]:
    """Return the components' content in order; what cannot be kept is named in the warnings."""
    outer = plain.outermost(container, is_component)
    heads = _quotations_are_headings(outer)
    made: list[HtmlElement] = []
    for each in outer:
        kind = _kind_of(each)
        if kind == "quotation" and heads and _heads(each):
            made.append(plain.element("h2", text_of(_quoted(each))))
        elif kind not in _LEFT_OUT:
            made += _WRITERS.get(kind, _anything)(each, facts)
    return made


def _kind_of(component: HtmlElement) -> str:
    names = (_KIND.match(name) for name in (component.get("class") or "").split())
    return next((match[1] for match in names if match and match[1] != "component"), "")


def _quotations_are_headings(components: list[HtmlElement]) -> bool:
    """Whether the post's quotations divide it: there are several, and no headings of its own."""
    kinds = [_kind_of(each) for each in components]
    quoted = [each for each in components if _kind_of(each) == "quotation"]
    return "sectionTitle" not in kinds and sum(map(_heads, quoted)) >= 2


def _heads(quotation: HtmlElement) -> bool:
    lines = lines_of(quotation)
    is_short = len(lines) == 1 and len(lines[0]) <= _MAX_HEADING
    return is_short and _ENDS_SENTENCE.search(lines[0]) is None


def _by_class(element: HtmlElement, *names: str) -> Iterator[HtmlElement]:
    for each in element.iter():
        if is_element(each) and not set(names).isdisjoint((each.get("class") or "").split()):
            yield each


def _text_by_class(element: HtmlElement, *names: str) -> str:
    return next(filter(None, map(text_of, _by_class(element, *names))), "")


def _data(component: HtmlElement) -> dict[str, object]:
    """Return what the editor keeps of a component beside it."""
    for script in component.iter("script"):
        for name in ("data-module-v2", "data-module"):
            inner = plain.data_of(script, name).get("data")
            if isinstance(inner, dict):
                return inner
    return {}


def _text(component: HtmlElement, facts: PageFacts) -> list[HtmlElement]:
    made: list[HtmlElement] = []
    for module in plain.outermost(component, _is_text) or [component]:
        blocks = [child for child in module if is_element(child) and child.tag in ("p", "ul", "ol")]
        if module.tag == "p" or not blocks:
            module.tag = "p"
            made.append(module)
        else:
            made += blocks
    for block in made:
        block.tail = None
    return [block for block in made if not plain.is_blank(block)]


def _is_text(element: HtmlElement) -> bool:
    names = {"se-module-text", "se_textarea", "se_textView", "se-text-paragraph"}
    return not names.isdisjoint((element.get("class") or "").split())


def _heading(component: HtmlElement, facts: PageFacts) -> list[HtmlElement]:
    text = text_of(component)
    return [plain.element("h2", text)] if text else []


def _quoted(component: HtmlElement) -> HtmlElement:
    return next(_by_class(component, "se-quotation-container", "se_textarea"), component)


def _quotation(component: HtmlElement, facts: PageFacts) -> list[HtmlElement]:
    made = plain.element("blockquote")
    cites = list(_by_class(component, "se-cite", "se_cite"))
    source = one_line(" ".join(map(text_of, cites)))
    for cite in cites:
        drop(cite)
    for inner in list(component.iter("blockquote")):
        inner.tag = "div"
    made.extend(_text(component, facts))
    if source:
        made.append(plain.element("p", f"— {source.lstrip('-—– ')}"))
    return [made] if len(made) else []


def _pictures(component: HtmlElement, facts: PageFacts) -> list[HtmlElement]:
    """Return a figure for each picture; a group's caption belongs to its last."""
    caption = _text_by_class(component, "se-caption", "se_caption")
    made: list[HtmlElement] = []
    for image in component.iter("img"):
        around = image.getparent()
        linked = plain.data_of(around, "data-linkdata") if around is not None else {}
        address = plain.picture_address(image, _behind(image, linked))
        link = plain.text_at(linked, "link") if linked.get("linkUse") == "true" else ""
        if address:
            made.append(plain.figure(address, alt=one_line(image.get("alt")), link=link))
    for video in component.iter("video"):
        if address := video.get("data-gif-url"):
            made.append(plain.figure(address))
    if made and caption:
        made[-1].append(plain.element("figcaption", caption))
    return made


def _behind(image: HtmlElement, linked: dict[str, object]) -> str:
    """Return the picture behind a stand-in, which the link that opens it names."""
    shown = image.get("src") or ""
    is_stand_in = "blur" in shown or shown.startswith("data:")
    return plain.text_at(linked, "src") if is_stand_in and not image.get("data-lazy-src") else ""


def _card(component: HtmlElement, facts: PageFacts) -> list[HtmlElement]:
    links = (link.get("href") or "" for link in component.iter("a"))
    address = next((each for each in links if each.startswith("http")), "")
    address = address or plain.text_at(_data(component), "link")
    title = _text_by_class(
        component, "se-oglink-title", "se_og_tit", "se-material-title", "se_og_title"
    )
    return [plain.link_line(address, title)] if address else []


def _rule(component: HtmlElement, facts: PageFacts) -> list[HtmlElement]:
    return [plain.element("hr")]


def _code(component: HtmlElement, facts: PageFacts) -> list[HtmlElement]:
    view = next(_by_class(component, "__se_code_view"), None)
    view = next(component.iter("pre"), None) if view is None else view
    if view is None or not view.text_content().strip():
        return []
    match = re.search(r"language-([\w+#-]{1,30})", view.get("class") or "")
    return [plain.code(view.text_content(), match[1] if match else "")]


def _table(component: HtmlElement, facts: PageFacts) -> list[HtmlElement]:
    tables = list(component.iter("table"))
    for table in tables:
        table.tail = None
        for cell in table.iter("td", "th"):
            for name in ("style", "class"):
                cell.attrib.pop(name, None)
    return tables[:1]


def _film(component: HtmlElement, facts: PageFacts) -> list[HtmlElement]:
    data = _data(component)
    frames = (frame.get("src") or "" for frame in component.iter("iframe"))
    embedded = _FRAME.search(html.unescape(plain.text_at(data, "html")))
    address = next(filter(None, frames), "") or (embedded[1] if embedded else "")
    address = address or plain.text_at(data, "inputUrl") or plain.text_at(data, "link")
    title = _text_by_class(component, "se-media-meta-info-title", "se_media_meta_info_title")
    title = title or plain.text_at(data, "mediaMeta", "title") or plain.text_at(data, "title")
    if address.startswith("//"):
        address = f"https:{address}"
    if address.startswith("http") and "nmv.naver.com" not in address:
        return [plain.film(address, title)]
    facts.warnings.append(f"a film kept at Naver was left out: {title or 'without a title'}"[:200])
    return []


def _places(component: HtmlElement, facts: PageFacts) -> list[HtmlElement]:
    """Return a line for each place on a map, linked to its entry."""
    made: list[HtmlElement] = []
    for place in _by_class(component, "se-map-info", "se_map_info", "se_map_article"):
        known = plain.data_of(place, "data-linkdata")
        name = _text_by_class(place, "se-map-title", "se_title") or plain.text_at(known, "name")
        where = _text_by_class(place, "se-map-address", "se_address") or plain.text_at(
            known, "address"
        )
        number = str(known.get("placeId") or "")
        line = plain.element("p", "" if number else name)
        if number.isdecimal():
            line = plain.link_line(f"https://map.naver.com/p/entry/place/{number}", name)
            line[0].tail = f", {where}" if where else None
        elif where:
            line.text = ", ".join(filter(None, (name, where)))
        made += [line] if text_of(line) else []
    return made


def _file(component: HtmlElement, facts: PageFacts) -> list[HtmlElement]:
    name = "".join(
        _text_by_class(component, each) for each in ("se-file-name", "se-file-extension")
    )
    links = (link.get("href") or "" for link in component.iter("a"))
    if address := next((each for each in links if each.startswith("http")), ""):
        return [plain.link_line(address, name)]
    facts.warnings.append(f"a file was left out: {name}"[:200])
    return []


def _formula(component: HtmlElement, facts: PageFacts) -> list[HtmlElement]:
    data = _data(component)
    latex = plain.text_at(data, "latex").strip("$")
    found = [latex] if latex else _LATEX.findall(plain.text_at(data, "html"))
    if not found:
        return []
    facts.warnings.append("a formula was kept as the code of LaTeX")
    return [plain.code("\n".join(found), "latex")]


def _anything(component: HtmlElement, facts: PageFacts) -> list[HtmlElement]:
    """Return what is known of a component of an unknown kind: its words and its pictures."""
    return [*_pictures(component, facts), *_text(component, facts)]


_WRITERS: dict[str, Callable[[HtmlElement, PageFacts], list[HtmlElement]]] = {
    "text": _text,
    "paragraph": _text,
    "sectionTitle": _heading,
    "quotation": _quotation,
    "image": _pictures,
    "imageStrip": _pictures,
    "imageGroup": _pictures,
    "oglink": _card,
    "material": _card,
    "horizontalLine": _rule,
    "code": _code,
    "table": _table,
    "video": _film,
    "oembed": _film,
    "placesMap": _places,
    "map": _places,
    "file": _file,
    "formula": _formula,
    "math": _formula,
}
