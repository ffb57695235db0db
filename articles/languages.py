"""The languages that articles may be in, by their BCP 47 tags. Pure."""

from __future__ import annotations

from typing import NamedTuple

KOREAN = "ko"


class _Language(NamedTuple):
    """What speakers call it, and how OpenGraph writes it with a territory."""

    name: str
    locale: str


LANGUAGES = {
    KOREAN: _Language("한국어", "ko_KR"),
    "en": _Language("English", "en_US"),
    "ja": _Language("日本語", "ja_JP"),
    "zh-Hans": _Language("简体中文", "zh_CN"),
    "zh-Hant": _Language("繁體中文", "zh_TW"),
    "de": _Language("Deutsch", "de_DE"),
    "es": _Language("Español", "es_ES"),
    "fr": _Language("Français", "fr_FR"),
    "ru": _Language("Русский", "ru_RU"),
    "vi": _Language("Tiếng Việt", "vi_VN"),
}
CHOICES = [(tag, language.name) for tag, language in LANGUAGES.items()]
_TRADITIONAL = frozenset({"hant", "tw", "hk", "mo"})


def language_of(text: str) -> str:
    """Return the tag of a language written as `en`, `en-US`, `ko_KR.UTF-8`, `zh-TW`; "" for others."""
    first, *rest = text.strip().lower().partition(".")[0].replace("_", "-").split("-")
    if first == "zh":
        return "zh-Hans" if _TRADITIONAL.isdisjoint(rest) else "zh-Hant"
    return first if first in LANGUAGES else ""


def name_of(tag: str) -> str:
    return LANGUAGES[tag].name


def locale_of(tag: str) -> str:
    return LANGUAGES[tag].locale
