from io import BytesIO

import pytest
from PIL import Image as PillowImage

from articles.cards import Card, draw

INK = (33, 29, 24)


def drawn(title: str) -> PillowImage.Image:
    return PillowImage.open(BytesIO(draw(Card("기술", title, "신피질", "필담"))))


def ink_in(image: PillowImage.Image, box: tuple[int, int, int, int]) -> int:
    """Count the dark pixels, those of the title."""
    pixels = image.convert("L").crop(box).histogram()
    return sum(pixels[:60])


@pytest.mark.parametrize(
    "title",
    [
        "붓",
        "K-테크의 자본주의(기술)는 왜 늘 “다음 분기”라는 말 뒤에 숨는가",
        "띄어쓰기없이이어지는" * 20,
        "🎉",
    ],
)
def test_any_title_stays_within_the_edges(title: str) -> None:
    image = drawn(title)
    assert image.format == "PNG"
    assert image.size == (1200, 630)
    edges = [(0, 20, 80, 630), (1120, 20, 1200, 630), (0, 496, 900, 504)]
    assert [ink_in(image, box) for box in edges] == [0, 0, 0]


def test_a_title_is_drawn_and_what_no_font_knows_is_not() -> None:
    room = (84, 130, 1116, 496)
    assert ink_in(drawn("붓"), room) > 500
    assert ink_in(drawn("붓 🎉"), room) == ink_in(drawn("붓"), room)
    assert ink_in(drawn("🎉"), room) == 0


def test_other_words_have_another_name() -> None:
    card = Card("기술", "붓", "신피질", "필담")
    assert card.digest == Card("기술", "붓", "신피질", "필담").digest
    assert card.digest != Card("기술", "붓신", "피질", "필담").digest
