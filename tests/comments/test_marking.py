from comments.marking import marked
from comments.rendering import render_body


def test_found_words_are_marked():
    assert marked(render_body("이 바보야"), ["바보"]) == "<p>이 <mark>바보</mark>야</p>"


def test_the_longest_word_wins():
    assert "<mark>바보멍청이</mark>" in marked(render_body("바보멍청이"), ["바보", "바보멍청이"])


def test_addresses_are_not_torn_apart():
    html = marked(render_body("https://example.com/casino"), ["casino"])
    assert 'href="https://example.com/casino"' in html
    assert "/<mark>casino</mark></a>" in html


def test_what_a_word_holds_stays_text():
    html = marked(render_body('<b>"&amp;'), ["<b>", "amp"])
    assert html == "<p><mark>&lt;b&gt;</mark>&quot;&amp;<mark>amp</mark>;</p>"


def test_without_words_the_html_is_as_it_was():
    html = render_body("**굵게**")
    assert marked(html, [""]) == html
