"""An archive of Jekyll posts as large as one likes, each like no other and always the same."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

_SENTENCES = (
    "사람들은 오래된 골목에서 서로의 이름을 부르며 하루를 시작했다.",
    "기계가 대신 읽어 주는 글에도 읽는 사람의 시간은 여전히 들어간다.",
    "그 도시는 강을 따라 길어졌고, 다리는 늘 한발 늦게 놓였다.",
    "우리가 '편리함'이라고 부르는 것의 값은 대개 다른 곳에서 치러진다.",
    "**기다림**은 기술이 줄이려 애쓴 첫 번째 대상이었다.",
    "나는 [오래전에 쓴 글](https://example.com/notes/{n})을 다시 꺼내 읽었다.",
    "숫자는 정확했지만, 정확한 숫자가 무엇을 뜻하는지는 아무도 묻지 않았다.",
    "도서관의 불이 꺼진 뒤에도 색인 카드는 제자리를 지켰다.",
    "1997년의 겨울을 기억하는 사람과 기억하지 못하는 사람이 한 사무실에 앉아 있다.",
    "*느린 것*과 게으른 것은 다르다고 그는 여러 번 말했다.",
    "`make` 한 번이면 끝나는 일을 우리는 사흘 동안 손으로 했다.",
    "결국 남는 것은 누군가가 적어 둔 문장이다.",
)
_TAGS = ("기술", "도시", "노동", "Reading", "역사", "open source", "기억", "경제", "Web", "산책")
_CATEGORIES = ("에세이", "비평", "Notes", "번역")
_AUTHORS = ("김하늘", "이바다", "Jane Kim")
_FIRST_DAY = date(2005, 1, 1)
_BYTES = 3000


def write_archive(folder: Path, count: int) -> None:
    """Write `count` posts of about 3 kB as files of `folder`."""
    folder.mkdir(parents=True)
    for number in range(count):
        day = _FIRST_DAY + timedelta(days=number % 7000)
        path = folder / f"{day}-essay-{number}.md"
        path.write_text(_front_matter(number, day) + _body(number), encoding="utf-8")


def _front_matter(number: int, day: date) -> str:
    tags = ", ".join(_TAGS[(number * 7 + step * 3) % len(_TAGS)] for step in range(3))
    return (
        "---\nlayout: post\n"
        f'title: "{number}번째 글: 강가의 도시에서"\n'
        f"date: {day} 09:{number % 60:02d}:00 +0900\n"
        f"author: {_AUTHORS[number % len(_AUTHORS)]}\n"
        f"categories: [{_CATEGORIES[number % len(_CATEGORIES)]}]\n"
        f"tags: [{tags}]\n---\n\n"
    )


def _body(number: int) -> str:
    parts = []
    size = 0
    for step in range(100):
        part = _part(number, step)
        parts.append(part)
        size += len(part.encode())
        if size > _BYTES - 400:
            break
    return "".join(parts)


def _part(number: int, step: int) -> str:
    """One heading, list or paragraph; every fourth is no paragraph."""
    said = [
        _SENTENCES[(number * 5 + step * 3 + n * (number % 4 + 1)) % len(_SENTENCES)].format(
            n=number
        )
        for n in range(4)
    ]
    if step % 4 == 1:
        return f"## {step}. {number}년째의 물음\n\n"
    if step % 4 == 3:
        return "".join(f"- {sentence}\n" for sentence in said[:3]) + "\n"
    return " ".join(said) + "\n\n"
