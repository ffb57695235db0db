from io import BytesIO

import pytest
from PIL import Image as PillowImage

from articles.picture_renditions import make_renditions, rendition_widths
from tests.builders import animation_bytes, picture_bytes


@pytest.mark.parametrize(
    ("width", "widths"),
    [
        (100, [100]),
        (480, [240, 480]),
        (1000, [240, 480, 800, 1000]),
        (1600, [240, 480, 800, 1200, 1600]),
        (6000, [240, 480, 800, 1200, 1600]),
    ],
)
def test_no_copy_is_wider_than_its_picture(width, widths):
    assert rendition_widths(width) == widths


def test_every_width_comes_as_avif_and_as_webp():
    copies = list(make_renditions(picture_bytes("JPEG", size=(600, 400))))
    assert [(copy.width, copy.suffix) for copy in copies] == [
        (600, "avif"),
        (600, "webp"),
        (480, "avif"),
        (480, "webp"),
        (240, "avif"),
        (240, "webp"),
    ]
    opened = PillowImage.open(BytesIO(copies[2].data))
    assert (opened.format, opened.size) == ("AVIF", (480, 320))


def test_a_very_flat_picture_keeps_a_line_of_pixels():
    narrowest = list(make_renditions(picture_bytes("PNG", size=(2000, 2))))[-1]
    assert PillowImage.open(BytesIO(narrowest.data)).size == (240, 1)


def test_an_animation_has_no_copies():
    assert list(make_renditions(animation_bytes("GIF"))) == []


def test_what_is_transparent_stays_transparent():
    source = BytesIO()
    PillowImage.new("RGBA", (8, 8), (255, 0, 0, 0)).quantize().save(source, "PNG")
    for copy in make_renditions(source.getvalue()):
        assert PillowImage.open(BytesIO(copy.data)).convert("RGBA").getpixel((0, 0))[3] == 0


def test_a_broken_picture_is_an_error():
    with pytest.raises(OSError, match="cannot identify"):
        list(make_renditions(b"not a picture"))
