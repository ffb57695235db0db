"""WordPress's shortcodes, such as `[caption]` and `[gallery ids="1,2"]`, as the HTML they stand for."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator

from articles.importing.html_blocks import video_address
from articles.importing.html_tree import attributes_of, unescaped

# Given the numbers that a gallery names, or none for all of the post, HTML of its pictures.
Gallery = Callable[[list[str]], str]
Warn = Callable[[str], None]

_SHORTCODE = re.compile(
    r"(?P<escaped>\[?)\[(?P<end>/?)(?P<name>[A-Za-z][\w-]{1,40})"
    r"(?P<rest>(?:[\s/=][^\[\]]{0,2000})?)\](?P<closing>\]?)"
)
_PICTURE = re.compile(r"\s*(?:<a\b[^<>]*>\s*)?<img\b[^<>]*>\s*(?:</a>)?", re.IGNORECASE)
_LANGUAGES = frozenset(
    ["bash", "cpp", "csharp", "css", "html", "java", "js", "php", "python", "ruby", "sql", "xml"]
)
_CODE = _LANGUAGES | {"cc", "code", "crayon", "source", "sourcecode"}
_FILMS = {"youtube": "https://www.youtube.com/watch?v=", "vimeo": "https://vimeo.com/"}
_RECORDINGS = frozenset(["audio", "video", "wpvideo", "soundcloud", "tweet", "instagram"])
# Tables of contents, which pages here have anyway.
_CONTENTS = frozenset(["toc", "ez-toc", "lwptoc", "table_of_contents", "no_toc"])
_FILE_KEYS = ("src", "url", "mp4", "m4v", "webm", "ogv", "mp3", "m4a", "ogg", "wav")
_FILM_NUMBER = re.compile(r"[\w-]{11}|\d{4,12}")
_VERBATIM = re.compile(r"<(pre|code|script|style)\b", re.IGNORECASE)


def resolve_shortcodes(source: str, gallery: Gallery, warn: Warn) -> str:
    """Return the HTML with shortcodes resolved; of others the content stays, and they are named.

    What is in brackets and has neither a content nor `key=value` may be words, and stays.
    """
    resolver = _Resolver(gallery, warn)
    source = resolver.resolve(source, only_code=True)
    return "".join(
        part if is_verbatim else resolver.resolve(part) for part, is_verbatim in _parts(source)
    )


def _parts(source: str) -> Iterator[tuple[str, bool]]:
    """Yield the source in pieces, each with whether it is shown as it stands."""
    position = 0
    lowered = source.lower()
    while match := _VERBATIM.search(source, position):
        end = lowered.find(f"</{match[1].lower()}", match.end())
        end = len(source) if end < 0 else end
        yield source[position : match.start()], False
        yield source[match.start() : end], True
        position = end
    yield source[position:], False


class _Resolver:
    def __init__(self, gallery: Gallery, warn: Warn) -> None:
        self._gallery = gallery
        self._warn = warn
        # Unknown ones that have been opened.
        self._paired: set[str] = set()

    def resolve(self, source: str, *, only_code: bool = False) -> str:
        pieces: list[str] = []
        position = start = 0
        # Names that are known to have no end any more, so that none is looked for twice.
        endless: set[str] = set()
        while match := _SHORTCODE.search(source, start):
            start = match.end()
            name = match["name"].lower()
            if (name in _CODE) != only_code:
                continue
            content = None
            end = match.end()
            if not match["end"] and name not in endless:
                closing = source.find(f"[/{match['name']}]", end)
                if closing < 0:
                    endless.add(name)
                else:
                    content, end = source[end:closing], closing + len(match["name"]) + 3
            resolved = self._resolved(match, name, content)
            if resolved is None:
                continue
            if content is None or not _takes_content(name):
                end = match.end()
            pieces += [source[position : match.start()], resolved]
            position = start = end
        return "".join([*pieces, source[position:]])

    def _resolved(self, match: re.Match[str], name: str, content: str | None) -> str | None:
        """Return what stands for the shortcode, None where it stays as it is."""
        if match["escaped"] and match["closing"]:
            return match[0][1:-1].replace("[", "&#91;")
        values = attributes_of(match["rest"])
        if match["end"]:
            return "" if name in self._paired else None
        if name in _CODE:
            return None if content is None else _code(name, values, content)
        if name in ("caption", "wp_caption"):
            return None if content is None else _captioned(values, content)
        if name == "gallery":
            numbers = values.get("ids") or values.get("include") or ""
            return self._gallery(re.findall(r"\d+", numbers))
        if name == "embed" and content is not None:
            return _alone(content.strip())
        if name in _FILMS:
            return self._film(name, match["rest"], content)
        if name in _RECORDINGS:
            return self._recording(name, match["rest"], values)
        if name in _CONTENTS:
            return ""
        return "" if self._is_shortcode(match, name, content) else None

    def _film(self, name: str, rest: str, content: str | None) -> str | None:
        written = unescaped(f"{rest} {content or ''}")
        if address := re.search(r"(?:https?:)?//[^\s\"'\]]+", written):
            return _alone(video_address(address[0]) or address[0])
        number = _FILM_NUMBER.search(re.sub(r"\b(?:width|height|w|h)=\S+", "", written))
        return _alone(_FILMS[name] + number[0]) if number else None

    def _recording(self, name: str, rest: str, values: dict[str, str]) -> str | None:
        address = next((values[key] for key in _FILE_KEYS if values.get(key)), "")
        if not address and (match := re.search(r"https?://[^\s\"'\]]+", rest)):
            address = match[0]
        if not address:
            return None
        self._warn(f"a recording or film became a link: {address[:100]}")
        return _alone(address)

    def _is_shortcode(self, match: re.Match[str], name: str, content: str | None) -> bool:
        """Tell, and name, what looks like a shortcode; much in brackets is only an aside."""
        if content is not None:
            self._paired.add(name)
            self._warn(f"the shortcode [{name}] is not known; its content is kept")
        elif match["name"].islower() and re.search(r"\w=", match["rest"]):
            self._warn(f"a shortcode that is not known was removed: {match[0][:100]}")
        else:
            return False
        return True


def _takes_content(name: str) -> bool:
    return name in _CODE or name in ("caption", "wp_caption", "embed", *_FILMS, *_RECORDINGS)


def _code(name: str, values: dict[str, str], content: str) -> str:
    language = values.get("language") or values.get("lang") or (name if name in _LANGUAGES else "")
    shown = html.escape(unescaped(content), quote=False)
    return f'<pre data-language="{html.escape(language)}">{shown}</pre>'


def _captioned(values: dict[str, str], content: str) -> str | None:
    picture = _PICTURE.match(content)
    if picture is None:
        return None
    caption = content[picture.end() :].strip() or html.escape(values.get("caption", ""))
    return f"<figure>{picture[0]}<figcaption>{caption}</figcaption></figure>"


def _alone(address: str) -> str:
    """Return an address as a figure of its own, from which a link or a film is made."""
    return f"<figure>{html.escape(unescaped(address))}</figure>"
