"""Undo what browsers add to the text of a page: link numbers, and the margins of print."""

import re

_REFERENCES = re.compile(
    r"^[ \t]*(?:References|Visible links|Links)[ \t]*:?\n(?=(?:\s*(?:Visible links|Hidden links)[ \t]*:?\n)?"
    r"\s*1\.[ \t]+(?:https?|file|ftp|mailto|javascript):)",
    re.MULTILINE,
)
_LINK_NUMBER = re.compile(r"\[\d{1,4}\](?=\S)")
# A printed page has the day and the title above, and its address and number below.
_PRINT_FOOT = re.compile(r"^https?://\S{1,500}[ \t]+\d{1,3}/\d{1,3}[ \t]*$", re.MULTILINE)
_PRINT_HEAD = re.compile(
    r"^\d{2,4}[.\-/] ?\d{1,2}[.\-/] ?\d{1,2}\.?,? (?:오전|오후)? ?\d{1,2}:\d{2}(?: ?[AP]M)?[ \t]+(?=\S)",
    re.MULTILINE,
)
_FORM_FIELD = re.compile(
    r"\[_{2,}\]|\((?:BUTTON|Submit)\)|^[ \t]*IFRAME:.*$|^[ \t]*#alternate.*$", re.MULTILINE
)


def without_link_numbers(text: str) -> str:
    """Return a page as `lynx -dump` or `elinks -dump` writes it without its link numbers.

    Other texts, whose numbers in brackets may be notes, are returned as they are.
    """
    lists = list(_REFERENCES.finditer(text))
    if not lists:
        return text
    return _FORM_FIELD.sub(" ", _LINK_NUMBER.sub("", text[: lists[-1].start()]))


def without_print_margins(text: str) -> str:
    """Return a page that was printed to a file without what stands in the margins, its title kept."""
    if _PRINT_FOOT.search(text) is None:
        return text
    return _PRINT_HEAD.sub("", _PRINT_FOOT.sub("", text))
