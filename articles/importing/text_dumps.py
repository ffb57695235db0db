"""Undo what text browsers add to a page: numbers before links and the list of their addresses."""

import re

_REFERENCES = re.compile(
    r"^\s*(?:References|Visible links|Links)[ \t]*:?\n(?=(?:\s*(?:Visible links|Hidden links)[ \t]*:?\n)?"
    r"\s*1\.[ \t]+(?:https?|file|ftp|mailto|javascript):)",
    re.MULTILINE,
)
_LINK_NUMBER = re.compile(r"\[\d{1,4}\](?=\S)")
_FORM_FIELD = re.compile(r"\[_{2,}\]|\((?:BUTTON|Submit)\)|^\s*IFRAME:.*$|^\s*#alternate.*$", re.MULTILINE)


def without_link_numbers(text: str) -> str:
    """Return a page as `lynx -dump` or `elinks -dump` writes it without its link numbers.

    Other texts, whose numbers in brackets may be notes, are returned as they are.
    """
    last = None
    for last in _REFERENCES.finditer(text):
        pass
    if last is None:
        return text
    return _FORM_FIELD.sub(" ", _LINK_NUMBER.sub("", text[: last.start()]))
