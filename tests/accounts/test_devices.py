"""What a browser is called."""

import pytest

from accounts.devices import device_name

APPLE = "AppleWebKit/605.1.15 (KHTML, like Gecko)"
BLINK = "AppleWebKit/537.36 (KHTML, like Gecko)"


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        (
            f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {BLINK} Chrome/131.0.0.0 Safari/537.36",
            "Chrome, Windows",
        ),
        (
            f"Mozilla/5.0 (Windows NT 10.0) {BLINK} Chrome/128.0 Whale/3.28 Safari/537.36",
            "웨일, Windows",
        ),
        (
            f"Mozilla/5.0 (Linux; Android 14; SM-S921N) {BLINK} SamsungBrowser/26.0 Chrome/122.0",
            "삼성 인터넷, 안드로이드",
        ),
        (
            f"Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) {APPLE} KAKAOTALK 10.8.5",
            "카카오톡, 아이폰",
        ),
        (
            f"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) {APPLE} Version/17.5 Safari/605.1.15",
            "Safari, 맥",
        ),
        ("curl/8.5.0", "알 수 없는 기기"),
        ("<script>alert(1)</script>", "알 수 없는 기기"),
        ("", "알 수 없는 기기"),
    ],
)
def test_browsers_and_systems_are_known_by_name(user_agent, name):
    assert device_name(user_agent) == name
