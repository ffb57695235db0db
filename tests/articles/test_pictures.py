from io import BytesIO
from zlib import crc32

import pytest
from PIL import Image as PillowImage
from PIL import ImageCms

from articles.pictures import PictureError, cleaned_picture, kept_picture
from tests.builders import animation_bytes, picture_bytes


@pytest.mark.parametrize(
    ("format_name", "suffix"),
    [("JPEG", ".jpg"), ("PNG", ".png"), ("WEBP", ".webp"), ("GIF", ".gif")],
)
def test_the_four_kinds_keep_kind_and_size(format_name, suffix):
    picture = cleaned_picture(picture_bytes(format_name, size=(30, 20)))
    assert (picture.suffix, picture.width, picture.height) == (suffix, 30, 20)
    assert PillowImage.open(BytesIO(picture.data)).format == format_name


@pytest.mark.promise("U3")
def test_the_place_of_a_photograph_is_forgotten():
    exif = PillowImage.Exif()
    exif[0x9286] = "a note"
    exif.get_ifd(0x8825)[1] = "N"
    picture = cleaned_picture(picture_bytes("JPEG", exif=exif))
    assert dict(PillowImage.open(BytesIO(picture.data)).getexif()) == {}


def test_a_photograph_taken_sideways_stands_upright():
    exif = PillowImage.Exif()
    exif[0x0112] = 6
    picture = cleaned_picture(picture_bytes("JPEG", size=(30, 20), exif=exif))
    assert (picture.width, picture.height) == (20, 30)


def test_transparency_survives():
    source = BytesIO()
    PillowImage.new("RGBA", (4, 4), (255, 0, 0, 0)).save(source, "PNG")
    picture = cleaned_picture(source.getvalue())
    assert PillowImage.open(BytesIO(picture.data)).convert("RGBA").getpixel((0, 0))[3] == 0


def test_an_animation_keeps_its_frames():
    source = BytesIO()
    frames = [PillowImage.new("RGB", (8, 8), color) for color in ("red", "blue", "green")]
    frames[0].save(source, "GIF", save_all=True, append_images=frames[1:], duration=50)
    picture = cleaned_picture(source.getvalue())
    assert PillowImage.open(BytesIO(picture.data)).n_frames == 3


@pytest.mark.promise("U2")
def test_an_animation_that_would_fill_the_memory_is_refused():
    source = BytesIO()
    frames = [PillowImage.new("P", (2_000, 2_000), color) for color in range(11)]
    frames[0].save(source, "GIF", save_all=True, append_images=frames[1:])
    with pytest.raises(PictureError, match="장면이 너무 많습니다"):
        cleaned_picture(source.getvalue())


@pytest.mark.promise("U1")
@pytest.mark.parametrize(
    "data",
    [b"", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"<html>", b"GIF89a", b"\x89PNG\r\n\x1a\n"],
)
def test_what_is_no_picture_is_refused_in_korean(data):
    with pytest.raises(PictureError, match="그림"):
        cleaned_picture(data)


def test_a_truncated_picture_is_refused():
    with pytest.raises(PictureError, match="깨져"):
        cleaned_picture(picture_bytes("PNG", size=(400, 400))[:200])


@pytest.mark.promise("U2")
def test_a_small_file_that_unpacks_to_too_many_pixels_is_refused_unopened(monkeypatch):
    data = picture_bytes("PNG", size=(13_000, 4_000))
    monkeypatch.setattr(PillowImage.Image, "load", lambda self: pytest.fail("decoded"))
    with pytest.raises(PictureError, match="화소"):
        cleaned_picture(data)


def test_a_picture_with_more_pixels_than_memory_is_called_too_large():
    header = picture_bytes("PNG")
    data = header[:16] + (65_000).to_bytes(4, "big") * 2 + header[24:]
    size = data[12:29]
    data = data[:29] + crc32(size).to_bytes(4, "big") + data[33:]
    with pytest.raises(PictureError, match="화소"):
        cleaned_picture(data)


def test_only_the_first_of_two_pictures_in_a_phones_file_is_kept():
    second = PillowImage.new("RGB", (30, 20), "blue")
    data = picture_bytes("MPO", size=(30, 20), save_all=True, append_images=[second])
    picture = cleaned_picture(data)
    assert (picture.suffix, PillowImage.open(BytesIO(picture.data)).format) == (".jpg", "JPEG")


def test_a_profile_is_applied_and_left_behind():
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    picture = cleaned_picture(picture_bytes("JPEG", icc_profile=profile))
    assert "icc_profile" not in PillowImage.open(BytesIO(picture.data)).info


def test_what_hides_in_a_profile_does_not_come_along():
    picture = cleaned_picture(picture_bytes("JPEG", icc_profile=b"<script>alert(1)</script>"))
    assert b"<script>" not in picture.data


@pytest.mark.parametrize("format_name", ["JPEG", "PNG", "WEBP", "GIF"])
def test_what_stands_behind_a_picture_does_not_come_along(format_name):
    picture = cleaned_picture(picture_bytes(format_name) + b"PK\3\4<script>alert(1)</script>")
    assert b"<script>" not in picture.data


def test_a_comment_does_not_come_along():
    assert b"secret" not in cleaned_picture(picture_bytes("JPEG", comment=b"secret")).data
    assert b"secret" not in cleaned_picture(picture_bytes("GIF", comment=b"secret")).data


def test_a_picture_for_print_becomes_one_for_screens():
    source = BytesIO()
    PillowImage.new("CMYK", (8, 8), (0, 0, 0, 0)).save(source, "JPEG")
    cleaned = PillowImage.open(BytesIO(cleaned_picture(source.getvalue()).data))
    assert (cleaned.mode, cleaned.getpixel((4, 4))) == ("RGB", (255, 255, 255))


def test_sixteen_bits_of_grey_keep_their_shade():
    source = BytesIO()
    PillowImage.new("I;16", (4, 4), 0x8000).save(source, "PNG")
    cleaned = PillowImage.open(BytesIO(cleaned_picture(source.getvalue()).data))
    assert cleaned.convert("RGB").getpixel((0, 0)) == (128, 128, 128)


@pytest.mark.parametrize("format_name", ["JPEG", "PNG", "WEBP", "GIF"])
def test_a_picture_that_was_cleaned_before_is_kept_as_it_is(format_name):
    for data in (picture_bytes(format_name), moving_bytes(format_name)):
        ours = cleaned_picture(data)
        assert kept_picture(ours.data) == ours


def moving_bytes(format_name):
    return picture_bytes(format_name) if format_name == "JPEG" else animation_bytes(format_name)


def test_a_picture_that_says_more_than_its_pixels_is_made_anew():
    exif = PillowImage.Exif()
    exif[0x010E] = "비밀".encode()
    data = picture_bytes("JPEG", exif=exif)
    assert kept_picture(data) == cleaned_picture(data) != data
