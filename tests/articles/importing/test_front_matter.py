import time

import pytest

from articles.importing.documents import ImportFailure
from articles.importing.front_matter import has_front_matter, split_front_matter


@pytest.mark.parametrize(
    "value", ["on", "no", "2025", "1:30", "0x10", "2025-99-99", "1e3", "=", "true", "010"]
)
def test_plain_values_stay_as_written(value: str) -> None:
    assert split_front_matter(f"---\ntitle: {value}\n---\n").values == {"title": value}


def test_an_empty_value_is_none() -> None:
    assert split_front_matter("---\ntitle:\nslug: ~\n---\n").values == {"title": None, "slug": None}


def test_empty_front_matter_is_present() -> None:
    matter = split_front_matter("---\n---\n본문")
    assert (matter.present, matter.values, matter.body) == (True, {}, "\n본문")


@pytest.mark.parametrize(
    "text", ["본문", "---\n\n가로줄 아래의 글이다.\n\n---\n끝", "---\n- 하나\n---\n", "---"]
)
def test_a_thematic_break_is_no_front_matter(text: str) -> None:
    assert not has_front_matter(text)
    assert split_front_matter(text).body == text


@pytest.mark.promise("I1")
@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("---\ntitle: a\nheader: [\n---\n", "line 4"),
        ("---\ntitle: a\n\n본문", "never closed"),
        ("---\na: &a [1]\nb: *a\n---\n", "line 2: anchors and aliases"),
        ("---\na: *b\n---\n", "anchors and aliases"),
        ("---\ntitle: !!python/object/apply:os.getcwd []\n---\n", "python/object"),
        ("---\ndate: !!timestamp x\n---\n", "timestamp"),
        ("---\n{a: b\n---\n", "broken front matter"),
        ("---\n" + "a: " + "x" * 70_000 + "\n---\n", "64 kB"),
        ("+++\nslug = 'a'\ntitle = 강\n+++\n", "line 3.*quotes in TOML"),
        ("+++\n" + "a." * 30_000 + "b = 1\n+++\n", "nested too deeply"),
    ],
)
def test_broken_front_matter_is_refused_with_its_place(source: str, message: str) -> None:
    with pytest.raises(ImportFailure, match=message):
        split_front_matter(source)


@pytest.mark.promise("I1")
@pytest.mark.parametrize("opening", ["a: ", "", "- "])
def test_deep_nesting_is_refused_within_a_second(opening: str) -> None:
    source = f"---\nb: 1\n{opening}{'[' * 3000}{']' * 3000}\n---\n"
    started = time.thread_time()
    with pytest.raises(ImportFailure, match="broken front matter"):
        split_front_matter(source)
    assert time.thread_time() - started < 1


@pytest.mark.parametrize(
    ("line", "values"),
    [
        ("title: 가: 나", {"title": "가: 나"}),
        ('title: "가" 나', {"title": '"가" 나'}),
        ("title: [단독] 가", {"title": "[단독] 가"}),
        ("title: @이름", {"title": "@이름"}),
        ("title: *별* 하나", {"title": "*별* 하나"}),
        ("title: '그대's 밤'", {"title": "그대's 밤"}),
        ('title: "그는 "안녕" 했다"', {"title": '그는 "안녕" 했다'}),
        ("title:가\nslug: a", {"title": "가", "slug": "a"}),
        ("layout: post\n title: 가\nslug: a", {"layout": "post", "title": "가", "slug": "a"}),
        ("tags:\n  - [단독] 강\n  - @b", {"tags": ["[단독] 강", "@b"]}),
        (
            "header:\n  image: /a.png\n  caption: 가: 나",
            {"header": {"image": "/a.png", "caption": "가: 나"}},
        ),
        ("dek: |\n  가: 나: 다\ntitle: 가: 나", {"dek": "가: 나: 다\n", "title": "가: 나"}),
    ],
)
def test_a_line_whose_meaning_is_certain_is_mended(line: str, values: dict[str, object]) -> None:
    matter = split_front_matter(f"---\n{line}\n---\n본문")
    assert (matter.values, matter.body) == (values, "\n본문")
    assert "was mended" in matter.warnings[0]


@pytest.mark.parametrize(
    ("line", "values"),
    [
        ("title: #강", {"title": "#강"}),
        ("tags:\n- #강\n- #마을", {"tags": ["#강", "#마을"]}),
        ("tags: # 붙임\n- 강", {"tags": ["강"]}),
        ("title:\u00a0강", {"title": "강"}),
        ("title:\t강", {"title": "강"}),
    ],
)
def test_blanks_and_hashes_are_read_as_meant(line: str, values: dict[str, object]) -> None:
    matter = split_front_matter(f"---\n{line}\n---\n")
    assert (matter.values, matter.warnings) == (values, ())


def test_of_a_key_written_twice_the_last_with_a_value_counts() -> None:
    matter = split_front_matter("---\ntags: a\ntitle: 강\ntags: b\ntags:\n---\n")
    assert matter.values == {"tags": "b", "title": "강"}
    assert "`tags` twice" in matter.warnings[0]


@pytest.mark.parametrize(
    ("source", "values"),
    [
        (
            "+++\ntitle = '강'\ndate = 2024-05-06T09:00:00+09:00\ndraft = false\n[params]\nx = 1\n+++\n본문",
            {
                "title": "강",
                "date": "2024-05-06T09:00:00+09:00",
                "draft": "false",
                "params": {"x": "1"},
            },
        ),
        ('{\n  "title": "강", "draft": true\n}\n본문', {"title": "강", "draft": "true"}),
        ('"title": "강",\n"slug": "a"\n;;;\n본문', {"title": "강", "slug": "a"}),
        ("title: 강\ntags:\n- a\n---\n본문", {"title": "강", "tags": ["a"]}),
        ("Title: 강\nDate: 2024-05-06\n\n본문", {"title": "강", "date": "2024-05-06"}),
        ("<!-- 붙임 -->\n\n---\ntitle: 강\n---  \n본문", {"title": "강"}),
        ("---\ntitle: 강\n...\n본문", {"title": "강"}),
    ],
)
def test_every_notation_is_known(source: str, values: dict[str, object]) -> None:
    assert has_front_matter(source)
    matter = split_front_matter(source)
    assert (matter.values, matter.body.strip()) == (values, "본문")


@pytest.mark.parametrize("text", ["제목: 강\n\n본문", "Title: 강\n\n본문", '{"a": 1}\n본문'])
def test_what_may_be_prose_is_no_front_matter(text: str) -> None:
    assert not has_front_matter(text)
