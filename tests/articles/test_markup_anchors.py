import re

import pytest
from django.conf import settings

from articles.markup.anchors import AnchorNames, is_reserved


def test_an_anchor_is_readable_and_unique():
    names = AnchorNames()
    assert names.claim("2. 테크노 자본주의") == "2-테크노-자본주의"
    assert names.claim("결론") == "결론"
    assert names.claim("결론") == "결론-2"


@pytest.mark.parametrize("title", ["Comments", "comment 12", "fn 1", "Related heading", "main"])
def test_an_anchor_is_never_one_of_the_page_around_it(title):
    assert AnchorNames().claim(title).startswith("section-")


def test_every_id_of_the_templates_is_reserved():
    templates = settings.BASE_DIR / "templates"
    pages = [path for path in templates.rglob("*.html") if "admin" not in path.parts]
    ids = {
        found
        for path in pages
        for found in re.findall(r'\bid="([^"{]+)"', path.read_text(encoding="utf-8"))
    }
    # The forms of refused comments and lost texts never stand beside an article.
    assert {"main", "comments", "comments-title"} <= ids
    assert [name for name in sorted(ids - {"kept-body"}) if not is_reserved(name)] == []
