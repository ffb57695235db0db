"""Renders the Markdown of an article to safe HTML.

    source → Python-Markdown with our rules → tidy HTML → finishing touches → sanitised HTML

Rendering is pure: the same source, pictures and hosts always give the same rendition.
"""

from collections.abc import Callable, Mapping

from articles.markup.extension import make_markdown
from articles.markup.finishing import Finisher
from articles.markup.limits import Deadline, RenderingError
from articles.markup.rendition import KnownImage, Rendition, SourceSet, TocEntry
from articles.markup.sanitising import sanitise, tidy
from articles.markup.source import MAX_BODY_BYTES, normalise_source
from articles.reading_time import reading_minutes

__all__ = [
    "MAX_BODY_BYTES",
    "RENDERER_VERSION",
    "KnownImage",
    "RenderingError",
    "Rendition",
    "SourceSet",
    "TocEntry",
    "image_references",
    "render",
]

Images = Mapping[str, KnownImage] | Callable[[tuple[str, ...]], Mapping[str, KnownImage]]

# Raise it whenever the same source gives different HTML, so that stored HTML can be found stale.
RENDERER_VERSION = 5


def render(
    source: str,
    *,
    images: Images | None = None,
    site_hosts: frozenset[str] = frozenset(),
    notes_lines: bool = False,
) -> Rendition:
    """Render Markdown.

    `images` maps the sources of known local pictures, percent-decoded and NFC, to what is
    known of them, or returns such a mapping when it is called with the sources of all pictures;
    a local picture that is not among them is replaced by a note.  With None no picture is checked.
    Links to `site_hosts` count as internal.
    With `notes_lines` the HTML, which is then not for storing, says with classes such as
    `source-line-12` where in the source its blocks begin.

    Raises RenderingError, with a Korean message for the editor, for a body that is too large, is
    not text, or would take too long.
    """
    deadline = Deadline()
    tidy_html = _tidy_html(source, deadline, highlights=True, notes_lines=notes_lines)
    if callable(images):
        images = images(_image_sources(tidy_html, deadline))
    finisher = Finisher(images, site_hosts, deadline)
    html = finisher.finish(tidy_html)
    return Rendition(
        html=sanitise(html),
        toc=tuple(finisher.toc),
        plain_text=finisher.text.plain_text,
        reading_minutes=reading_minutes(finisher.text.prose),
        image_sources=tuple(finisher.sources),
    )


def image_references(source: str) -> tuple[str, ...]:
    """The pictures a body shows, in reading order: percent-decoded, NFC, each once.

    Raises RenderingError as `render` does, unless a glance shows that there are none.
    """
    # Half of the time it takes to store a text would else go into looking for its pictures.
    if "![" not in source and "<" not in source:
        return ()
    deadline = Deadline()
    return _image_sources(_tidy_html(source, deadline, highlights=False), deadline)


def _image_sources(tidy_html: str, deadline: Deadline) -> tuple[str, ...]:
    if "<img" not in tidy_html:
        return ()
    finisher = Finisher(None, frozenset(), deadline)
    finisher.finish(tidy_html)
    return tuple(finisher.sources)


def _tidy_html(
    source: str, deadline: Deadline, *, highlights: bool, notes_lines: bool = False
) -> str:
    """HTML without the finishing touches."""
    text = normalise_source(source)
    try:
        markdown = make_markdown(text, deadline, highlights=highlights, notes_lines=notes_lines)
        return tidy(markdown.convert(text))
    except RecursionError as error:
        raise RenderingError("본문의 구조가 너무 깊게 겹쳐 있습니다.") from error
