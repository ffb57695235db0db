import gzip

from config.page_store.stored_page import kept_shorter
from tests.config.page_store.pages import HEADERS, page

TEXT = "종이를 사이에 두고 마주 앉는다. ".encode() * 50


def test_each_encoding_says_what_it_is() -> None:
    variant = page(TEXT).variant("gzip")
    headers = dict(variant.headers)
    assert gzip.decompress(variant.body) == TEXT
    assert headers["Content-Encoding"] == "gzip"
    assert headers["Content-Length"] == str(len(variant.body))
    assert (headers["ETag"], headers["Vary"]) == ('W/"mark"', "Accept-Encoding")
    assert "Content-Encoding" not in dict(page(TEXT).variant("identity").headers)


def test_a_page_is_compressed_once() -> None:
    stored = page(TEXT)
    assert stored.variant("br") is stored.variant("br")


def test_what_is_short_is_not_compressed() -> None:
    assert page(b"short").variant("gzip").body == b"short"


def test_what_the_client_has_is_not_described_again() -> None:
    names = {name for name, _ in page().not_modified()}
    assert names == {"Cache-Control", "Cache-Tag", "ETag", "Vary"}


def test_caches_in_front_can_be_told_to_keep_it_shorter() -> None:
    assert page().kept_in_front == 60
    assert dict(kept_shorter(HEADERS, 7))["Cache-Control"] == "public, max-age=0, s-maxage=7"
