import time

import pytest

from articles.importing.obsidian import without_wiki_marks


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("[[강가의 하루]]를 보라.", "강가의 하루를 보라."),
        ("[[2024-05-06 강|지난 글]]을 보라.", "지난 글을 보라."),
        ("[[강#물레]]", "강 물레"),
        ("![[강 1.png]]", "![](<강 1.png>)"),
        ("![[강.png|300]]", "![](<강.png>)"),
        ("![[강.png|저녁 강]]", "![저녁 강](<강.png>)"),
        ("==중요한== 말", "<mark>중요한</mark> 말"),
        ("앞 %%숨은 말%% 뒤", "앞  뒤"),
        ("앞\n\n%%\n숨은\n말\n%%\n\n뒤", "앞\n\n\n\n뒤"),
        ("문단 끝 ^river-1", "문단 끝"),
    ],
)
def test_marks_become_markdown(source: str, text: str) -> None:
    assert without_wiki_marks(source) == text


@pytest.mark.parametrize(
    "text",
    [
        "`[[강]]`과 `==강==`",
        "```\n[[강]] %%강%%\n```",
        "a == b이고 c == d",
        "제목\n====",
        "10%%와 20%%",
        "x^2 + y ^ 2",
        "[강](a.md)",
    ],
)
def test_what_looks_alike_stays(text: str) -> None:
    assert without_wiki_marks(text) == text


@pytest.mark.parametrize("unit", ["[[", "==a", "%%a ", "%%\n", "a ^b\n", "![[a"])
def test_hostile_text_is_read_within_a_second(unit: str) -> None:
    started = time.thread_time()
    without_wiki_marks(unit * 30_000)
    assert time.thread_time() - started < 1


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("> [!info]- 제목", "> [!NOTE]- 제목"),
        (">[!danger]", ">[!CAUTION]"),
        ("> [!quote] 말", "> 말"),
        ("> [!QUOTE] 이름", "> [!QUOTE] 이름"),
        ("> [!TIP] 말", "> [!TIP] 말"),
        ("![강|300](https://a.b/c.png)", "![강](https://a.b/c.png)"),
        ("![[a.png|강|300]]", "![강](<a.png>)"),
        ("<h5>강</h5>![[a.png]]", "<h5>강</h5>\n\n![](<a.png>)"),
    ],
)
def test_callouts_and_sizes_are_written_our_way(source: str, text: str) -> None:
    assert without_wiki_marks(source) == text


def test_an_embedded_note_is_named() -> None:
    warnings: list[str] = []
    assert without_wiki_marks("![[강가]]", warn=warnings.append) == "강가"
    assert "강가" in warnings[0]
