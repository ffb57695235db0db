"""An export is known by its content."""

import pytest

from articles.importing.documents import ImportFailure
from comments.importing.detection import detect_format
from tests.comments.importing.exports import disqus, wxr


def test_each_export_is_known():
    assert detect_format(wxr().encode()) == "wordpress"
    assert detect_format(wxr().encode("utf-16")) == "wordpress"
    assert detect_format(disqus().encode("utf-8-sig")) == "disqus"
    assert detect_format(b'{"format":"pildam-comments","version":1}\n') == "ndjson"


@pytest.mark.parametrize(
    "data",
    [b"", b" \n", b"PK\x03\x04", b"\x1f\x8b", b"<rss/>", b'{"a":1}', "글".encode(), b"\xff\xfe"],
)
def test_anything_else_is_refused(data):
    with pytest.raises(ImportFailure):
        detect_format(data)
