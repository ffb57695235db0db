"""The site that is measured: its pages of every type, and tools to look at them with."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
from html import unescape
from pathlib import Path

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome") or ""
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
_LOCATION = re.compile(r"<loc>([^<]+)</loc>")
# Pages that no sitemap names.
_OTHERS = {
    "search": "/search/",
    "search results": "/search/?q=%EA%B8%80",
    "search for nothing": "/search/?q=zzqqzz",
    "reading list": "/reading-list/",
    "missing page": "/no-such-page/",
    "signing in": "/accounts/login/",
    "signing up": "/accounts/signup/",
    "forgotten password": "/accounts/password/reset/",
    "own comments": "/comments/mine/",
    "privacy": "/privacy/",
}


def origin_of_arguments() -> str:
    """Return the origin that the command line names, or end with how to name it."""
    if len(sys.argv) != 2 or not sys.argv[1].startswith(("http://", "https://")):
        sys.exit(f"usage: python -m {sys.argv[0].rpartition('/')[2]} http://127.0.0.1:8000")
    return sys.argv[1].rstrip("/")


def fetch(address: str, **headers: str) -> bytes:
    """Return the body, whatever the status."""
    request = urllib.request.Request(address, headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            body: bytes = answer.read()
    except urllib.error.HTTPError as error:
        body = error.read()
    return body


def sitemaps(origin: str) -> dict[str, list[str]]:
    """Return the addresses in each part of the sitemap, by the part's address."""
    parts = _LOCATION.findall(fetch(f"{origin}/sitemap.xml").decode())
    return {part: _LOCATION.findall(fetch(unescape(part)).decode()) for part in parts}


def pages(origin: str) -> dict[str, str]:
    """Return an address of every type of page that readers see."""
    found: dict[str, str] = {}
    for part, addresses in sitemaps(origin).items():
        kind = part.rpartition("sitemap-")[2].partition(".")[0]
        for address in addresses:
            name = re.sub(r"[0-9]{4}/(?:[0-9]{1,2}/)?$", "#", address.removeprefix(origin))
            found.setdefault(name if kind == "pages" else kind, address)
    article = found["articles"]
    found |= {"discussion": f"{article}comments/"}
    found |= {name: f"{origin}{path}" for name, path in _OTHERS.items()}
    archive = fetch(f"{origin}/archive/").decode()
    for name, pattern in (("year", r"/archive/\d{4}/"), ("month", r"/archive/\d{4}/\d{1,2}/")):
        if match := re.search(f'"({pattern})"', archive):
            found[name] = f"{origin}{match[1]}"
    return found


def npm_tool(package: str) -> Path:
    """Return the folder of an npm package, which is installed on the first call."""
    home = Path(tempfile.gettempdir()) / "pildam-bench"
    folder = home / "node_modules" / package
    if not folder.exists():
        npm = shutil.which("npm")
        if npm is None:
            sys.exit("npm is missing: apt install npm")
        home.mkdir(exist_ok=True)
        quiet = ["--no-audit", "--no-fund", "--loglevel=error", "--ignore-scripts"]
        subprocess.run([npm, "install", "--prefix", home, *quiet, package], check=True)
    return folder
