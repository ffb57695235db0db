"""Valid documents of every kind that is imported, to be taken apart by `mutations.py`."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from articles.moving.documents import (
    ArticleRecord,
    PendingRecord,
    Words,
    pending_written,
    written,
)
from comments.importing.ndjson import HEADER
from tests.articles.importing import ghost, wordpress
from tests.articles.importing.pages import samples
from tests.articles.importing.test_ghost_content import CARDS
from tests.comments.importing import exports

_HERE = Path(__file__).parents[1] / "articles" / "importing"
_MOMENT = datetime(2025, 3, 3, 0, 0, 0, 7, tzinfo=UTC)


def _files(pattern: str) -> list[str]:
    return [path.read_text("utf-8") for path in sorted(_HERE.glob(pattern))]


TEXTS = _files("pages/*.txt")
PAGES = [
    *_files("platforms/*.html"),
    *(value for name, value in vars(samples).items() if name.isupper() and value.startswith("<")),
]
MARKDOWN = [
    (
        "---\ntitle: 가: 나\ndate: 2024-05-06 09:00 +0900\ntags: [강, '마을']\nauthor:\n  name: 들풀\n"
        "summary:\n- 하나\n- 둘\nimage: /a.png\ndraft: false\nredirect_from: /옛/\n---\n\n"
        "# 가\n\n{% raw %}{{ 나 }}{% endraw %} ![강](a.png){: .w }\n\n[^1]\n\n[^1]: 다\n"
    ),
    "+++\ntitle = '강'\ndate = 2024-05-06T09:00:00+09:00\ndraft = false\n[params]\nx = 1\n+++\n본문 {{< figure src='/a.png' >}}",
    '{\n  "title": "강", "draft": true\n}\n본문\n',
    '"title": "강",\n"slug": "a"\n;;;\n본문',
    "Title: 강\nDate: 2024-05-06\n\n본문\n\n> [!note]- 접기\n> ![[그림.png|300]] [[다른 글#절|별명]] %%숨김%%\n",
    "---\ndek: |\n  가: 나\ntitle: '그대's 밤'\nheader:\n  caption: 가: 나\n...\n본문 {% img left /a.png 300 %}\n:::note\n나\n:::\n",
]
WORDPRESS = [
    wordpress.export(
        wordpress.item(
            7,
            "<!-- wp:paragraph --><p>가 [caption]<img src='a.jpg'/> 나[/caption]</p><!-- /wp:paragraph -->",
            wordpress.term("에세이"),
            wordpress.term("강", "post_tag"),
            wordpress.meta("_thumbnail_id", "9"),
            wordpress.meta("_wp_old_slug", "old"),
            wordpress.comment(1),
        ),
        wordpress.attachment(9, "2020/05/a.jpg", alt="강", caption="강가"),
        wordpress.item(8, "비밀", status="private", post_password="x"),
    )
]
GHOST = [
    ghost.export(
        ghost.post(1, html="<p>가<br>나</p>" + "".join(page for _, _, page, _ in CARDS)),
        ghost.post(2, lexical=_lexical, html=""),
        ghost.post(3, mobiledoc=_mobiledoc, html="", feature_image="__GHOST_URL__/content/a.jpg"),
        tags=[{"id": "t", "name": "강", "slug": "river"}],
        posts_tags=[{"post_id": "5f0000000000000000000001", "tag_id": "t", "sort_order": 0}],
        users=[{"id": "u", "name": "들풀", "slug": "grass"}],
        posts_authors=[{"post_id": "5f0000000000000000000001", "author_id": "u"}],
    )
    for _lexical, _mobiledoc in [
        (
            json.dumps(
                {"root": {"children": [{"type": name, **card} for name, card, *_ in CARDS]}}
            ),
            json.dumps(
                {
                    "cards": [[name, card] for name, card, *_ in CARDS],
                    "markups": [["strong"], ["a", ["href", "https://a.example"]]],
                    "sections": [
                        [1, "p", [[0, [0, 1], 2, "가"]]],
                        *([10, n] for n in range(len(CARDS))),
                    ],
                }
            ),
        )
    ]
]
_WORDS = Words(
    slug="글", title="제목", body="본문", authors=("신피질",), category="기술", tags=("강",)
)
OWN_ARTICLES = [
    written(
        ArticleRecord(
            words=replace(_WORDS, summary=("하나",), series="연재", episode=3),
            status="published",
            created_at=_MOMENT,
            updated_at=_MOMENT,
            published_at=_MOMENT,
            import_ref="a.md",
            import_fingerprints={"body": ["x"]},
            old_paths=("/옛/",),
        )
    ).decode()
]
OWN_PENDING = [
    pending_written(
        PendingRecord(words=_WORDS, article="글", kind="saved", saved_at=_MOMENT)
    ).decode()
]
_COMMENT = {
    "kind": "comment",
    "ref": "pildam:1@20250401T030000.000000Z",
    "article": "붓",
    "name": "나그네",
    "body": "잘 읽었습니다.",
    "status": "blinded",
    "blinded_until": "2025-05-01T03:00:00+00:00",
    "created_at": "2025-04-01T03:00:00+00:00",
    "status_changed_at": "2025-04-01T03:00:00+00:00",
    "votes": [{"reader": "account:a", "vote": "like", "created_at": "2025-04-01T03:00:00+00:00"}],
}
COMMENTS = [
    exports.wxr(exports.wxr_post(exports.wxr_comment(1), exports.wxr_comment(2, parent=1))),
    exports.disqus(
        exports.disqus_thread(),
        exports.disqus_post(1),
        exports.disqus_post(2, "<b>답</b>", parent=1),
    ),
    "\n".join(
        json.dumps(line, ensure_ascii=False)
        for line in (
            HEADER,
            {"kind": "article", "slug": "붓", "settings": {"mode": "pre"}},
            _COMMENT,
        )
    ),
]
DATES = [
    *(
        "2025년 3월 4일 오후 3시 5분",
        "2025.03.04. 15:12:01",
        "Mar 4, 2025 3:05 PM",
        "20250304",
        "1741046400",
    ),
    *(
        "Tue, 04 Mar 2025 09:00:00 +0900",
        "2025-03-04T09:00:00.123456Z",
        "2025-12-31 24:00",
        "25.08.24 15:12",
    ),
]
