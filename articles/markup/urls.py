"""Addresses as authors write them and as HTML carries them."""

import re
from urllib.parse import quote, unquote, urlsplit

from articles.text import normalised

_SAFE = "%!#$&'()*+,/:;=?@[]~-._"
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
_CONTROL = re.compile(r"[\x00-\x20]+")
_PROTOCOL_RELATIVE = re.compile(r"[/\\]{2}")
_YOUTUBE = re.compile(
    r"https?://(?:www\.|m\.)?(?:"
    r"youtube(?:-nocookie)?\.com/(?:watch\?(?:[^#\s]*?&)?v=|shorts/|embed/|live/)|youtu\.be/"
    r")([A-Za-z0-9_-]{11})(?![A-Za-z0-9_-])"
)
EMBED_PREFIX = "https://www.youtube-nocookie.com/embed/"


def encode_url(url: str) -> str:
    """Percent-encode what may not stand in an address; what is encoded already stays."""
    return quote(url, safe=_SAFE)


def decode_source(url: str) -> str:
    """A picture's address as it is looked up: percent-decoded, NFC."""
    return normalised(unquote(url))


def is_local(url: str) -> bool:
    """Whether an address names neither a scheme nor a host."""
    return not _SCHEME.match(url) and not is_protocol_relative(url)


def is_protocol_relative(url: str) -> bool:
    """Whether a browser reads `//host` here, counting backslashes and dropping control characters."""
    return _PROTOCOL_RELATIVE.match(_CONTROL.sub("", url)) is not None


def is_external(url: str, site_hosts: frozenset[str]) -> bool:
    """Whether a link leaves the site."""
    if not url.lower().startswith(("http:", "https:")):
        return False
    try:
        host = urlsplit(url).hostname
    except ValueError:
        return True
    return host not in site_hosts


def youtube_id(url: str) -> str | None:
    """The eleven characters that name a video, for the known forms of its address."""
    match = _YOUTUBE.match(url)
    return match[1] if match else None


def embed_source(video_id: str) -> str:
    """The one address an embedded frame may have."""
    return EMBED_PREFIX + video_id
