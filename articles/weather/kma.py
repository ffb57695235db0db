"""기상청 단기예보 조회서비스 2.0 (data.go.kr 15084084): how it is asked, and what it answers.

Two questions make a report: what was observed at the last full hour (초단기실황), and what is
forecast for this one (단기예보), which alone knows the sky and the chance of rain. A key that is
wrong or used up is answered with HTTP 200 and a body in XML, whatever format was asked for.
Source: the service's guide at https://www.data.go.kr/data/15084084/openapi.do
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta, timezone
from typing import Any
from urllib.parse import unquote, urlencode

from articles.outbound import Limits, OutboundError, fetch
from articles.weather.places import Place
from articles.weather.report import Report, WeatherError

KST = timezone(timedelta(hours=9), "KST")
_ORIGIN = "https://apis.data.go.kr/1360000/VilageFcstInfoService_2.0"
_LIMITS = Limits(bytes=1_000_000, seconds=10)
# What is observed at a full hour is given out ten to forty minutes later.
_OBSERVATION_DELAY = timedelta(minutes=40)
# Forecasts are made every third hour from 02:00 on, and given out ten minutes later.
_FORECAST_HOURS = (2, 5, 8, 11, 14, 17, 20, 23)
_FORECAST_DELAY = timedelta(minutes=10)
# Five hours of some twelve categories each: a forecast is at most three hours old.
_ROWS = 70
# Beyond this, either way, a number says that the instrument was out of order.
_MISSING = 900

_SKY = {1: "맑음", 3: "구름 많음", 4: "흐림"}
_PRECIPITATION = {
    1: "비",
    2: "비 또는 눈",
    3: "눈",
    4: "소나기",
    5: "빗방울",
    6: "빗방울과 눈날림",
    7: "눈날림",
}
_CODES = {
    "01": "the application failed",
    "02": "the database failed",
    "03": "there are no data for that time",
    "04": "HTTP failed",
    "05": "the service is too slow",
    "10": "a parameter is wrong",
    "11": "a parameter is missing",
    "12": "the service is no more",
    "20": "the key may not use this service",
    "21": "the key is suspended",
    "22": "the key has been used up for today",
    "30": "the key is not registered",
    "31": "the key has expired",
    "32": "the key is for another address",
    "33": "the call is not signed",
}

Values = dict[str, float]
Fetch = Callable[[str], bytes]


class Kma:
    """Asks for the weather at a place; `key` is either of the two forms that data.go.kr shows."""

    def __init__(self, key: str, place: Place, fetch: Fetch | None = None) -> None:
        self._key = unquote(key) if "%" in key else key
        self._place = place
        self._fetch = fetch or _fetched

    def report(self, now: datetime) -> Report:
        now = now.astimezone(KST)
        observed_at, forecast_at = observation_time(now), forecast_time(now)
        observed = observation(self._asked("getUltraSrtNcst", observed_at))
        expected = forecast(self._asked("getVilageFcst", forecast_at), now)
        return report_of(self._place.name, observed_at, observed, expected)

    def _asked(self, operation: str, base: datetime) -> bytes:
        question = {
            "serviceKey": self._key,
            "dataType": "JSON",
            "numOfRows": _ROWS,
            "pageNo": 1,
            "base_date": f"{base:%Y%m%d}",
            "base_time": f"{base:%H%M}",
            "nx": self._place.x,
            "ny": self._place.y,
        }
        try:
            return self._fetch(f"{_ORIGIN}/{operation}?{urlencode(question)}")
        except OutboundError as error:
            raise WeatherError(f"{operation}: {error}") from error


def observation_time(now: datetime) -> datetime:
    """Return the full hour of the newest observation that is given out, in Korea."""
    return _full_hour(now.astimezone(KST) - _OBSERVATION_DELAY)


def forecast_time(now: datetime) -> datetime:
    """Return when the newest forecast that is given out was made, in Korea."""
    made = _full_hour(now.astimezone(KST) - _FORECAST_DELAY)
    while made.hour not in _FORECAST_HOURS:
        made -= timedelta(hours=1)
    return made


def observation(data: bytes) -> Values:
    """Return what was observed, by category. Raises WeatherError."""
    return {
        category: value
        for item in _items(data)
        if (category := str(item.get("category", "")))
        and (value := _number(item.get("obsrValue"))) is not None
    }


def forecast(data: bytes, now: datetime) -> Values:
    """Return what is forecast for this hour, or the first after it. Raises WeatherError."""
    this_hour = f"{now.astimezone(KST):%Y%m%d%H}00"
    hours: dict[str, Values] = {}
    for item in _items(data):
        hour = f"{item.get('fcstDate', '')}{item.get('fcstTime', '')}"
        value = _number(item.get("fcstValue"))
        if hour >= this_hour and value is not None:
            hours.setdefault(hour, {})[str(item.get("category", ""))] = value
    return hours[min(hours)] if hours else {}


def report_of(place: str, observed_at: datetime, observed: Values, expected: Values) -> Report:
    """Return the report of both answers; rain that falls goes before any forecast.

    Raises WeatherError where there is no temperature, or no word for the sky.
    """
    temperature = observed.get("T1H")
    falling = _PRECIPITATION.get(int(observed.get("PTY", 0)))
    sky = falling or _SKY.get(int(expected.get("SKY", 0)))
    if temperature is None or sky is None:
        raise WeatherError("the answer lacks the temperature or the sky")
    chance = expected.get("POP")
    rain = int(chance) if chance is not None and 0 <= chance <= 100 else None
    return Report(place, observed_at, temperature, sky, rain)


def _full_hour(moment: datetime) -> datetime:
    return moment.replace(minute=0, second=0, microsecond=0)


def _items(data: bytes) -> list[Mapping[str, Any]]:
    try:
        response = json.loads(data)["response"]
        code = str(response["header"]["resultCode"])
        if code != "00":
            raise WeatherError(_told(code))
        items = response["body"]["items"]["item"]
    except (ValueError, KeyError, TypeError) as error:
        raise WeatherError(_told_by_gateway(data)) from error
    if not isinstance(items, list):
        raise WeatherError("the answer holds no list")
    return [item for item in items if isinstance(item, dict)]


def _told_by_gateway(data: bytes) -> str:
    """Say what the gateway in front of the service answers in XML; its code is all we read."""
    match = re.search(rb"<returnReasonCode>\s*([0-9]{1,3})\s*</returnReasonCode>", data)
    if match is None:
        return "the answer is not in the documented form"
    return _told(match[1].decode().zfill(2))


def _told(code: str) -> str:
    return f"it answers {code[:4]}: {_CODES.get(code, 'an error of another kind')}"


def _number(value: Any) -> float | None:
    """Return the number that is written, or None for words such as 강수없음 and for no value."""
    try:
        number = float(value)
    except (TypeError, ValueError):
        return None
    return number if abs(number) < _MISSING else None


def _fetched(address: str) -> bytes:
    return fetch(address, accept="application/json", agent="Pildam", limits=_LIMITS)
