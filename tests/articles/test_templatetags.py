"""What the filters of the pages write."""

from articles.templatetags.articles import unbroken


def test_hyphenated_word_stays_on_one_line() -> None:
    assert unbroken("K-테크 혁신") == '<span class="unbroken">K-테크</span> 혁신'


def test_bracket_stays_with_its_word() -> None:
    assert unbroken("인공지능(AI)이 「책」을") == (
        '인공지<span class="unbroken">능(</span>AI<span class="unbroken">)이</span> '
        '「책<span class="unbroken">」을</span>'
    )


def test_word_too_long_for_a_phone_may_break() -> None:
    assert unbroken("한국전력기술공사-신재생에너지") == "한국전력기술공사-신재생에너지"


def test_title_is_escaped() -> None:
    assert unbroken("<b>K-팝</b>") == '&lt;b&gt;<span class="unbroken">K-팝</span>&lt;/b&gt;'


def test_chain_of_hyphens_longer_than_a_line_may_break() -> None:
    assert unbroken("-".join("가" * 60)).count("</span>-<span") == 19
