"""A file gives back what it was given, whatever that is, and says what is wrong with it."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
import yaml

from articles.importing.documents import ImportFailure
from articles.importing.parsing import parse
from articles.moving.documents import ArticleRecord, Words, restored, written

pytestmark = pytest.mark.any_engine

MOMENT = datetime(2025, 3, 3, 0, 0, 0, 7, tzinfo=UTC)
RECORD = ArticleRecord(
    words=Words(slug="글", title="제목", body="본문", authors=("신피질",), category="기술"),
    status="published",
    created_at=MOMENT,
    updated_at=MOMENT,
    published_at=MOMENT,
)


@pytest.mark.parametrize(
    "text",
    [
        "on",
        "~",
        "2025-01-01",
        "a: b # c",
        "\"\\'",
        "- x",
        "한글 👩‍👩‍👧",
        "\u2028\x85\ufeff",
        "---",
        "&a *a",
    ],
)
def test_every_text_comes_back_as_it_was(text):
    words = replace(RECORD.words, title=text, dek=text, tags=(text,), body=f"{text}\n\n")
    record = replace(RECORD, words=words, import_ref=text, withdrawal_notice=text)
    assert restored(written(record)) == record


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('authors: ["신피질"]', "authors: {a: b}", "`authors`"),
        ('title: "제목"', "title: [x]", "`title`"),
        ('status: "published"', "status: shown", "`status`"),
        ("created_at: 2025-03-03", "created_at: 2025-02-30", "`created_at`"),
        ("+09:00", "", "zone"),
        ('category: "기술"', "series: x", "episode"),
        ("---\n\n본문", "---\n\n본문\udc80", "UTF-8"),
    ],
)
def test_a_value_of_the_wrong_kind_is_named(old, new, problem):
    text = written(RECORD).decode()
    assert old in text
    with pytest.raises(ImportFailure, match=problem):
        restored(text.replace(old, new).encode("utf-8", "surrogateescape"))


def test_jekyll_and_our_own_importer_read_the_file_by_itself():
    data = written(RECORD)
    matter = yaml.safe_load(data.decode().split("---\n")[1])
    assert matter["date"] == MOMENT
    assert matter["permalink"] == "/articles/글/"
    assert matter["render_with_liquid"] is False
    article = parse(data, "글.md")
    assert (article.title, article.slug, article.body) == ("제목", "글", "본문")
    assert (article.authors, article.category, article.status) == (("신피질",), "기술", "published")
