"""The parts of the search's pages, each made once for the same facts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from articles.pages.parts import part
from articles.pages.shown_story import note_discussion
from articles.pages.stories import Story
from articles.search.snippets import Piece


class ShownChoices(NamedTuple):
    """What may be chosen, as pairs of a name and a slug, and the slug that is, or ""."""

    choices: tuple[tuple[str, str], ...]
    chosen: str


choices_html = part("articles/_search_choices.html", remembered=16)
_kicker_html = part("articles/_kicker.html", remembered=1_024)
_meta_html = part("articles/_meta.html", remembered=1_024)


def kicker_html(story: Story) -> SafeString:
    return _kicker_html(story)


def meta_html(story: Story) -> SafeString:
    """Show the small print of an article that was found."""
    note_discussion(story)
    return _meta_html(story)


def pieces_html(pieces: Iterable[Piece]) -> SafeString:
    """Show a text with what was found in it marked."""
    return mark_safe("".join(map(_piece_html, pieces)))


def _piece_html(piece: Piece) -> str:
    text = conditional_escape(piece.text)
    return f"<mark>{text}</mark>" if piece.is_marked else text
