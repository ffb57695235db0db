"""Resolve the Liquid of Jekyll posts: what has a meaning here is translated, the rest removed."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from articles.importing.code_spans import mask_code, replace_outside_code

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
# Hugo's shortcodes: those that show a picture or a film mean something here.
_SHORTCODE = re.compile(r"\{\{[<%]\s*(?P<name>/?[\w-]{1,40})(?P<rest>[^{}\n]{0,500}?)\s*/?[>%]\}\}")
_VIDEO_ID = re.compile(r"(?:id=)?[\"']?(?P<id>[\w-]{11})[\"']?")
_OUTPUT = re.compile(r"\{\{-?(?P<inner>[^{}]{0,500})\}\}(?=(?P<next>[/{)\"'])?)")
_TAG = re.compile(r"\{%-?\s*(?P<name>\w+)(?P<rest>(?:[^%{]|%(?!\})|\{(?!%))*)%\}")
_SITE_ROOT = re.compile(r"\s*site\.(?:base)?url\s*-?\s*")
_PATH_FILTERED = re.compile(
    r"\s*(?P<quote>[\"'])(?P<path>[^\"'\n]*)(?P=quote)\s*"
    r"(?:\|\s*(?:relative_url|absolute_url|(?:prepend|append):\s*site\.(?:base)?url)\s*)+-?\s*"
)
_POST_NAME = re.compile(r"(?:.*/)?\d{4}-\d{1,2}-\d{1,2}-(?P<slug>[^/\s]+?)(?:\.(?:md|markdown))?")
_ARGUMENT = re.compile(r"(?P<name>\w+)=(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)')")
_IMAGE_ARGUMENTS = ("image_path", "src", "url", "file", "path", "img", "image")
_IMAGE_SUFFIX = re.compile(r"\.(?:png|jpe?g|gif|webp|avif|bmp|svg)$", re.IGNORECASE)


@dataclass(slots=True)
class LiquidResult:
    """Markdown without Liquid, and what the removal may have cost."""

    text: str
    warnings: list[str] = field(default_factory=list)


def resolve_liquid(text: str) -> LiquidResult:
    """Return `text` with Liquid outside code translated to Markdown or removed.

    `site.url`, `site.baseurl` and URL filters become site paths, `highlight` a fence, `post_url`
    and `link` of posts a link to /articles/<slug>/, an include that shows a picture an image.
    Hugo's shortcodes `figure` and `youtube` become a picture and a film.
    """
    asides: list[str] = []

    def set_aside(opening: re.Match[str], content: str) -> str:
        asides.append(content)
        return f"\ue001{len(asides) - 1}\ue001"

    resolver = _Resolver()
    # `raw` is also written inside code, to show Liquid there.
    text = _replace_pairs(text, text, _RAW, _END_RAW, set_aside)
    text = _replace_pairs(text, mask_code(text), _COMMENT, _END_COMMENT, lambda *_: "")
    text = _replace_pairs(text, mask_code(text), _HIGHLIGHT, _END_HIGHLIGHT, _fenced)
    # Outputs stand inside the arguments of tags too, so they go first.
    text = replace_outside_code(_SHORTCODE, resolver.shortcode, text)
    text = replace_outside_code(_OUTPUT, resolver.output, text)
    text = replace_outside_code(_TAG, resolver.tag, text)
    text = _ASIDE.sub(lambda match: "".join(asides[int(match[1]) : int(match[1]) + 1]), text)
    return LiquidResult(text, resolver.warnings)


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

    def __init__(self) -> None:
        self.warnings: list[str] = []

    def _warn(self, warning: str) -> None:
        if warning not in self.warnings:
            self.warnings.append(warning)

    def output(self, match: re.Match[str]) -> str:
        inner = match["inner"]
        if filtered := _PATH_FILTERED.fullmatch(inner):
            return filtered["path"]
        if _SITE_ROOT.fullmatch(inner) and match["next"]:
            return "" if match["next"] in "/{" else "/"
        self._warn(f"Liquid removed: {{{{ {' '.join(inner.split())[:60]} }}}}")
        return ""

    def shortcode(self, match: re.Match[str]) -> str:
        name, rest = match["name"], match["rest"].strip()
        if name in ("figure", "img") and (image := _image(rest)):
            return image
        if name == "youtube" and (video := _VIDEO_ID.fullmatch(rest)):
            return f'<iframe src="https://www.youtube.com/embed/{video["id"]}"></iframe>'
        self._warn(f"shortcode removed: {name}")
        return ""

    def tag(self, match: re.Match[str]) -> str:
        name, rest = match["name"], match["rest"].strip(" \t-")
        if name in ("post_url", "link"):
            return self._link(name, rest)
        if name == "include" and (image := _image(rest)):
            return image
        self._warn(f"Liquid removed: {{% {name} %}}")
        return ""

    def _link(self, name: str, target: str) -> str:
        post = _POST_NAME.fullmatch(target)
        if post is None:
            if name == "link" and target:
                return f"/{target.lstrip('/')}"
            self._warn(f"Liquid removed: {{% {name} %}}")
            return ""
        address = f"/articles/{post['slug']}/"
        self._warn(f"{name} of {target} written as {address}; check that it exists")
        return address


def _fenced(opening: re.Match[str], content: str) -> str:
    code = content.rstrip()
    longest = max((len(run) for run in re.findall("`+", code)), default=0)
    fence = "`" * max(3, longest + 1)
    indent = opening["indent"]
    return f"{indent}{fence}{opening['language']}\n{code}\n{indent}{fence}"


def _image(arguments: str) -> str:
    """Return the Markdown image that an include's arguments describe, or ""."""
    values = {
        match["name"]: match["double"] or match["single"] or ""
        for match in _ARGUMENT.finditer(arguments)
    }
    path = next((values[name] for name in _IMAGE_ARGUMENTS if values.get(name)), "")
    if _IMAGE_SUFFIX.search(path) is None:
        return ""
    caption = re.sub(r"<[^<>]{0,300}>", "", values.get("caption") or values.get("title") or "")
    title = f' "{caption.replace(chr(34), "&quot;")}"' if caption else ""
    address = f"<{path}>" if re.search(r"[\s()]", path) else path
    alt = values.get("alt") or caption
    return f"![{alt.replace('[', '').replace(']', '')}]({address}{title})"
