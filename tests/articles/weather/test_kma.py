"""What 기상청 is asked and how its answers are read, in the shape that the service's guide gives."""

import json
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from articles.outbound import OutboundError
from articles.weather.kma import Kma, forecast_time, observation_time
from articles.weather.places import Place, place_of
from articles.weather.report import Report, WeatherError
from tests.builders import KST

NOW = datetime(2026, 1, 5, 14, 50, tzinfo=KST)
SEOUL = Place("서울", 60, 127)
REFUSED = (
    b"<OpenAPI_ServiceResponse><cmmMsgHeader><errMsg>SERVICE ERROR</errMsg>"
    b"<returnAuthMsg>SERVICE_KEY_IS_NOT_REGISTERED_ERROR</returnAuthMsg>"
    b"<returnReasonCode>30</returnReasonCode></cmmMsgHeader></OpenAPI_ServiceResponse>"
)


def body_of(*items: dict[str, Any], code: str = "00") -> bytes:
    header = {"resultCode": code, "resultMsg": "NORMAL_SERVICE"}
    body = {
        "dataType": "JSON",
        "items": {"item": list(items)},
        "pageNo": 1,
        "numOfRows": 70,
        "totalCount": len(items),
    }
    return json.dumps({"response": {"header": header, "body": body}}).encode()


def observed(**values: str) -> bytes:
    base = {"baseDate": "20260105", "baseTime": "1400", "nx": 60, "ny": 127}
    return body_of(*({**base, "category": name, "obsrValue": v} for name, v in values.items()))


def expected(**hours: dict[str, str]) -> bytes:
    base = {"baseDate": "20260105", "baseTime": "1400", "nx": 60, "ny": 127}
    return body_of(
        *(
            {**base, "fcstDate": f"2026{h[1:5]}", "fcstTime": h[5:], "category": name}
            | {"fcstValue": value}
            for h, values in hours.items()
            for name, value in values.items()
        )
    )


FORECAST = expected(
    h01051300={"SKY": "4", "POP": "90"},
    h01051500={"TMP": "-2", "SKY": "3", "PTY": "0", "POP": "20", "PCP": "강수없음"},
    h01051600={"SKY": "1", "POP": "0"},
)


def asked(observation: bytes, forecast: bytes = FORECAST, asked: list[str] | None = None) -> Report:
    def fetch(address: str) -> bytes:
        if asked is not None:
            asked.append(address)
        return observation if "getUltraSrtNcst" in address else forecast

    return Kma("a%2Bb%3D%3D", SEOUL, fetch).report(NOW)


def test_it_works() -> None:
    addresses: list[str] = []
    report = asked(observed(T1H="-2.6", PTY="0", REH="41"), asked=addresses)
    assert report == Report("서울", datetime(2026, 1, 5, 14, tzinfo=KST), -2.6, "구름 많음", 20)
    assert report.degrees == "−3"
    first, second = (parse_qs(urlsplit(address).query) for address in addresses)
    assert first["serviceKey"] == ["a+b=="]
    assert (first["nx"], first["ny"], first["dataType"]) == (["60"], ["127"], ["JSON"])
    assert first["base_date"] == second["base_date"] == ["20260105"]
    assert first["base_time"] == second["base_time"] == ["1400"]


def test_rain_that_falls_goes_before_the_forecast() -> None:
    assert asked(observed(T1H="1", PTY="2")).sky == "비 또는 눈"


@pytest.mark.parametrize(
    ("clock", "observation", "forecast"),
    [
        ("2026-01-05 00:05", "04 23:00", "04 23:00"),
        ("2026-01-05 02:09", "05 01:00", "04 23:00"),
        ("2026-01-05 02:10", "05 01:00", "05 02:00"),
        ("2026-01-05 13:39", "05 12:00", "05 11:00"),
        ("2026-01-05 13:40", "05 13:00", "05 11:00"),
        ("2026-01-01 01:00", "01 00:00", "31 23:00"),
    ],
)
def test_newest_that_is_given_out_is_asked_for(clock: str, observation: str, forecast: str) -> None:
    now = datetime.fromisoformat(clock).replace(tzinfo=KST)
    assert f"{observation_time(now):%d %H:%M}" == observation
    assert f"{forecast_time(now):%d %H:%M}" == forecast


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        (REFUSED, "30: the key is not registered"),
        (REFUSED.replace(b">30<", b">22<"), "22: the key has been used up for today"),
        (body_of(code="03"), "03: there are no data"),
        (body_of(code="77"), "77: an error of another kind"),
        (b"", "not in the documented form"),
        (b"<html>Unexpected errors</html>", "not in the documented form"),
        (b'{"response": {"header": {"resultCode": "00"}}}', "not in the documented form"),
        (b'{"response": {"header": {"resultCode": "00"}, "body": {"items": ""}}}', "documented"),
        (observed(PTY="0"), "lacks the temperature"),
        (observed(T1H="-998.9", PTY="0"), "lacks the temperature"),
        (observed(T1H="nan", PTY="0"), "lacks the temperature"),
    ],
)
def test_answer_without_weather_is_refused(body: bytes, problem: str) -> None:
    with pytest.raises(WeatherError, match=problem):
        asked(body)


def test_forecast_that_is_over_says_nothing() -> None:
    with pytest.raises(WeatherError, match="sky"):
        asked(observed(T1H="1", PTY="0"), expected(h01051300={"SKY": "1"}))


def test_problem_on_the_way_is_told_without_the_key() -> None:
    def fetch(address: str) -> bytes:
        raise OutboundError("it takes too long")

    with pytest.raises(WeatherError, match="getUltraSrtNcst: it takes too long"):
        Kma("secret", SEOUL, fetch).report(NOW)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("서울", SEOUL),
        ("파주: 56, 131", Place("파주", 56, 131)),
        ("평양", None),
        ("파주:0,131", None),
        ("파주:56,254", None),
        (":1,2", None),
        ("", None),
    ],
)
def test_place_is_a_known_name_or_a_point(text: str, place: Place | None) -> None:
    assert place_of(text) == place
