"""What an article's reader gets: anchors, figures, callouts, notes, links, text."""

import re

import pytest

from articles.rendering import KnownImage, SourceSet, TocEntry, image_references, render


def html_of(source: str) -> str:
    return render(source).html


# Headings


def test_anchors_are_readable_and_unique() -> None:
    html = html_of("## 2.  **느린 기계**\n\n## 결론\n\n## 결론\n\n## 결론 2\n")
    assert re.findall(r'id="([^"]*)"', html) == ["2-느린-기계", "결론", "결론-2", "결론-2-2"]


@pytest.mark.parametrize("title", ["comments", "Comment-3", "main", "toc", "fn-1", "fnref-2"])
def test_anchor_never_takes_an_id_of_the_page(title: str) -> None:
    assert f'id="section-{title.lower()}"' in html_of(f"## {title}\n")


def test_first_level_headings_move_everything_down() -> None:
    html = html_of("# 하나\n\n## 둘\n\n###### 여섯\n")
    assert re.findall(r"<h(\d)", html) == ["2", "3", "6"]


def test_raw_html_headings_get_anchors_of_ours() -> None:
    assert html_of('<h2 id="comments" class="callout">제목</h2>') == '<h2 id="제목">제목</h2>'


def test_author_may_name_an_anchor() -> None:
    assert html_of("## 제목 {#my-id .big}\n") == '<h2 id="my-id">제목</h2>'


def test_contents_list_second_and_third_level() -> None:
    toc = render("## 가 **나** `다`[^1]\n\n### 라 & 마\n\n#### 바\n\n[^1]: 주\n").toc
    assert toc == (TocEntry(2, "가-나-다", "가 나 다"), TocEntry(3, "라-마", "라 & 마"))


# Pictures


def test_picture_alone_is_a_figure_with_its_title_as_caption() -> None:
    html = html_of('![대체](/a.png "설명")')
    assert "<figure><img" in html
    assert "<figcaption>설명</figcaption>" in html
    assert "title=" not in html


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_triangle_line_under_a_picture_is_its_caption(gap: str) -> None:
    html = html_of(f"![대체](/a.png){gap}▲ 메스프레소의 **콴다**\n\n다음\n")
    assert "<figcaption>메스프레소의 <strong>콴다</strong></figcaption>" in html
    assert "<p>다음</p>" in html
    assert "▲" not in html


def test_known_picture_gets_its_size() -> None:
    images = {"/media/한글 1.webp": KnownImage(640, 480)}
    html = render("![가](/media/한글%201.webp)", images=images).html
    assert 'width="640" height="480" loading="lazy" decoding="async"' in html


def test_missing_picture_is_a_calm_note() -> None:
    assert render("![가](/없음.png)", images={}).html == (
        '<figure class="image-missing"><p>그림을 찾을 수 없습니다.</p>'
        "<figcaption>가</figcaption></figure>"
    )


def test_missing_picture_keeps_its_caption() -> None:
    html = render('![가](/없음.png "설명")', images={}).html
    assert re.findall("<figcaption>(.*?)</figcaption>", html) == ["설명"]


def test_missing_picture_within_text_is_a_note_within_text() -> None:
    html = render("앞 ![가](/없음.png) 뒤", images={}).html
    assert html == '<p>앞 <span class="image-missing">그림을 찾을 수 없습니다. 가</span> 뒤</p>'


def test_remote_picture_is_kept_and_sends_no_referrer() -> None:
    html = render("![가](https://a.kr/b.png)", images={}).html
    assert 'src="https://a.kr/b.png"' in html
    assert 'referrerpolicy="no-referrer"' in html


def test_image_references_are_decoded_and_ordered_without_code() -> None:
    source = (
        "![가](/b%20c.png)\n\n`![코드](/no.png)`\n\n```\n![코드](/no.png)\n```\n\n"
        '<img src="/한글.png">\n\n![나][그림]\n\n![가](/b%20c.png)\n\n[그림]: /d.png\n'
    )
    assert image_references(source) == ("/b c.png", "/한글.png", "/d.png")
    assert render(source).image_sources == image_references(source)


# Callouts, notes, tasks, code, embeds


@pytest.mark.parametrize(
    ("kind", "title"),
    [
        ("NOTE", "참고"),
        ("TIP", "도움말"),
        ("IMPORTANT", "중요"),
        ("WARNING", "주의"),
        ("CAUTION", "경고"),
        ("INSIGHT", "Editor’s Insight"),
    ],
)
def test_callout_has_a_korean_title(kind: str, title: str) -> None:
    html = html_of(f"> [!{kind}]\n> 내용\n")
    assert f'<aside class="callout callout-{kind.lower()}">' in html
    assert f'<p class="callout-title">{title}</p>\n<p>내용</p>' in html


def test_callout_takes_a_title_of_its_own() -> None:
    assert '<p class="callout-title"><em>왜</em> 지금</p>' in html_of(
        "> [!insight] *왜* 지금\n> 답\n"
    )


def test_pull_quote_says_who_speaks() -> None:
    assert html_of("> [!QUOTE] 정무열, *편집자*\n> 지면은 말한다.\n") == (
        '<figure class="pull-quote">\n<blockquote>\n<p>지면은 말한다.</p>\n</blockquote>\n'
        "<figcaption>정무열, <em>편집자</em></figcaption>\n</figure>"
    )


def test_pull_quote_of_a_single_line_quotes_it() -> None:
    html = html_of("> [!QUOTE] 지면은 말한다.\n")
    assert "<p>지면은 말한다.</p>" in html
    assert "figcaption" not in html


def test_unknown_callout_stays_a_quotation() -> None:
    assert html_of("> [!QUESTION]\n> 물음\n").startswith("<blockquote>")


def test_footnotes_are_numbered_as_the_text_refers_to_them() -> None:
    html = html_of("가[^b] 나[^a] 다[^b]\n\n[^a]: 첫째\n\n[^b]: 둘째\n")
    assert re.findall(r'id="(fnref[^"]*)"', html) == ["fnref-1", "fnref-2", "fnref-1-2"]
    assert html.index("둘째") < html.index("첫째")
    assert html.count('aria-label="본문으로 돌아가기"') == 2


def test_footnotes_do_not_depend_on_earlier_renderings() -> None:
    assert html_of("가[^1]\n\n[^1]: 나\n") == html_of("가[^1]\n\n[^1]: 나\n")


def test_note_nobody_refers_to_is_not_lost() -> None:
    assert "외톨이" in html_of("본문\n\n[^9]: 외톨이\n")


def test_task_boxes_cannot_be_ticked_and_say_what_they_are() -> None:
    html = html_of("- [x] 끝\n- [ ] 남음\n")
    assert html.count('<input checked="" disabled="" type="checkbox" aria-label="끝난 일">') == 1
    assert html.count('<input disabled="" type="checkbox" aria-label="남은 일">') == 1


def test_code_is_highlighted_by_classes_and_stays_copyable() -> None:
    rendition = render('```python\ndef f():\n    return "가"\n```\n')
    assert '<code class="language-python"><span class="k">def</span>' in rendition.html
    assert "style=" not in rendition.html
    assert re.sub("<[^>]*>", "", rendition.html) == 'def f():\n    return "가"\n'


def test_unknown_language_is_plain() -> None:
    assert html_of("```무엇\n<b>\n```") == '<pre tabindex="0"><code>&lt;b&gt;\n</code></pre>'


@pytest.mark.parametrize(
    "address",
    [
        "https://www.youtube.com/watch?v=abcdefghijk",
        "https://www.youtube.com/watch?list=x&v=abcdefghijk",
        "https://youtu.be/abcdefghijk?t=3",
        "https://www.youtube.com/shorts/abcdefghijk",
        "https://www.youtube.com/embed/abcdefghijk",
    ],
)
def test_video_address_alone_is_embedded_without_cookies(address: str) -> None:
    html = html_of(f"앞\n\n{address}\n")
    assert 'class="embed"><iframe src="https://www.youtube-nocookie.com/embed/abcdefghijk"' in html


def test_video_address_within_text_is_a_link() -> None:
    assert "<iframe" not in html_of("보라: https://youtu.be/abcdefghijk")


def test_raw_video_frame_is_brought_into_our_form() -> None:
    html = html_of('<iframe src="https://www.youtube.com/embed/abcdefghijk" onload="x"></iframe>')
    assert html.startswith('<iframe src="https://www.youtube-nocookie.com/embed/abcdefghijk" ')
    assert "onload" not in html


# Links


def test_external_links_and_only_they_say_noopener() -> None:
    html = render(
        "[밖](https://b.kr) [안](https://a.kr/x) [상대](/articles/)",
        site_hosts=frozenset({"a.kr"}),
    ).html
    assert html == (
        '<p><a href="https://b.kr" rel="noopener">밖</a> <a href="https://a.kr/x">안</a> '
        '<a href="/articles/">상대</a></p>'
    )


@pytest.mark.promise("X2")
@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt&colon;alert(1)",
        "<javascript:alert(1)>",
        "\x01javascript:alert(1)",
        "vbscript:x",
        "data:text/html,x",
        "file:///etc/passwd",
        "//evil.kr",
        "/\\/evil.kr",
    ],
)
def test_dangerous_addresses_lose_their_href(address: str) -> None:
    html = html_of(f"[글]({address})")
    assert "글" in html
    assert not re.search(r'href="(?!/%5C)', html)


@pytest.mark.parametrize("address", ["mailto:a@b.kr", "tel:02-123", "#각주", "../x", "?q=1"])
def test_harmless_addresses_stay(address: str) -> None:
    assert "<a href=" in html_of(f"[글]({address})")


# Text


def test_plain_text_has_a_line_for_each_block() -> None:
    source = (
        "## 제목\n\n줄 **하나**\n둘[^1]\n\n- 가\n- 나\n\n| 다 | 라 |\n|-|-|\n| 1 | 2 |\n\n"
        "```\n코드\n```\n\n[^1]: 주\n"
    )
    assert render(source).plain_text == "제목\n줄 하나 둘\n가\n나\n다 라\n1 2\n코드\n주"


def test_reading_time_leaves_code_out() -> None:
    assert render("가" * 1400 + "\n\n```\n" + "나" * 5000 + "\n```\n").reading_minutes == 3


DOCUMENTS = [
    "가 **나(다)**라\n- 마\n\n   바\n1. 사\n> 아\n자\n```\n차\n```\n카\n",
    "- 가\n   - 나\n      다\n\n  라\n> - 마\n>바\n\n\t사\n",
    "| 가 | 나 |\n|-|-|\n| 다 | 라 | 마 |\n바\n\n[사]: /a '아'\n\n자[사]차\n",
    "<div>가</div>나\n\n<b>다</b> <라> <마바사> </아>\n\n</div>자\n",
    "가[^1]\n\n[^1]: 나\n\n[^1]: 다\n\n    라\n\n[^2]: 마\n",
    "*가 **나 _다 ~~라 `마 [바](사 ![아](자\n",
    "# 가\n나\n===\n다\n---\n라\n***\n마\n",
    "[가](나 다) ![라](마 바.png) <https://사.kr> [아]{.자}\n",
    "> [!NOTE] 가\n> 나\n> - 다\n>\n>   라\n\n마\n",
    "1) 가\n2) 나\n   1. 다\n\n\n      라\n10. 마\n\n    바\n",
]


@pytest.mark.parametrize("source", DOCUMENTS)
def test_no_text_is_lost(source: str) -> None:
    # Addresses and titles of references live in attributes, percent-encoded.
    body = re.sub(r"\[사\]: .*|마 바\.png", "", source)
    html = html_of(source)
    assert [word for word in re.findall("[가-힣]+", body) if word not in html] == []


AVIF = SourceSet("image/avif", "/media/a-r1-240.avif 240w, /media/a-r1-480.avif 480w")


def test_the_copies_of_a_picture_are_offered_around_it():
    known = KnownImage(640, 480, source_sets=(AVIF,))
    html = render("![가](/media/a.png)", images={"/media/a.png": known}).html
    assert html.startswith(
        '<figure><picture><source type="image/avif" '
        'srcset="/media/a-r1-240.avif 240w, /media/a-r1-480.avif 480w" sizes='
    )
    assert 'width="640" height="480" loading="lazy" decoding="async"></picture></figure>' in html


def test_a_picture_that_has_moved_is_shown_where_it_is():
    known = KnownImage(640, 480, address="/media/b.png")
    html = render("![가](/media/a.png)", images={"/media/a.png": known}).html
    assert 'src="/media/b.png"' in html
    assert "/media/a.png" not in html


@pytest.mark.parametrize(
    "written",
    [
        '<picture><source type="image/avif" srcset="https://evil.example/a.avif">{}</picture>',
        '<img src="/media/a.png" srcset="//evil.example/a 1w" sizes="1px">',
        '<p><source srcset="javascript:alert(1)"></p>{}',
    ],
)
def test_authors_write_no_copies(written):
    image = '<img src="/media/a.png">'
    known = KnownImage(640, 480, source_sets=(AVIF,))
    html = render(written.format(image), images={"/media/a.png": known}).html
    assert html.count("<source") == html.count(f'srcset="{AVIF.srcset}"') == 1
    assert "evil" not in html
    assert "javascript" not in html
