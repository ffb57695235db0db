"""What a browser is called, so that its owner knows it again: "Chrome, Windows"."""

UNKNOWN = "알 수 없는 기기"

# Browsers pretend to be each other; whoever pretends most stands first.
_BROWSERS = (
    ("KAKAOTALK", "카카오톡"),
    ("NAVER(", "네이버 앱"),
    ("Whale/", "웨일"),
    ("SamsungBrowser/", "삼성 인터넷"),
    ("Edg/", "Edge"),
    ("EdgA/", "Edge"),
    ("EdgiOS/", "Edge"),
    ("OPR/", "Opera"),
    ("FxiOS/", "Firefox"),
    ("Firefox/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMS = (
    ("iPhone", "아이폰"),
    ("iPad", "아이패드"),
    ("Android", "안드로이드"),
    ("Windows", "Windows"),
    ("CrOS", "크롬북"),
    ("Macintosh", "맥"),
    ("Linux", "리눅스"),
)


def device_name(user_agent: str) -> str:
    """Return browser and system in a few words; versions and the rest are not kept."""
    found = [_first(user_agent, names) for names in (_BROWSERS, _SYSTEMS)]
    return ", ".join(name for name in found if name) or UNKNOWN


def _first(user_agent: str, names: tuple[tuple[str, str], ...]) -> str:
    return next((name for mark, name in names if mark in user_agent), "")
