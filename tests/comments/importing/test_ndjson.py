"""Our own format: what cannot be read is told, line by line."""

import json
from io import BytesIO

import pytest

from articles.importing.documents import BrokenExportError
from comments.importing.documents import BadItem, ImportedComment, ImportedThread
from comments.importing.ndjson import HEADER, read_ndjson

COMMENT = {
    "kind": "comment",
    "ref": "pildam:1@20250401T030000.000000Z",
    "article": "붓",
    "is_guest": True,
    "name": "나그네",
    "password": "!",
    "body": "잘 읽었습니다.",
    "status": "visible",
    "created_at": "2025-04-01T03:00:00+00:00",
    "status_changed_at": "2025-04-01T03:00:00+00:00",
}


def read(*lines, header=HEADER):
    texts = (line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines)
    return list(read_ndjson(BytesIO(b"\n".join([json.dumps(header).encode(), *texts]))))


def test_a_comment_without_its_article_line_still_names_the_article():
    thread, comment = read(COMMENT)
    assert isinstance(thread, ImportedThread)
    assert (thread.slug, comment.thread) == ("붓", "붓")
    assert isinstance(comment, ImportedComment)


@pytest.mark.parametrize(
    "change",
    [
        {"status": "gone"},
        {"name": ""},
        {"name": "가" * 101},
        {"body": ""},
        {"status": "deleted"},
        {"body": "\ud800"},
        {"body": "\0"},
        {"body": 3},
        {"created_at": "어제"},
        {"created_at": "9999-12-31T23:59:59+00:00"},
        {"likes": -1},
        {"likes": True},
        {"likes": 10**30},
        {"removed_by": "author"},
        {"status": "blinded"},
        {"blinded_until": "2025-04-01T03:00:00+00:00"},
        {"reasons": ["x"]},
        {"votes": [{"reader": "somebody", "vote": "like"}]},
        {"reports": {}},
        {"is_guest": "yes"},
        {"ref": None},
        {"kind": "user"},
    ],
)
def test_a_line_that_says_something_impossible_costs_no_other(change):
    bad, *rest = read(COMMENT | change, COMMENT)
    assert isinstance(bad, BadItem)
    assert bad.line == 2
    assert isinstance(rest[-1], ImportedComment)


@pytest.mark.parametrize(
    "line", [b"{", b"[]", b"\xff", b"[" * 100_000, b'{"kind":NaN}', b'{"a":' + b"9" * 5000 + b"}"]
)
def test_a_line_that_is_no_json_costs_no_other(line):
    bad, *rest = read(line, COMMENT)
    assert isinstance(bad, BadItem)
    assert isinstance(rest[-1], ImportedComment)


@pytest.mark.parametrize("header", [{}, {"format": "pildam-comments", "version": 2}, []])
def test_another_format_or_version_is_refused(header):
    with pytest.raises(BrokenExportError):
        read(COMMENT, header=header)
