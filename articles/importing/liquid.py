"""Resolve the tags of Jekyll, Hugo and Hexo: what has a meaning here is translated, the rest removed."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from articles.importing.code_spans import mask_code, matches_outside_code, replace_outside_code
from articles.importing.hexo_tags import PAIRED, hexo_pair, hexo_tag
from articles.importing.hugo_shortcodes import resolve_shortcodes
from articles.importing.nested_tags import Role, resolve_nested
from articles.importing.tag_arguments import Arguments, fence, film, gallery, image, link

# While resolving, the content of each `raw` block stands aside, named by its number.
_ASIDE = re.compile("\ue001([0-9]{1,7})\ue001")

_RAW = re.compile(r"\{%-?\s*raw\s*-?%\}\n?")
_END_RAW = re.compile(r"\n?[ \t]*\{%-?\s*endraw\s*-?%\}")
# Liquid's comments and kramdown's.
_COMMENT = re.compile(r"\{%-?\s*comment\s*-?%\}|\{::comment\}")
_END_COMMENT = re.compile(r"\{%-?\s*endcomment\s*-?%\}|\{:/(?:comment)?\}")
_HIGHLIGHT = re.compile(
    r"^(?P<indent>[ \t]*)\{%-?\s*highlight\s+(?P<language>[\w+#.-]{1,40})[^%\n]{0,200}%\}[ \t]*\n?",
    re.MULTILINE,
)
_END_HIGHLIGHT = re.compile(r"\{%-?\s*endhighlight\s*-?%\}")
_OUTPUT = re.compile(r"\{\{-?(?![<%])(?P<inner>[^{}]{0,500})\}\}(?=(?P<next>[/{)\"'\\])?)")
_TAG = re.compile(r"(?<!\{)\{%-?\s*(?P<name>\w+)(?P<rest>(?:[^%{]|%(?!\})|\{(?!%))*)%\}")
_SITE_ROOT = re.compile(r"\s*site\.(?:base)?url\s*-?\s*")
_PATH_FILTERED = re.compile(
    r"\s*(?P<quote>[\"'])(?P<path>[^\"'\n]*)(?P=quote)\s*"
    r"(?:\|\s*(?:relative_url|absolute_url|(?:prepend|append):\s*site\.(?:base)?url)\s*)+-?\s*"
)
_PAGE_VALUE = re.compile(r"\s*(?P<place>page|site)\.(?P<key>[\w.]{1,60})\s*(?:\|[^{}]*)?")
_CODE = re.compile(
    r"^(?P<indent>[ \t]*)\{%-?\s*code(?:block)?\b(?P<rest>[^%\n]{0,300})%\}[ \t]*\n?", re.MULTILINE
)
_END_CODE = re.compile(r"\{%-?\s*endcode(?:block)?\s*-?%\}")
_LANGUAGE = re.compile(r"\blang:(?P<language>[\w+#.-]{1,40})")
_CAPTURE = re.compile(r"\{%-?\s*capture\s+[\"']?(?P<name>[\w-]{1,60})[\"']?\s*-?%\}")
_END_CAPTURE = re.compile(r"\{%-?\s*endcapture\s*-?%\}")
_ASSIGN = re.compile(
    r"\{%-?\s*assign\s+(?P<name>[\w-]{1,60})\s*=\s*(?P<quote>[\"'])(?P<value>[^\"'{}\n]{0,500})(?P=quote)"
    r"[^%{}\n]{0,200}%\}[ \t]*\n?"
)
_VARIABLE = re.compile(r"\{\{-?\s*(?P<name>[\w-]{1,60})\s*(?:\|\s*\w+[^{}|]{0,100}){0,4}-?\}\}")
_POST_SUFFIX = re.compile(r"\.(?:md|markdown|mkd|html)$")
# What themes include for their own sake.
_OWN_INCLUDES = re.compile(
    r"(?:.*/)?(?:toc|google|ads?|adsense|analytics|comments|share|mathjax|math|scripts?|related|head"
    r"|footer|header|base_path|katex|author|nav)[\w-]*(?:\.\w+)?"
)
_SILENT = frozenset({"more", "toc"})
_MAX_GROWTH = 4

Values = Mapping[str, object]


@dataclass(slots=True)
class LiquidResult:
    """Markdown without Liquid, and what the removal may have cost."""

    text: str
    warnings: list[str] = field(default_factory=list)


def resolve_liquid(
    text: str, page: Values | None = None, site: Values | None = None
) -> LiquidResult:
    """Return `text` with the tags of Jekyll, Hugo and Hexo outside code translated or removed.

    `page` is the front matter and `site` the configuration, which outputs may show. `site.url`,
    `site.baseurl` and URL filters become site paths, `highlight` a fence, `post_url` and `link` of
    posts a link to the document, an include that shows a picture an image.
    """
    if "{{" not in text and "{%" not in text and "{::" not in text:
        return LiquidResult(text)
    asides: list[str] = []

    def set_aside(opening: re.Match[str], content: str) -> str:
        asides.append(content)
        return f"\ue001{len(asides) - 1}\ue001"

    resolver = _Resolver(page or {}, site or {})
    # `raw` is also written inside code, to show Liquid there.
    text = _replace_pairs(text, text, _RAW, _END_RAW, set_aside)
    text = _replace_pairs(text, mask_code(text), _COMMENT, _END_COMMENT, lambda *_: "")
    text = _replace_pairs(text, mask_code(text), _HIGHLIGHT, _END_HIGHLIGHT, _fenced)
    text = _replace_pairs(text, mask_code(text), _CODE, _END_CODE, _hexo_fenced)
    text = _with_variables(text)
    text = resolve_shortcodes(text, resolver.warn, document_address)
    # Outputs stand inside the arguments of tags too, so they go first.
    text = replace_outside_code(_OUTPUT, resolver.output, text)
    text = _resolve_tags(text, resolver)
    text = _ASIDE.sub(lambda match: "".join(asides[int(match[1]) : int(match[1]) + 1]), text)
    return LiquidResult(text, resolver.warnings)


def document_address(target: str) -> str:
    """Return the address of another document of the folder, which a run lets lead to its article."""
    path, mark, fragment = target.strip().partition("#")
    if not path:
        return target.strip()
    if _POST_SUFFIX.search(path) is None:
        path = f"{path.rstrip('/')}.md"
    return f"/{path.lstrip('/')}{mark}{fragment}"


def _with_variables(text: str) -> str:
    """Return the text with what `capture` and `assign` keep put where it is shown."""
    if "capture" not in text and "assign" not in text:
        return text
    kept: dict[str, str] = {}

    def keep(opening: re.Match[str], content: str) -> str:
        kept[opening["name"]] = f"\n\n{content.strip(chr(10))}\n\n"
        return ""

    def assign(match: re.Match[str]) -> str:
        kept[match["name"]] = match["value"]
        return ""

    most = _MAX_GROWTH * len(text)
    text = _replace_pairs(text, mask_code(text), _CAPTURE, _END_CAPTURE, keep)
    text = replace_outside_code(_ASSIGN, assign, text)
    shown = len(text)

    def show(match: re.Match[str]) -> str:
        nonlocal shown
        value = kept.get(match["name"], match[0])
        shown += len(value)
        return value if shown <= most else match[0]

    return replace_outside_code(_VARIABLE, show, text)


def _resolve_tags(text: str, resolver: _Resolver) -> str:
    matches = list(matches_outside_code(_TAG, text))
    roles = [
        Role(name.removeprefix("end"), closes=name.startswith("end"), opens=name in PAIRED)
        for name in (match["name"] for match in matches)
    ]
    return resolve_nested(text, matches, roles, resolver.pair, resolver.tag)


def _replace_pairs(
    text: str,
    searched: str,
    opening: re.Pattern[str],
    closing: re.Pattern[str],
    replace: Callable[[re.Match[str], str], str],
) -> str:
    """Replace what stands from each `opening` in `searched` to the next `closing` in `text`."""
    pieces: list[str] = []
    end = 0
    for start in opening.finditer(searched):
        if start.start() < end:
            continue
        stop = closing.search(text, start.end())
        if stop is None:
            break
        pieces += [text[end : start.start()], replace(start, text[start.end() : stop.start()])]
        end = stop.end()
    return "".join([*pieces, text[end:]])


class _Resolver:
    """Replacements for outputs and tags, gathering a warning for each kind that is lost."""

    def __init__(self, page: Values, site: Values) -> None:
        self.warnings: list[str] = []
        self._values = {"page": page, "site": site}

    def warn(self, warning: str) -> None:
        if warning not in self.warnings:
            self.warnings.append(warning)

    def output(self, match: re.Match[str]) -> str:
        inner = match["inner"]
        if filtered := _PATH_FILTERED.fullmatch(inner):
            return filtered["path"]
        if _SITE_ROOT.fullmatch(inner) and match["next"]:
            return "" if match["next"] in "/{\\" else "/"
        if named := _PAGE_VALUE.fullmatch(inner):
            value: object = self._values[named["place"]]
            for key in named["key"].lower().split("."):
                value = value.get(key) if isinstance(value, Mapping) else None
            if isinstance(value, str):
                return value
        self.warn(f"Liquid removed: {{{{ {' '.join(inner.split())[:60]} }}}}")
        return ""

    def pair(self, match: re.Match[str], content: str) -> str:
        resolved = hexo_pair(match["name"], match["rest"].strip(" \t\n-"), content)
        return content if resolved is None else resolved

    def tag(self, match: re.Match[str]) -> str:
        name, rest = match["name"], match["rest"].strip(" \t\n-")
        if name == "post_url" and rest:
            return document_address(f"_posts/{rest.lstrip('/')}")
        if name == "link" and rest and "://" not in rest:
            return f"/{rest.lstrip('/')}"
        if name in ("post_link", "post_path") and rest:
            return _post_link(name, rest)
        if name.startswith("include") and (included := self._include(rest)) is not None:
            return included
        resolved = hexo_tag(name, rest)
        if resolved is None and name not in _SILENT:
            self.warn(f"Liquid removed: {{% {name} %}}")
        return resolved or ""

    def _include(self, rest: str) -> str | None:
        """Return what an include shows; "" for what is the theme's own, None for what is lost."""
        file, _, arguments = rest.partition(" ")
        given = Arguments(arguments)
        if picture := image(given):
            return picture
        stem = file.rsplit("/", 1)[-1].split(".")[0].lower()
        if stem == "gallery":
            page = self._values["page"]
            return gallery(page.get(given.get("id") or "gallery"), given.get("caption")) or None
        if stem in ("video", "youtube", "youtubeplayer", "youtube-embed", "vimeo"):
            provider = given.get("provider") or ("vimeo" if stem == "vimeo" else "youtube")
            return (
                film(provider, given.first("id", "video", "url", "youtubeid", "video_id")) or None
            )
        return "" if _OWN_INCLUDES.fullmatch(file) else None


def _post_link(name: str, rest: str) -> str:
    """Return Hexo's link to a post by its file name."""
    given = Arguments(rest)
    target, *words = given.unnamed or [""]
    address = document_address(f"_posts/{target}")
    words = [word for word in words if word not in ("true", "false")]
    return address if name == "post_path" else link(" ".join(words) or target, address)


def _hexo_fenced(opening: re.Match[str], content: str) -> str:
    language = _LANGUAGE.search(opening["rest"])
    return fence(content, language["language"] if language else "", opening["indent"])


def _fenced(opening: re.Match[str], content: str) -> str:
    return fence(content, opening["language"], opening["indent"])
