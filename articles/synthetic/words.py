"""The words that synthetic texts are made of, and how Korean joins them."""

from __future__ import annotations

from random import Random

CATEGORIES = ("기술", "산업", "도시", "과학", "문화", "경제", "교육", "생활")

TOPICS = tuple(
    """
    반도체 배터리 인공지능 전력망 철도 항만 공항 도서관 시장 골목 부엌 공장 실험실 교실 병원 극장
    지하철 자전거 버스 정류장 우체국 서점 빵집 세탁소 목욕탕 논밭 과수원 양식장 염전 제철소 조선소
    데이터 알고리즘 검색 번역 암호 통신 위성 로켓 망원경 현미경 백신 유전자 단백질 미생물 효모
    종이 활자 사진 필름 라디오 음반 공연 전시 박물관 미술관 건축 아파트 한옥 온돌 마당 계단 창문
    물가 환율 금리 세금 보험 연금 임금 노동 창업 투자 수출 무역 물류 창고 포장 배달 상점 광고
    수학 물리 화학 생물 지질 기상 해양 천문 역사 철학 언어 문법 사전 한글 편지 일기 소설 시집 만화
    돌봄 육아 노년 청년 이주 여행 등산 바둑 야구 축구 수영 달리기 요리 김치 된장 국수 커피 녹차
    기후 태풍 장마 폭염 가뭄 산불 하천 습지 갯벌 숲길 철새 꿀벌 고래 재활용 쓰레기 태양광 풍력 수소
    원자력 터널 다리 댐 상수도 하수도 가로등 신호등 주차장 엘리베이터 에어컨 냉장고 세탁기 재봉틀
    """.split()
)

THINGS = tuple(
    """
    기억 질문 방법 순서 이름 시간 거리 무게 온도 소리 빛깔 모양 문턱 바깥 바닥 뒷면 처음 마지막 반복
    습관 약속 규칙 예외 실수 고장 수리 기록 목록 지도 경계 중심 가장자리 속도 느림 침묵 대화 논쟁
    합의 선택 포기 기다림 준비 연습 솜씨 도구 재료 비용 가격 가치 신뢰 의심 증거 설명 이해 오해 발견
    발명 전환 변화 균형 연결 단절 이웃 손님 주인 동료 후배 스승 세대 미래 과거 오늘 내일 하루 계절
    """.split()
)

PLACES = tuple(
    """
    서울 부산 대구 인천 광주 대전 울산 세종 수원 춘천 강릉 청주 전주 목포 여수 포항 창원 진주 제주
    안동 군산 통영 속초 원주 구미 김해 순천 나주 공주 부여 경주 밀양 거제 남원 해남 영월 태백 파주
    """.split()
)

FAMILY_NAMES = "김이박최정강조윤장임한오서신권황안송류홍"
GIVEN_NAMES = tuple(
    """
    민준 서연 도윤 하은 지호 수아 예준 지우 시우 채원 주원 다은 현우 은서 건우 유진 선우 가온 우진 나래
    연우 보람 정훈 미래 승현 슬기 재민 한결 태윤 아름 동현 새봄 준서 여름 성민 가을 영호 겨울 상우 바다
    """.split()
)

NICKNAMES = tuple(
    """
    지나가던독자 아침커피 느린걸음 동네책방 밤고양이 감자전 비오는날 종이비행기 초록지붕 두번읽음 물음표
    늦은저녁 골목대장 바람개비 새벽기차 안경너머 연필한자루 귤나무 삼층계단 모과차 창가자리 낮달 오래된시계
    """.split()
)

TITLES = (
    "{topic:이/가} 우리에게 남긴 {thing}",
    "{place}에서 본 {topic:과/와} {thing}",
    "{topic}의 {thing:을/를} 다시 묻다",
    "왜 {topic}에는 {thing:이/가} 필요한가",
    "{thing} 없는 {topic:은/는} 가능할까",
    "{place}의 {topic}, 그 {thing}에 대하여",
    "{topic:과/와} {other} 사이의 {thing}",
    "우리가 몰랐던 {topic}의 {thing}",
    "{topic:을/를} 바꾼 {place}의 {thing}",
    "{thing}에서 시작하는 {topic} 이야기",
    "다시, {topic:과/와} {other}의 {thing}",
    "{place} 사람들이 {topic:을/를} 대하는 {thing}",
)

SENTENCES = (
    "{place}에서 만난 사람들은 {topic:을/를} 이야기할 때마다 {thing:을/를} 먼저 꺼냈다.",
    "{topic:은/는} 오랫동안 {other:과/와} 나란히 놓여 있었지만, 그 {thing:은/는} 서로 달랐다.",
    "처음에는 {thing:이/가} 문제라고 생각했으나 살펴볼수록 {topic} 쪽에 답이 있었다.",
    "{year}년의 기록을 보면 {topic:이/가} 차지하는 몫은 {percent}퍼센트 남짓이었다.",
    "그 {thing:을/를} 설명하려면 {topic}보다 {other:을/를} 먼저 살펴야 한다.",
    "{place}의 한 연구자는 {topic}에서 {thing:을/를} 빼면 아무것도 남지 않는다고 말했다.",
    "물론 {topic:이/가} 모든 것을 바꾸지는 않는다.",
    "{thing:은/는} 눈에 보이지 않지만 {topic:을/를} 움직이는 힘이 된다.",
    "사람들은 {topic:을/를} 당연하게 여기지만, {count}년 전만 해도 사정은 전혀 달랐다.",
    "{other:이/가} 바뀌면 {topic}의 {thing}도 함께 바뀐다.",
    "그러니 우리는 {thing:을/를} 서두르기보다 {topic:을/를} 천천히 들여다보아야 한다.",
    "{place}에서는 {count}명이 모여 {topic:과/와} {other:을/를} 두고 밤늦도록 이야기했다.",
    "정작 {topic:을/를} 만드는 사람에게 {thing:을/를} 묻는 이는 드물었다.",
    "{topic}의 역사는 {thing}의 역사이기도 하다.",
    "어떤 {thing:은/는} 사라졌고, 어떤 {thing:은/는} {topic} 속에 남았다.",
    "이 글은 {topic:과/와} {other} 사이에 놓인 {thing:을/를} 따라가 본다.",
)

REMARKS = (
    "{topic} 이야기를 이렇게 풀어 주시니 이해가 잘됩니다.",
    "{place}에 사는데 {topic:은/는} 정말 말씀하신 그대로예요.",
    "저는 조금 다르게 봅니다. {thing}보다 {topic:이/가} 먼저 아닐까요?",
    "{thing:이/가} 무엇인지 다시 생각하게 되었습니다.",
    "잘 읽었습니다. 다음에는 {other}도 다루어 주세요.",
    "{count}년째 {topic:과/와} 일하고 있는데 공감합니다.",
    "둘째 문단의 숫자는 {year}년 기준인가요?",
    "{topic:과/와} {other:을/를} 같이 놓고 보니 재미있네요.",
    "댓글을 잘 쓰지 않는데 이 글은 오래 남을 것 같습니다.",
    "{thing}에 대해 더 읽을 만한 책이 있을까요?",
    "동의하기 어렵습니다. {place}만 보아도 {topic:은/는} 줄고 있습니다.",
    "아버지께 보여 드렸더니 {topic} 이야기를 한참 하셨어요.",
)

_FIRST_SYLLABLE, _FINALS = 0xAC00, 28


def with_particle(word: str, particle: str) -> str:
    """Return the Hangul word with the form of a particle ("은/는") that its last syllable takes."""
    after_consonant, after_vowel = particle.split("/")
    has_final = (ord(word[-1]) - _FIRST_SYLLABLE) % _FINALS
    return word + (after_consonant if has_final else after_vowel)


class _Noun(str):
    __slots__ = ()

    def __format__(self, particle: str) -> str:
        return with_particle(self, particle) if particle else str(self)


def filled(pattern: str, random: Random) -> str:
    """Return the pattern with words in the places that it leaves open."""
    return pattern.format(
        topic=_Noun(random.choice(TOPICS)),
        other=_Noun(random.choice(TOPICS)),
        thing=_Noun(random.choice(THINGS)),
        place=_Noun(random.choice(PLACES)),
        year=random.randint(1950, 2020),
        percent=random.randint(3, 70),
        count=random.randint(2, 40),
    )


def person(random: Random) -> str:
    return random.choice(FAMILY_NAMES) + random.choice(GIVEN_NAMES)


def compound(random: Random) -> str:
    """Return a name of two nouns, of which there are thousands."""
    return f"{random.choice(TOPICS)} {random.choice(THINGS)}"
