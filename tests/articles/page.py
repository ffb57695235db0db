"""Reading a page as a browser or a search engine does: text in, what it says out."""

import json
import re
from typing import Any

from django.http import HttpResponse


def structured_data(response: HttpResponse) -> list[dict[str, Any]]:
    """Return the JSON-LD of a page; a script element ends at its first end tag."""
    blocks = re.findall(
        r'<script type="application/ld\+json">(.*?)</script', response.text, re.DOTALL
    )
    return [json.loads(block) for block in blocks]


def in_one_line(response: HttpResponse) -> str:
    """Return the page with its white space folded, so that line breaks inside tags are none."""
    return " ".join(response.text.split())


def titles_in(response: HttpResponse) -> list[str]:
    """Return the titles of the stories on a list page, in order."""
    headings = r'<h\d class="(?:story|headline)-title">\s*<a [^>]*>([^<]*)</a>'
    return re.findall(headings, response.text)


def is_for_everybody(response: HttpResponse) -> bool:
    """Whether a cache may give the page to the next reader: no cookie, no dependence on one."""
    return not response.cookies and "Cookie" not in response.get("Vary", "")
