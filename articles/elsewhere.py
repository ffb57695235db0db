"""Rendered HTML as it can be read away from the site, in feeds and letters. Pure."""

import re
from urllib.parse import urljoin

# A tag as our sanitiser writes it: attribute values in double quotes, `<` escaped in text.
_TAG = re.compile(r'<[a-z][^<>"]*(?:"[^"]*"[^<>"]*)*>')
_ADDRESS = re.compile(r'(?<=\s)(src|href)="([^"]*)"')
# The choice of copies around a picture of ours; inside it stands the picture itself.
_CHOICE = re.compile(r'</?picture>|<source(?: [a-z]+="[^"]*")*>')


def for_elsewhere(html: str, address: str) -> str:
    """Make every link and picture of rendered HTML absolute, seen from the given address.

    Pictures become plain ones, which every feed reader can show.
    """

    def joined(attribute: re.Match[str]) -> str:
        return f'{attribute[1]}="{urljoin(address, attribute[2])}"'

    return _TAG.sub(lambda tag: _ADDRESS.sub(joined, tag[0]), _CHOICE.sub("", html))
