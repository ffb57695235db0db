"""The addresses of pictures as Korean platforms serve them, and those of the originals."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

_DAUM_THUMBNAIL = re.compile(r"(?:https?:)?//[a-z0-9.-]{1,60}\.(?:daumcdn|kakaocdn)\.net/")
_NAVER_RENDITION = re.compile(
    r"https?://(?:mblogthumb-phinf|postfiles\d{0,2}|blogfiles|blogthumb|post-phinf|cafeptthumb-phinf)"
    r"\.(?:pstatic\.net|naver\.net)/"
)
_SIZE = re.compile(r"(?<=[?&])type=\w{0,40}")


def original(address: str) -> str:
    """Return the address of the picture behind a thumbnail of Daum's or a rendition of Naver's.

    Naver's largest rendition is what it shows itself. Any other address is returned as it is.
    """
    address = address.strip()
    address = f"https:{address}" if address.startswith("//") else address
    try:
        query = urlsplit(address).query
    except ValueError:
        return address
    if "fname=" in query and _DAUM_THUMBNAIL.match(address):
        inner = parse_qs(query).get("fname", [""])[0]
        inner = f"https:{inner}" if inner.startswith("//") else inner
        return inner if inner.startswith(("http://", "https://")) else address
    if "type=" in query and _NAVER_RENDITION.match(address):
        return _SIZE.sub("type=w966", address, count=1)
    return address
