"""The services that readers may sign in with, as Korean readers call them."""

NAMES = {"google": "구글", "kakao": "카카오", "naver": "네이버"}


def name_of(provider: str) -> str:
    """Return the name that readers know a provider by."""
    return NAMES.get(provider, provider)
