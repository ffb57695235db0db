"""Synthetic texts are what the site would have stored, and Korean."""

from random import Random

import pytest

from articles.rendering import render
from articles.synthetic.texts import make_sections, make_text
from articles.synthetic.words import with_particle


def test_html_put_together_is_what_the_body_renders_to() -> None:
    random = Random(7)
    sections = make_sections(random, count=12)
    for _ in range(5):
        text = make_text(sections, random)
        rendition = render(text.body)
        assert (text.html, text.plain_text) == (rendition.html, rendition.plain_text)
        assert text.reading_minutes == rendition.reading_minutes
        assert text.toc.count('"id"') == len(rendition.toc)


@pytest.mark.parametrize(
    ("word", "particle", "joined"),
    [("배터리", "은/는", "배터리는"), ("전력망", "은/는", "전력망은"), ("종이", "이/가", "종이가")],
)
def test_particles_follow_the_last_syllable(word: str, particle: str, joined: str) -> None:
    assert with_particle(word, particle) == joined
