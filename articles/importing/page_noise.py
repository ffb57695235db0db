"""The words of pages that are not the article: menus, buttons, weather, rights, other stories.

Each function judges one cleaned line by itself; what it means there is for the reader of the
whole page to decide.
"""

import re


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_SECTIONS = _words(
    """정치 경제 사회 국제 세계 문화 스포츠 연예 오피니언 칼럼 사설 기고 논단 시론 IT 과학 테크 기술
    산업 기업 금융 증권 재테크 부동산 생활 라이프 라이프스타일 교육 환경 기후 지역 지방 전국 여행 책
    도서 건강 의료 복지 기타 인물 피플 사람 인터뷰 기획 특집 비즈니스 스타트업 벤처 미디어 노동 여성
    종교 북한 외교 국방 법률 법조 자동차 모빌리티 에너지 유통 음식 영화 음악 공연 전시 일상 에세이
    수필 리뷰 서평 개발 디자인 마케팅 경영 AI 인공지능 역사 철학 심리 육아 정책 행정 농업 반도체
    바이오 게임 보안 통신 취업 창업 제조 제조업 물류 소재 화학 철강 조선 중공업 전자 재계 통상 무역
    경제일반 사회일반 지역경제 산업정책 증시 글로벌 외신 데이터 로봇 우주 방산 핀테크"""
)
_BUTTONS = _words(
    """메뉴 전체메뉴 주메뉴 로그인 로그아웃 회원가입 마이페이지 검색 통합검색 구독 구독하기 구독신청
    구독중 프로파일 지면보기 pdf보기 신문보기 공유 공유하기 sns공유 기사공유 페이스북 트위터 x 카카오톡 카카오스토리
    네이버블로그 밴드 라인 링크복사 url복사 주소복사 본문복사 복사 인쇄 프린트 스크랩 메일 이메일 메일보내기
    글자크기 글씨크기 글자크기조절 글자크기설정 글자크기변경 가 가가 가가가 가+ 가- + - 크게 작게 보통
    폰트 다크모드 좋아요 싫어요 공감 댓글쓰기 더보기 목록 목록보기 목록으로 이전글 다음글 이전 다음
    이전기사 다음기사 맨위로 위로 top 홈 home 바로가기 본문바로가기 기사듣기 음성으로듣기 음성듣기
    번역 언어선택 닫기 열기 광고 ad 배너 advertisement sponsored 팝업 신고 신고하기 이웃추가 본문기타기능
    통계 수정 삭제 비공개 brunch brunchstory 브런치 브런치스토리 카카오 tistory 티스토리 블로그
    네이버블로그홈 카페 제보 제보하기 기사제보 후원 후원하기 뉴스레터 알림 알림받기 사이트맵 english rss
    작가 팔로우 팔로잉 응원하기 라이킷 저장 북마크 뉴스 전체 종합 전체기사 최신기사 뉴스홈 기사본문
    본문 기사 공지사항 방명록 태그 글쓰기 관리 관리자 시작하기 작가신청 프로필 소개 about contact
    facebook twitter instagram youtube 유튜브 인스타그램 카톡 텔레그램 링크드인 linkedin 네이버
    다음뉴스 네이버뉴스 오늘의날씨 날씨 기상청제공 운세 만평 포토 영상 동영상 skiptocontent
    게시판 이용약관 개인정보처리방침 고객센터 회사소개 광고문의 제휴문의 청소년보호정책 listen share
    반응형 728x90 카테고리없음 게시글관리 기사보기 기사추천하기 기사공유하기 상태바 by 아래로 brunchbook
    클린뷰 듣기 follow following write search sitemap openinapp signup signin mediumlogo 메인메뉴
    글자크기조정 슬퍼요 화나요 훈훈해요 감동이에요 유익해요 놀랐어요 응원해요 후속기사원해요 기자페이지
    추천 기사원문 talk 본문요약봇 기자정보 기자프로필 내방 오탈자신고 관련사진보기 subscribe 구독신청하기 keep
    카테고리 게시글관리 블로그메뉴 my메뉴열기 새창열림 이미지크게보기 이미지확대 확대보기"""
)
# A control is named by what it acts on and what it does: `글자 크기 변경하기`, `SNS 기사보내기`.
_CONTROL_OBJECTS = (
    r"sns|url|pdf|qr|my|top|기사|기자|본문|글자|글씨|글|크기|폰트|화면|메뉴|전체|상단|하단|좌측|우측|검색|검색창|"
    r"검색어|이전|다음|스크롤|현재|페이지|뉴스|뉴스레터|구독|알림|댓글|의견|로그인|회원|가입|회원가입|인쇄|프린트|"
    r"스크랩|음성|텍스트|변환|서비스|동영상|영상|사진|이미지|이메일|메일|링크|주소|카테고리|게시글|블로그|이웃|지면|신문|"
    r"페이스북|트위터|카카오톡|카카오스토리|카카오|네이버|밴드|라인|유튜브|인스타그램|텔레그램|작게|크게|기능|사용|"
    r"공유|추천|제보|신청|고정|자동|재생|언론사|채널"
)
_CONTROL_ACTIONS = (
    r"보기|보내기|하기|열기|닫기|듣기|쓰기|달기|조절|조정|변경|설정|취소|이동|버튼|영역|상태바|복사|줄이기|키우기|위치|"
    r"바로가기|추가|읽어주기|펼치기|접기|재생|변환|내려받기|신청"
)
_CONTROL = re.compile(
    rf"(?:(?:{_CONTROL_OBJECTS})[을를]?){{1,6}}(?:{_CONTROL_ACTIONS})(?:하기|버튼|영역)?"
)
_MAX_CONTROL = 24
_CONTROL_NAMES = frozenset(
    [*"0123456789()+-/,.", *_CONTROL_OBJECTS.split("|"), *_CONTROL_ACTIONS.split("|")]
) | frozenset(name for name in _BUTTONS if len(name) > 1)
_CONTROL_NAMES |= _words(
    "공감 댓글 응원 원고료로 요약보기 요약 으로 조절하기 변경하기 읽기 최종 타임톡 봇"
)
_CONTROL_MARK = re.compile(
    r"로그인|공유|인쇄|프린트|스크랩|(?:글자|글씨)(?:크기)?|댓글\d|공감\d|링크복사|url복사|listen|share|듣기"
)
_MAX_NAME_OF_CONTROL = 10
_LEAST_CONTROLS = 3
_IMPRINT = re.compile(
    r"회사소개|이용약관|회원약관|개인정보\s?(?:처리|취급)\s?방침|청소년\s?보호|등록번호|등록일|발행인|편집인|대표전화|"
    r"사업자|통신판매|고객센터|제휴안내|광고\s?(?:안내|문의)|사이트맵|저작권\s?(?:규약|정책|안내)|발행[·‧]?편집인|기사제보|구독신청"
)
_LEAST_IMPRINTED = 3
_MAX_IMPRINT = 500
_COOKIES = re.compile(
    r".{0,80}(?:쿠키|\bcookies?\b).{0,80}(?:동의|수락|허용|거부|accept|agree|consent).{0,60}",
    re.IGNORECASE,
)
_COUNTED = (
    r"좋아요|싫어요|나빠요|공감|칭찬|감사|웃김|놀람|슬픔|슬퍼요|화나요|댓글|코멘트|조회수?|읽음|추천|공유|라이킷|구독자|관심작가|스크랩|팔로워|팔로잉|이웃"
    r"|views?|likes?|hits?|shares?"
)
_BUTTON_PATTERNS = re.compile(
    rf"(?:(?:{_COUNTED})\s*[:(]?\s*[\d,.]+\s*[만천kK]?\s*(?:개|명|회|건)?\)?\s*[|·]?\s*){{1,5}}"
    r"|(?:약\s?)?\d{1,4}\s?(?:초|분|시간|일|주|개월|달|년)\s?(?:전|소요|읽기|분량)"
    r"|(?:기사\s?)?(?:본문\s?)?(?:글자|글씨|폰트|본문)\s?(?:크기|글씨|키우기|줄이기).{0,20}"
    r"|.{0,14}(?:바로\s?가기|공유하기|복사하기|보내기|인쇄하기|스크랩하기|추천하기|응원하기|사진\s?보기|구독하기|추가하기|신고하기|전체\s?보기|더\s?보기)"
    r"|(?:현재\s?위치|here)\s*:?.{0,30}"
    r"|(?:페이스북|트위터|X|카카오톡|밴드|링크드인)에\s?(?:공유|클릭).{0,30}|좋아하기\s?가져오는\s?중\W{0,3}"
    r"|(?:이\s?)?기사를?\s?(?:읽어|들려)\s?드립니다\.?|your browser (?:does not|doesn[’']t) support.{0,40}"
    r"|이메일(?:\s?주소)?[을를]?\s?(?:입력|등록).{0,14}|no responses yet|published in \S.{0,40}|사진\s?확대|tweet|on this page"
    r"|zoom image will be displayed|press enter or click to view image.{0,20}"
    r"|\d{1,2}:\d{2}(?:\s?/\s?\d{1,2}:\d{2})?|읽는\s?(?:데|시간)\s?(?:약\s?)?\d{1,3}\s?분|\d{1,3}\s?min(?:ute)?s?\sread"
    r"|로그인\s?(?:을\s?하시면|하시면|후).{0,20}(?:등록|작성|이용|입력).{0,14}"
    r"|[-–—―─=_*~·.\s]+|[-(<\[/]?\s?끝\s?[-)>\]/]?|\d{1,3}(?:\s?/\s?\d{1,3})?"
    r"|\d{1,3}(?:,\d{3})*\s(?:followers|claps|likes|views|min read)"
    r"|※?\s?(?:이|본|외부)\s?(?:글|칼럼|기고|기사|필자|필진|원고).{0,20}(?:본지|본사|편집\s?방향|무관).{0,30}"
    r"|(?:이|이번)\s?(?:기사|글|레터|아티클|콘텐츠|뉴스레터|편지|호)(?:를|을|가|이|는|은)?\s?(?:공유합니다|공유하기|어떠|추천합니다|마음에\s드|좋으셨|유익했다면|도움이\s?(?:되셨|되었|됐)\S{1,6}[?？]).{0,24}"
    r"|(?:URL|주소|링크)(?:이|가)?\s?복사.{0,12}|검색어를?\s?입력.{0,12}|(?:담당\s?(?:부서|자)|작성\s?부서|부서명)\s?[:：]?\s?\S.{0,20}|like loading\W*|skip to content"
    r"|.{0,10}(?:이미지|사진)\s?(?:크게|확대)\s?보기.{0,60}|첨부\s?파일\s?.{0,30}"
    r"|.{1,14}\s?언론사\s?구독|.{0,24}구독\s?(?:되었|해지|하고\s?메인).{0,40}|\(?출처\s?(?:표시|밝히)\S*\s?.{0,20}"
    r"|.{0,14}(?:기능은|서비스는).{0,12}(?:브라우저|크롬|기반의?|지원).{0,24}|.{0,8}브라우저에서만.{0,24}"
    r"|you can make anything\s?(?:by writing)?|by writing|c\.\s?s\.\s?lewis"
    r"|.{0,20}(?:쿠키|브라우저).{0,20}(?:사용합니다|최적화.{0,12})\.?",
    re.IGNORECASE,
)
# Newspapers print the buttons of their shares in one line.
_SHARE_LINE = re.compile(r"(?:[^\s()]{1,14}\s?\(으\)로\s?기사보내기\s?){1,12}.{0,40}")
_TICKER = re.compile(
    r"(?:맑음|구름\s?많음|구름\s?조금|흐림|흐리고 ?비|흐려져 ?비|비|눈|소나기|안개|박무|연무|황사|뇌우|진눈깨비|흐리고 ?눈)?"
    r"\s?[가-힣A-Za-z ]{0,12}\s?-?\d{1,2}(?:\.\d)?\s?(?:℃|°C|°|도씨)"
    r"|(?:코스피|코스닥|환율|원[/·]?달러|원[/·]?엔|달러|유로|엔화?|다우|나스닥|S&P ?500|WTI|국제유가|금값?|비트코인|KOSPI|KOSDAQ|USD|EUR|JPY)"
    r"\s?[\d,.]{3,12}\s?(?:원|달러)?\s?(?:[▲▼△▽+-]?\s?[\d,.]+%?\s?){0,3}(?:\([^()]{1,10}\))?"
    r"|(?:초?미세먼지|오존|자외선|습도|강수(?:확률|량)?|체감(?:온도)?)\s?:?\s?(?:좋음|보통|나쁨|매우 ?나쁨|낮음|높음|[\d.]+\s?(?:%|mm|㎍/㎥|℃)?)"
)
# Who took the pictures and cut the film of an article is not its author.
_CREDITS = re.compile(
    r"(?:(?:(?:사진|포토|촬영|영상|편집|그래픽|일러스트|삽화|디자인)\S{0,4}\s?[:：|]|(?:photo(?:graph(?:y|er|s)?)?s?|"
    r"illustrations?|film|design)\s?[:：|]?)\s?[가-힣A-Za-z]{2,12}(?:\s[A-Za-z]{2,12})?\s?[/,·|]?\s?){1,5}",
    re.IGNORECASE,
)
_RIGHTS = re.compile(
    r"무단\s?전재|재배포\s?금지|무단\s?복제|AI\s?학습.{0,12}금지|all rights? reserved"
    r"|copyrights?\s*(?:ⓒ|©|\(c\)|\d{4})|저작권자\s*(?:ⓒ|©|\(c\))",
    re.IGNORECASE,
)
_RIGHTS_BEHIND = re.compile(
    r"(?<=[.!?”’\"')\w])\s?[\[(<☞]?\s?(?:저작권자|copyrights?|ⓒ|©)[^.!?]{0,60}(?:전재|재배포|reserved|금지)[^!?]{0,60}$",
    re.IGNORECASE,
)
_MAX_NOTICE = 200
_COMMENTS = re.compile(
    r"제보(?:는\s?(?:카카오톡|전화|이메일|메일|\S{1,30}@)|하기$|\s?안내|\s?문의).{0,60}|기사\s?제보\s?및.{0,50}|comments?(?:\s?\(?\d+\)?)?|\d{2,3}자평|댓글(?:\s?\(?\d*\)?\s?개?)?|댓글\s?(?:쓰기|남기기|보기|달기|목록|입력|운영.{0,8})"
    r"|(?:전체|총)\s?댓글.{0,10}|\d{1,5}\s?(?:개의\s?)?(?:댓글|comments?)|leave a (?:comment|reply)|share this:?|responses?"
    r"|의견\s?(?:쓰기|남기기|보내기)|독자\s?의견|방명록|.{0,60}(?:개의|\d개)\s?(?:댓글|응답|의견)(?:이\s?있습니다\.?)?|댓글\s?달기\s?응답\s?취소"
    r"|keywords?(?:\s\S{1,10}){0,3}|키워드|해시태그|태그\s?목록|저작자\s?표시.{0,20}|(?:이\s?)?글의\s?태그",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    r"(?:HOT|핫|인기)\s?(?:클릭|이슈|뉴스|기사).{0,12}|배너|광고|(?:가장\s?)?많이\s?(?:본|읽은|찾은)\s?(?:뉴스|기사|글|콘텐츠)?.{0,10}"
    r"|(?:실시간|주요|인기|최신|추천|관련|연관|베스트|이\s?시각|오늘의|함께\s?(?:본|읽은|보면\s?좋은|읽으면\s?좋은)|같이\s?(?:볼만한|읽을만한|읽으면\s?좋은)"
    r"|다른|분야별|섹션별?|랭킹|핫|화제의|헤드라인|놓치면\s?안\s?될)\s?(?:주요\s?)?(?:인기\s?)?(?:뉴스|기사|글|포스트|콘텐츠|포토|영상|이슈|검색어|게시글|게시물)(?:\s?(?:목록|더보기|보기|TOP\s?\d*|top\s?\d*))?"
    r"|.{0,20}카테고리(?:의)?\s?(?:다른\s?)?글(?:\s?더\s?보기)?|.{0,12}기자의?\s?(?:다른\s?)?(?:기사|글)(?:\s?(?:더\s?)?보기)?"
    r"|(?:키워드|해당|이\s?기사와|지금|섹션|실시간|오늘의|이\s?글과)\s?(?:관련|추천|인기|함께\s?볼)\s?(?:기사|뉴스|글|콘텐츠)"
    r"|당신(?:이|을|께).{0,14}(?:기사|뉴스|글|콘텐츠)|.{0,12}(?:관심|좋아하실|좋아할|놓친)\s?(?:있을\s?)?(?:만한)?\s?(?:기사|뉴스|글|콘텐츠)"
    r"|(?:이\s?)?(?:작가|블로그|기자|필자)의?\s?(?:다른|인기|최신|최근)?\s?(?:글|기사|포스트|작품)(?:\s?(?:더\s?)?보기)?"
    r"|(?:작가|매거진|브런치북|시리즈|블로그)의\s?(?:이전|다음)\s?글.{0,60}|글\s?탐색|(?:이전|다음)\s?글\s\S.{0,60}|(?:post|글)\s?navigation|관련\s?(?:태그|키워드)|최근\s?(?:글|댓글|기사)|인기\s?글|이전\s?글\s?다음\s?글|당신이\s?좋아할.{0,14}"
    r"|(?:뉴스|기사)\s?(?:랭킹|순위)|(?:랭킹|순위)\s?(?:뉴스|기사)|포토\s?뉴스|동영상\s?뉴스|영상\s?뉴스|오늘의\s?추천.{0,8}|이슈\s?픽|에디터\s?픽|editor[’'`]?s\s?picks?"
    r"|관련|(?:이전|다음)\s?(?:기사|포스트)\s?[:：]?\s?\S.{0,30}|(?:이전|다음)\s?글\s?[:：]\s?\S.{0,30}|tags"
    r"|related\s?(?:posts?|articles?|stories)|popular\s?(?:posts?|articles?)|most\s?(?:read|viewed|popular)|recommended.{0,12}|trending|read\s?(?:more|next)|more from .{1,20}",
    re.IGNORECASE,
)
_PROMOTION = re.compile(
    r"[▶☞▷►★☆※→]?\s?[\[<【(]?\s?(?:관련\s?(?:기사|뉴스|글)|함께\s?(?:읽기|보기)|연관\s?기사|바로가기)\s?[\]>】)]?\s?[:▶☞|]?\s?\S.{0,100}"
    r"|[▶☞►]\s?.{0,100}(?:구독|채널|제보|앱|다운로드|바로가기|클릭|무료|이벤트).{0,30}"
    r"|.{0,70}구독(?:하시면|하고|하면|을).{0,30}(?:받아\s?보(?:세요|실)|확인(?:해\s?보)?(?:하)?세요|만나\s?보세요).{0,14}"
)
_TAG_LABEL = re.compile(r"^(?:태그|키워드|해시태그|tags?)\s?[:：]?\s?(?=#)", re.IGNORECASE)
_HASHTAGS = re.compile(r"(?:#[\w·.+-]{1,40}[\s,]*){1,30}")
_EDGES = " []<>【】〈〉《》()▶▷►■□◆◇●○★☆:|-–~!+›»>"
_PATH = re.compile(r"\S\s?[>›»]\s?\S|^(?:home|홈)\s\S", re.IGNORECASE)
_HOME_PATH = re.compile(r"(?:home|홈)\s?[>›»]\s?\S.*[>›»]", re.IGNORECASE)
_ARROW = re.compile("[>›»]")
_SPACE = re.compile(r"\s")
_MAX_STEP = 10
_PAIR = 2
_FRONT_PAGE = re.compile(r"^(?:홈|HOME)(?=[가-힣])", re.IGNORECASE)
_MAX_RUN = 10
_MENU_OWN_SHARE = 6
_SEPARATORS = re.compile(r"\s*[|>›»/·ㆍ•]\s*|\s{1,10}")


def section_of(text: str) -> str:
    """Return the section that the line names and nothing else, or "".

    A path such as `홈 > 경제 > 금융`, however written, gives its first section.
    """
    label = re.sub(r"^(?:카테고리|분류|섹션)\s*[:|]\s*", "", text).strip(_EDGES)
    if len(label) > 30:
        return ""
    first, *rest = _steps(label) or [""]
    # The steps below a section have names of the site's own.
    fits = all(_is_section(step) or len(step) <= _MAX_STEP for step in rest)
    # What is written as a path from the front page is one, whatever the site calls its sections.
    is_known = _is_section(first) or (_HOME_PATH.match(label) and 2 <= len(first) <= _MAX_STEP)
    return first if is_known and fits else ""


def is_path(text: str) -> bool:
    """Tell whether the line is written as a path of sections: `홈 > 경제`, `경제경제일반`."""
    is_long = len(text) > _MAX_RUN
    return _PATH.search(text) is not None or (not is_long and len(_steps(text)) > 1)


def _steps(label: str) -> list[str]:
    """Return the parts of a path, without the front page; what is no path is one part."""
    if _PATH.search(label):
        mark = _ARROW if _ARROW.search(label) else _SPACE
        steps = [step.strip() for step in mark.split(label)]
        return [step for step in steps if step and step.lower() not in _BUTTONS]
    if label in _SECTIONS:
        return [label]
    words = label.split()
    if len(words) == _PAIR and all(map(_is_section, words)):
        return words
    label = _FRONT_PAGE.sub("", label)
    if len(label) > _MAX_RUN or " " in label:
        return [label]
    # Browsers save neighbouring links without a space between them.
    halves = ((label[:end], label[end:]) for end in range(2, len(label) - 1))
    return next((list(pair) for pair in halves if all(map(_is_section, pair))), [label])


def _is_section(label: str) -> bool:
    parts = re.split(r"\s?[/·ㆍ&.]\s?", label.removesuffix("일반").strip())
    return all(part.upper() in _SECTIONS or part in _SECTIONS for part in parts)


def is_button(text: str) -> bool:
    """Tell whether the line is a button, a counter, a menu or a rule of the page's frame."""
    compact = re.sub(r"\s", "", text.strip(_EDGES)).lower()
    if not compact or _SHARE_LINE.fullmatch(text) or _asks_for_cookies(text):
        return True
    if len(compact) <= _MAX_CONTROL and _CONTROL.fullmatch(compact):
        return True
    if compact in _BUTTONS or compact.removeprefix("기사").removeprefix("뉴스") in _BUTTONS:
        return True
    if len(text) > 60:
        return False
    if _is_run_of_controls(compact):
        return True
    if _BUTTON_PATTERNS.fullmatch(text) or _CREDITS.fullmatch(text):
        return True
    if is_path(text) and section_of(text):
        return False
    words = [word for word in _SEPARATORS.split(text) if word]
    # Three names of sections in a row may well be a heading, `AI 반도체 산업`.
    named = sum(word in _SECTIONS for word in words)
    least = 4 if named == len(words) else 3 if named else 2
    known = sum(word in _SECTIONS or word == "댓글" or word.lower() in _BUTTONS for word in words)
    # A long menu has a few names of the site's own.
    return len(words) >= least and known >= len(words) - len(words) // _MENU_OWN_SHARE


def _is_run_of_controls(compact: str) -> bool:
    """Tell whether a line is the names of buttons without a space: `공유댓글3글자크기조정인쇄`."""
    if _CONTROL_MARK.search(compact) is None:
        return False
    # The fewest names that reach a place; places are reached from the left.
    reached = {0: 0}
    for place in range(len(compact)):
        if place not in reached:
            continue
        for length in range(1, min(_MAX_NAME_OF_CONTROL, len(compact) - place) + 1):
            if compact[place : place + length] in _CONTROL_NAMES:
                end = place + length
                reached[end] = min(reached.get(end, len(compact)), reached[place] + 1)
    least = 2 if "로그인" in compact else _LEAST_CONTROLS
    return reached.get(len(compact), 0) >= least


def _is_imprint(text: str) -> bool:
    """Tell whether the line is of a newspaper's imprint, or of the links beside it."""
    return len(text) <= _MAX_IMPRINT and len(set(_IMPRINT.findall(text))) >= _LEAST_IMPRINTED


def _asks_for_cookies(text: str) -> bool:
    return len(text) <= _MAX_NOTICE and _COOKIES.fullmatch(text) is not None


def is_ticker(text: str) -> bool:
    """Tell whether the line is a reading of weather, air or markets."""
    return len(text) <= 60 and _TICKER.fullmatch(text) is not None


def rights_behind(text: str) -> str:
    """Return the notice of rights that runs on after a sentence of the same line, or ""."""
    match = _RIGHTS_BEHIND.search(text[-_MAX_NOTICE:])
    return match[0] if match and len(match[0]) < len(text) else ""


def is_rights_notice(text: str) -> bool:
    """Tell whether the line reserves rights, as newspapers do below an article."""
    reserves = len(text) <= 200 and _RIGHTS.search(text) is not None
    return (reserves or _is_imprint(text)) and not _is_prose_about_it(text)


def _is_prose_about_it(text: str) -> bool:
    marked = re.search(r"ⓒ|©|copyright|reserved|^[<\[(]", text, re.IGNORECASE)
    return marked is None and text.endswith(("다.", "요.", "까?"))


def opens_comments(text: str) -> bool:
    """Tell whether the line heads what follows an article: its comments or keywords."""
    return len(text) <= 80 and _COMMENTS.fullmatch(text.strip(_EDGES)) is not None


def opens_other_stories(text: str) -> bool:
    """Tell whether the line heads a box of other stories or of advertisements."""
    return len(text) <= 40 and _OTHERS.fullmatch(text.strip(_EDGES)) is not None


def is_promotion(text: str) -> bool:
    """Tell whether the line itself points at another story or asks to subscribe."""
    return len(text) <= 150 and _PROMOTION.fullmatch(text) is not None


def hashtags(text: str) -> tuple[str, ...]:
    """Return the words of a line that holds nothing but `#words`, at most named tags, or ()."""
    text = _TAG_LABEL.sub("", text)
    if len(text) > 300 or _HASHTAGS.fullmatch(text) is None:
        return ()
    return tuple(word.strip(" ,") for word in text.split("#") if word.strip(" ,"))
