"""What readers type finds what writers wrote: one pair for each way in which the two differ."""

import unicodedata

import pytest

from articles.search.morphemes import morphemes_of
from articles.search.queries import Unit, understood
from articles.search.tokens import prepared, tokens_of


def finds(asked: str, text: str) -> bool:
    text = prepared(text)
    words, grams, _ = tokens_of(text, morphemes_of(text))
    written = f" {' '.join(words)} "

    def holds(unit: Unit) -> bool:
        by_words = any(f" {' '.join(phrase)} " in written for phrase in unit.phrases)
        return by_words or (bool(unit.grams) and set(unit.grams) <= set(grams))

    return all(map(holds, understood(asked).units))


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ("혁신은", "혁신적인 제품이다."),
        ("걸었다", "아침마다 오래 걸으면 생각이 맑아진다."),
        ("차가운 바닷물", "바닷물은 차가웠다."),
        ("우주센터", "나로우주센터에서 연기가 솟았다."),
        ("출산율", "합계출산율은 0.72명이다."),
        ("전기자동차", "전기 자동차가 흔해졌다."),
        ("거대 언어 모델", "거대언어모델은 생각하는가"),
        ("테크노자본주의", "테크노 자본주의는 데이터를 먹는다."),
        ("챗 gpt", "챗GPT를 수업에 들여왔다."),
        ("코로나", "코로나19 이후 재택근무가 늘었다."),
        ("차", "차를 마시며 봄을 보냈다."),
        (unicodedata.normalize("NFD", "올림픽"), "서울올림픽의 기억"),
        ("k테크", "K-테크의 다음 장"),
        ("kpop", "K-pop은 장르가 아니라 산업이다."),
        ("K-pop", "kpop을 들었다."),
        ("C++", "C++로 짠 코드를 옮겼다."),
        ("“혁신과 경쟁”", "법은 혁신과 경쟁을 함께 보아야 한다."),
        ("3조 원", "3조원을 지원한다."),
        ("2000명", "의대 정원을 2,000명 늘린다."),
        ("2025", "2025년의 봄"),
        ("startup", "STARTUPS fail."),
        ("studies", "A study of cities."),
        ("movie", "Movies and their caches."),
        ("cache", "Movies and their caches."),
        ("gpu", "엔비디아의 GPUs"),
        ("전세 사기", "전세사기가 늘었다."),
        ("글 쓰기", "챗GPT와 함께 글쓰기"),
        ("아이", "아이와 함께 걷는다."),
        ("흐름", "역사의 흐름을 읽다."),
        ("무서운", "집을 무서워하게 되었다."),
        ("슬픈", "모두 슬퍼하였다."),
        ("삶", "그는 삶을 돌아보았다."),
        ("봄", "2025년의 봄"),
        ("7차전", "한국시리즈 7차전, 구회말 투아웃."),
        ("C#", "C#과 .NET을 떠나며"),
        ("서점,등대", "등대 같던 서점"),
        ("ＡＩ", "AI 재판"),
        ("역사", "한국\u200b의 역\u00ad사를"),
    ],
)
def test_found(asked: str, text: str) -> None:
    assert finds(asked, text)


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ("3조원", "1조 2천억원으로 줄었다."),
        ("“파괴적 혁신”", "혁신은 파괴적인 일이다."),
        ("5G", "돼지고기 300g과 두부"),
        ("news", "A new company."),
        ("벤처투자", "개인투자자는 벤처를 모른다."),
    ],
)
def test_not_found(asked: str, text: str) -> None:
    assert not finds(asked, text)
