import gzip

import brotli
import pytest
import zstandard

from config.page_store.encodings import chosen, compressed


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("", "identity"),
        ("gzip, deflate, br, zstd", "br"),
        ("gzip, zstd", "zstd"),
        ("GZIP", "gzip"),
        ("br;q=0.5, gzip;q=0.8", "gzip"),
        ("br;q=0, *", "zstd"),
        ("*;q=0", "identity"),
        ("identity, gzip;q=0.5", "identity"),
        ("gzip;q=0", "identity"),
        ("gzip;q=nan", "identity"),
        ("gzip;q=fast, br;q=2", "identity"),
        ("gzip," * 100, "identity"),
    ],
)
def test_the_client_gets_what_it_likes_best(accepted: str, encoding: str) -> None:
    assert chosen(accepted) == encoding


def test_what_is_compressed_can_be_read_again() -> None:
    body = "종이를 사이에 두고".encode() * 100
    assert brotli.decompress(compressed(body, "br")) == body
    assert zstandard.ZstdDecompressor().decompress(compressed(body, "zstd")) == body
    assert gzip.decompress(compressed(body, "gzip")) == body
    assert compressed(body, "identity") == body
