"""What a comment and the name under it may consist of. Pure rules, messages for readers."""

import regex

from articles.text import normalised, one_line

MAX_BODY_GRAPHEMES = 4_000
# 4,000 of the longest emoji in use stay below this; what is longer is not worth counting.
MAX_BODY_BYTES = 200_000
MAX_NAME_GRAPHEMES = 20
MAX_NAME_BYTES = 400
# What the column holds; a single emoji may take eleven of them.
MAX_NAME_CHARACTERS = 100
# The longest emoji has eleven characters; a letter buried under more marks is mischief.
MAX_CHARACTERS_IN_A_GRAPHEME = 32

_GRAPHEME = regex.compile(r"\X")
_OVERLOADED = regex.compile(rf"[^\p{{M}}]?\p{{M}}{{{MAX_CHARACTERS_IN_A_GRAPHEME},}}")
_LINE_END = regex.compile(r"\r\n|[\r\v\f\x85\u2028\u2029]")
_FORBIDDEN = regex.compile(r"[\p{Cc}\p{Cs}\uFFFE\uFFFF--[\n\t]]", regex.V1)
# U+2800 is Braille with no dots; the Hangul fillers are default-ignorable already.
_INVISIBLE = regex.compile(r"[\p{Default_Ignorable_Code_Point}\p{C}\p{Z}\s\u2800]")
_EMOJI = regex.compile(
    r"\p{Extended_Pictographic}[\p{Emoji_Modifier}\uFE0F]*"
    r"(?:\u200D\p{Extended_Pictographic}[\p{Emoji_Modifier}\uFE0F]*)*"
)


class TextError(ValueError):
    """The text cannot be taken; the message says why, in Korean, for the reader."""


def grapheme_count(text: str) -> int:
    """Count characters as readers do: an emoji family or a decomposed syllable is one."""
    return len(_GRAPHEME.findall(normalised(text)))


def is_invisible(text: str) -> bool:
    """Whether nothing of the text would be seen."""
    return not _INVISIBLE.sub("", text)


def cleaned_body(raw: str) -> str:
    """Return the body as it is stored: NFC, `\\n` line ends, no blank edges.

    Raises TextError for what is empty, too long or not text. Nothing is ever cut off.
    """
    if len(raw.encode("utf-8", "surrogatepass")) > MAX_BODY_BYTES:
        raise TextError(f"댓글은 {MAX_BODY_GRAPHEMES:,}자까지 쓸 수 있습니다.")
    body = normalised(_LINE_END.sub("\n", raw)).strip()
    if is_invisible(body):
        raise TextError("내용을 적어 주세요.")
    if _FORBIDDEN.search(body):
        raise TextError("글에 쓸 수 없는 제어 문자가 들어 있습니다.")
    if _OVERLOADED.search(body):
        raise TextError("한 글자에 부호가 너무 많이 붙어 있습니다.")
    # There are no more graphemes than code points.
    if len(body) > MAX_BODY_GRAPHEMES and (count := grapheme_count(body)) > MAX_BODY_GRAPHEMES:
        raise TextError(
            f"댓글은 {MAX_BODY_GRAPHEMES:,}자까지 쓸 수 있습니다. 지금은 {count:,}자입니다."
        )
    return body


def cleaned_name(raw: str) -> str:
    """Return the name as it is stored: NFC, single spaces.

    Raises TextError for a name that is empty, too long, or holds what nobody can see.
    """
    if len(raw.encode("utf-8", "surrogatepass")) > MAX_NAME_BYTES:
        raise TextError(f"이름은 {MAX_NAME_GRAPHEMES}자까지 쓸 수 있습니다.")
    if regex.search(r"[\p{Cc}\p{Cs}]", raw.strip(" \t\r\n")):
        raise TextError("이름에 제어 문자를 쓸 수 없습니다.")
    name = one_line(raw)
    if not name:
        raise TextError("이름을 적어 주세요.")
    # Joiners and variation selectors are part of emoji, and invisible anywhere else.
    if _INVISIBLE.search(_EMOJI.sub("", name).replace(" ", "")):
        raise TextError("이름에 보이지 않는 문자를 쓸 수 없습니다.")
    if not regex.search(r"[\p{L}\p{N}\p{S}\p{P}]", name) or _OVERLOADED.search(name):
        raise TextError("이름은 글자나 숫자로 적어 주세요.")
    if len(name) > MAX_NAME_CHARACTERS or grapheme_count(name) > MAX_NAME_GRAPHEMES:
        raise TextError(f"이름은 {MAX_NAME_GRAPHEMES}자까지 쓸 수 있습니다.")
    return name


def mended_body(raw: str) -> str:
    """Return what can be stored of a body that was written elsewhere; "" where nothing is seen.

    Its length is not judged: what has been said is not cut off.
    """
    body = normalised(_without_mischief(_LINE_END.sub("\n", raw))).strip()
    return "" if is_invisible(body) else body


def mended_name(raw: str) -> str:
    """Return a name that was written elsewhere as one of ours, shortened if need be; "" if none."""
    name = one_line(_without_mischief(raw[:MAX_BODY_BYTES]))
    seen = _INVISIBLE.sub(lambda found: " " if found[0] == " " else "", name)
    for candidate in (name, seen):
        try:
            return cleaned_name("".join(_GRAPHEME.findall(candidate)[:MAX_NAME_GRAPHEMES]))
        except TextError:
            continue
    return ""


def _without_mischief(text: str) -> str:
    """Drop what is no text, and the marks that bury a letter."""
    kept = MAX_CHARACTERS_IN_A_GRAPHEME - 1
    return _OVERLOADED.sub(lambda found: found[0][:kept], _FORBIDDEN.sub("", text))
