"""Small files that would hold a decoder for minutes, refused before one sees them."""

import struct
import zlib

import pytest

from articles.picture_structure import MAX_FRAMES, is_within_reason
from articles.pictures import PictureError, cleaned_picture
from tests.builders import animation_bytes, picture_bytes

GIF_FRAME = b",\0\0\0\0\1\0\1\0\0\2\2D\1\0"


def gif(body: bytes) -> bytes:
    return b"GIF89a\1\0\1\0\x80\0\0\0\0\0\xff\xff\xff" + body + b";"


def webp(chunks: bytes) -> bytes:
    return b"RIFF" + struct.pack("<I", len(chunks) + 4) + b"WEBP" + chunks


def png_with(chunks: bytes) -> bytes:
    """Return a sound PNG with more chunks behind its header, which takes 33 bytes."""
    data = picture_bytes("PNG")
    return data[:33] + chunks + data[33:]


def chunk(name: bytes, data: bytes = b"") -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def jpeg_with_scans(count: int) -> bytes:
    data = picture_bytes("JPEG", progressive=True)
    last = data.rindex(b"\xff\xda")
    return data[:last] + data[last:-2] * count + data[-2:]


@pytest.mark.parametrize("format_name", ["JPEG", "PNG", "WEBP", "GIF"])
def test_an_ordinary_picture_is_within_reason(format_name):
    assert is_within_reason(picture_bytes(format_name, size=(300, 200)))


@pytest.mark.parametrize("format_name", ["PNG", "WEBP", "GIF"])
def test_an_animation_of_a_few_frames_is_within_reason(format_name):
    assert is_within_reason(animation_bytes(format_name))


@pytest.mark.promise("U2")
@pytest.mark.parametrize(
    "data",
    [
        pytest.param(gif(GIF_FRAME * (MAX_FRAMES + 1)), id="gif-frames"),
        pytest.param(gif(b"!\xfe" + b"\1a" * 200_000 + b"\0" + GIF_FRAME), id="gif-blocks"),
        pytest.param(webp(b"ANMF\0\0\0\0" * (MAX_FRAMES + 1)), id="webp-frames"),
        pytest.param(png_with(chunk(b"prVt") * 130_000), id="png-chunks"),
        pytest.param(png_with(chunk(b"fcTL") * (MAX_FRAMES + 1)), id="png-frames"),
        pytest.param(b"\xff\xd8" + b"\xff\xfe\0\2" * 130_000, id="jpeg-comments"),
        pytest.param(jpeg_with_scans(100), id="jpeg-scans"),
    ],
)
def test_a_file_cut_into_far_too_many_pieces_is_refused(data):
    with pytest.raises(PictureError, match="잘게 나뉘어"):
        cleaned_picture(data)


@pytest.mark.parametrize("start", [b"\xff\xd8", b"\x89PNG\r\n\x1a\n", b"RIFF", b"GIF89a"])
def test_what_ends_in_the_middle_of_a_block_ends_the_walk(start):
    assert is_within_reason(start + b"\xff" * 40)
