"""The texts of Ghost's editors as Markdown: its pages' HTML, Lexical and Mobiledoc say the same."""

import json

import pytest

from articles.importing.ghost_content import markdown_of

# A card's name, what both editors keep of it, the page's HTML for it, and Markdown.
CARDS = [
    (
        "image",
        {"src": "__GHOST_URL__/content/images/a.jpg", "alt": "강", "caption": "<span>강가</span>"},
        (
            '<figure class="kg-card kg-image-card"><img src="__GHOST_URL__/content/images/size/w600/'
            'format/webp/a.jpg" alt="강" srcset="x 1x"><figcaption><span>강가</span></figcaption></figure>'
        ),
        '![강](/content/images/a.jpg "강가")',
    ),
    (
        "gallery",
        {"images": [{"src": "/a.jpg", "alt": "가"}, {"src": "/b.jpg"}, "x"], "caption": "모음"},
        (
            '<figure class="kg-card kg-gallery-card"><div><div><img src="/a.jpg" alt="가"></div>'
            '<div><img src="/b.jpg"></div></div><figcaption>모음</figcaption></figure>'
        ),
        "![가](/a.jpg)\n\n![](/b.jpg)\n\n모음",
    ),
    (
        "bookmark",
        {
            "url": "https://a.example/",
            "metadata": {"title": "가", "description": "나", "icon": "i"},
        },
        (
            '<figure class="kg-card kg-bookmark-card"><a class="kg-bookmark-container" '
            'href="https://a.example/"><div><div class="kg-bookmark-title">가</div><div '
            'class="kg-bookmark-description">나</div><img class="kg-bookmark-icon" src="i"></div></a></figure>'
        ),
        "[가](https://a.example/)  \n나",
    ),
    (
        "embed",
        {"url": "x", "html": '<iframe src="https://www.youtube.com/embed/abcdefghijk"></iframe>'},
        (
            '<figure class="kg-card kg-embed-card"><iframe src="https://www.youtube.com/embed/abcdefghijk'
            '?feature=oembed"></iframe></figure>'
        ),
        "<https://www.youtube.com/watch?v=abcdefghijk>",
    ),
    (
        "callout",
        {"calloutEmoji": "💡", "calloutText": "<p>알림 <b>글</b></p>"},
        (
            '<div class="kg-card kg-callout-card"><div class="kg-callout-emoji">💡</div>'
            '<div class="kg-callout-text">알림 <b>글</b></div></div>'
        ),
        "> 💡 알림 **글**",
    ),
    (
        "toggle",
        {"heading": "<span>펼침</span>", "content": "<p>속</p>"},
        (
            '<div class="kg-card kg-toggle-card"><div><h4 class="kg-toggle-heading-text">펼침</h4>'
            '<button><svg></svg></button></div><div class="kg-toggle-content"><p>속</p></div></div>'
        ),
        "**펼침**\n\n속",
    ),
    (
        "button",
        {"buttonUrl": "https://a.example/", "buttonText": "누름"},
        '<div class="kg-card kg-button-card"><a class="kg-btn" href="https://a.example/">누름</a></div>',
        "[누름](https://a.example/)",
    ),
    (
        "code",
        {"code": "a < b\n", "language": "python"},
        '<pre><code class="language-python">a &lt; b\n</code></pre>',
        "```python\na < b\n```",
    ),
    ("html", {"html": "<p>카드</p>"}, "<!--kg-card-begin: html--><p>카드</p>", "카드"),
    (
        "file",
        {"src": "/a.pdf", "fileTitle": "글", "fileCaption": "요약", "fileName": "a.pdf"},
        (
            '<div class="kg-card kg-file-card"><a class="kg-file-card-container" href="/a.pdf"><div '
            'class="kg-file-card-title">글</div><div class="kg-file-card-caption">요약</div><div '
            'class="kg-file-card-filesize">1 MB</div></a></div>'
        ),
        "[글](/a.pdf)  \n요약",
    ),
    (
        "audio",
        {"src": "/a.mp3", "title": "소리"},
        (
            '<div class="kg-card kg-audio-card"><audio src="/a.mp3"></audio><div class="kg-audio-title">'
            "소리</div><span>0:00</span></div>"
        ),
        "[소리](/a.mp3)",
    ),
    (
        "video",
        {"src": "/a.mp4", "caption": "영상"},
        (
            '<figure class="kg-card kg-video-card"><div><video src="/a.mp4"></video><span>0:00</span>'
            "</div><figcaption>영상</figcaption></figure>"
        ),
        "[a.mp4](</a.mp4>)\n\n영상",
    ),
    (
        "header",
        {"header": "머리", "subheader": "아래", "buttonEnabled": False},
        (
            '<div class="kg-card kg-header-card"><h2 class="kg-header-card-header">머리</h2>'
            '<h3 class="kg-header-card-subheader">아래</h3></div>'
        ),
        "## 머리\n\n아래",
    ),
    (
        "product",
        {"productTitle": "물건", "productRatingEnabled": True, "productStarRating": 2}
        | {"productDescription": "<p>설명</p>"},
        '<div class="kg-card kg-product-card"><h4 class="kg-product-card-title">물건</h4><div>'
        + '<span class="kg-product-card-rating-active"><svg></svg></span>' * 2
        + '</div><div class="kg-product-card-description"><p>설명</p></div></div>',
        "#### 물건\n\n★★☆☆☆\n\n설명",
    ),
    (
        "call-to-action",
        {"textValue": "<p>읽기</p>", "sponsorLabel": "SPONSORED"},
        (
            '<div class="kg-card kg-cta-card"><div class="kg-cta-sponsor-label">SPONSORED</div>'
            '<div class="kg-cta-text"><p>읽기</p></div></div>'
        ),
        "> 읽기",
    ),
    ("hr", {}, "<hr>", "* * *"),
    ("paywall", {}, "<!--members-only-->", ""),
    (
        "html",
        {"html": "<p>비밀</p>", "visibility": {"web": {"nonMember": False}}},
        "<!--kg-gated-block:begin nonMember:false --><p>비밀</p><!--kg-gated-block:end-->",
        "",
    ),
    ("signup", {"header": "가입"}, '<div class="kg-card kg-signup-card"><h2>가입</h2></div>', ""),
]


@pytest.mark.parametrize(("name", "payload", "page", "written"), CARDS)
def test_cards_are_the_same_from_everywhere(name, payload, page, written):
    lexical = {"root": {"children": [{"type": name, **payload}]}}
    mobiledoc = {"cards": [[name, payload]], "sections": [[10, 0]]}
    assert markdown_of({"html": page})[0] == written
    assert markdown_of({"lexical": json.dumps(lexical)})[0] == written
    assert markdown_of({"html": " ", "mobiledoc": json.dumps(mobiledoc)})[0] == written


def text(words, bits=0):
    return {"type": "extended-text", "text": words, "format": bits}


def test_words_are_the_same_from_both_editors():
    inner = {"type": "list", "listType": "bullet", "children": [{"children": [text("속")]}]}
    lexical = [
        {
            "type": "paragraph",
            "children": [
                text("가 "),
                text("나", 1),
                {"type": "linebreak"},
                {"type": "link", "url": "__GHOST_URL__/b/?c", "children": [text("다 < 라")]},
            ],
        },
        {"type": "extended-heading", "tag": "h3", "children": [text("마")]},
        {"type": "extended-quote", "children": [text("바")]},
        {
            "type": "list",
            "listType": "number",
            "children": [{"children": [text("사")]}, {"children": [inner]}],
        },
        {"type": "markdown", "markdown": "글[^1]\n\n[^1]: 하나"},
        {"type": "markdown", "markdown": "또[^1]\n\n[^1]: 둘"},
    ]
    mobiledoc = {
        "atoms": [["soft-return", "", {}]],
        "cards": [["card-markdown", {"markdown": node["markdown"]}] for node in lexical[4:]],
        "markups": [["strong"], ["a", ["href", "__GHOST_URL__/b/?c"]]],
        "sections": [
            [1, "p", [[0, [], 0, "가 "], [0, [0], 1, "나"], [1, [], 0, 0], [0, [1], 1, "다 < 라"]]],
            [1, "h3", [[0, [], 0, "마"]]],
            [1, "blockquote", [[0, [], 0, "바"]]],
            [3, "ol", [[[0, [], 0, "사"]]]],
            [10, 0],
            [10, 1],
        ],
    }
    written, warnings = markdown_of({"lexical": json.dumps({"root": {"children": lexical}})})
    assert warnings == []
    assert written == (
        "가 **나**  \n[다 < 라](/b/?c)\n\n### 마\n\n> 바\n\n1. 사\n   - 속\n\n"
        "글[^1]\n\n[^1]: 하나\n\n또[^1-5]\n\n[^1-5]: 둘"
    )
    assert markdown_of({"mobiledoc": json.dumps(mobiledoc)})[0] == written.replace("\n   - 속", "")


def test_footnotes_of_markdown_cards_stay_notes():
    card = (
        '<p>{0}<sup class="footnote-ref"><a href="#fn1" id="fnref1">[1]</a></sup></p>'
        '<hr class="footnotes-sep"><section class="footnotes"><ol><li id="fn1"><p>주 {0} '
        '<a href="#fnref1">↩︎</a></p></li></ol></section>'
    )
    page = card.format("가") + "<ol><li>셋</li></ol>" + card.format("나")
    assert markdown_of({"html": page})[0] == (
        "가[^1]\n\n1. 셋\n\n나[^2]\n\n[^1]: 주 가\n\n[^2]: 주 나"
    )


def test_the_next_form_counts_where_one_cannot_be_read():
    post = {"html": "", "lexical": "{", "mobiledoc": "[]", "plaintext": "# 글\n*둘*"}
    written, warnings = markdown_of(post)
    assert written == "\\# 글\n\n\\*둘\\*"
    assert len(warnings) == 2
