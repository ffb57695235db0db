"""The weather at one place and time, as any service tells it."""

from dataclasses import dataclass
from datetime import datetime


class WeatherError(Exception):
    """The weather could not be learnt; one English line, in which there is no key."""


@dataclass(frozen=True, slots=True)
class Report:
    """Temperature in °C, chance of rain in per cent or None; `sky` in Korean, as readers see it."""

    place: str
    observed_at: datetime
    temperature: float
    sky: str
    chance_of_rain: int | None = None

    @property
    def degrees(self) -> str:
        """The temperature in whole degrees, below zero with a minus sign."""
        return f"{round(self.temperature):d}".replace("-", "\u2212")
