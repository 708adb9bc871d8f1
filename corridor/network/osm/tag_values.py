"""Numbers with units as people write them in tags: speeds, masses, heights, durations; nonsense is None."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

NUMBER = r"([0-9]{1,6}(?:[.,][0-9]{1,6})?)"
SPEED = re.compile(NUMBER + r" ?(km/h|kmh|kph|kmph|mph|knots)?")
MASS = re.compile(NUMBER + r" ?(t|т|tonnes?|tons?|kg|кг|lbs?|st)?")  # the second of each is Cyrillic
GROUPED_MASS = re.compile(r"([0-9]{1,3})[.,]([0-9]{3}) ?(kg|кг|lbs?)")
METRES = re.compile(NUMBER + r" ?(m|metres?|meters?|cm)?")
FEET = re.compile(r"""([0-9]{1,3}) ?(?:['’′]|ft)(?: ?([0-9]{1,2}(?:\.[0-9]{1,2})?) ?(?:["”″]|''|in)?)?""")
ZONE = re.compile(r"([a-z]{2}):([a-z_:]*?):?([0-9]{1,3})?")
CLOCK = re.compile(r"([0-9]{1,3}):([0-9]{2})(?::([0-9]{2}))?")
ISO_DURATION = re.compile(r"p(?:([0-9]{1,2})d)?(?:t(?:([0-9]{1,3})h)?(?:([0-9]{1,4})m)?(?:([0-9]{1,5})s)?)?")
MINUTES = re.compile(r"([0-9]{1,5})(?: ?min(?:utes)?)?")

KM_PER_H = {"mph": 1.609344, "knots": 1.852}
TONNES = {"kg": 1e-3, "кг": 1e-3, "lb": 0.45359237e-3, "lbs": 0.45359237e-3, "st": 0.90718474}
FOOT_M, INCH_M = 0.3048, 0.0254

LEAST_KM_PER_H, MOST_KM_PER_H = 1.0, 200.0
LONGEST_H = 240.0

NO_LIMIT = ("none", "unlimited")


def entries(text: str) -> Iterator[str]:
    """The entries of a list like "50; 60" or "50|60", in lower case."""
    for part in re.split("[;|]", text):
        if cleaned := part.strip().lower():
            yield cleaned


def read_speed_km_per_h(text: str, *, zone_limits: Mapping[str, float]) -> float | None:
    """A posted speed; inf where the tag says that there is no limit, the lowest of a list.

    Parameters
    ----------
    zone_limits : "PK:urban" -> km/h, and "walk"

    Examples
    --------
    >>> read_speed_km_per_h("40 mph", zone_limits={})
    64.37376
    >>> read_speed_km_per_h("ru:urban", zone_limits={"RU:urban": 60.0})
    60.0
    """
    found = [_one_speed(entry, zone_limits) for entry in entries(text)]
    known = [speed for speed in found if speed is not None]
    return min(known, default=None)


def _one_speed(entry: str, zone_limits: Mapping[str, float]) -> float | None:
    if entry in NO_LIMIT:
        return float("inf")
    if matched := SPEED.fullmatch(entry):
        speed = _number(matched[1]) * KM_PER_H.get(matched[2], 1.0)
        return speed if LEAST_KM_PER_H <= speed <= MOST_KM_PER_H else None
    if matched := ZONE.fullmatch(entry):
        if matched[3]:
            return _one_speed(matched[3], {})
        return zone_limits.get(f"{matched[1].upper()}:{matched[2]}")
    return zone_limits.get(entry)


def read_mass_t(text: str) -> float | None:
    """A mass in t; without a unit tonnes are meant; the lowest of a list.

    Notes
    -----
    Kilograms and pounds are written in thousands: "10,000 lbs" is ten thousand, not ten.

    Examples
    --------
    >>> read_mass_t("16000 kg"), read_mass_t("3,5"), read_mass_t("default")
    (16.0, 3.5, None)
    """
    return _least_positive(mass for entry in entries(text) if (mass := _one_mass(entry)) is not None)


def _one_mass(entry: str) -> float | None:
    if matched := GROUPED_MASS.fullmatch(entry):
        return int(matched[1] + matched[2]) * TONNES[matched[3]]
    if matched := MASS.fullmatch(entry):
        return _number(matched[1]) * TONNES.get(matched[2], 1.0)
    return None


def read_height_m(text: str) -> float | None:
    r"""A height in m; without a unit metres are meant; the lowest of a list.

    Examples
    --------
    >>> read_height_m("4,2 m"), round(read_height_m("13'6\""), 4)
    (4.2, 4.1148)
    """
    return _least_positive(height for entry in entries(text) if (height := _one_height(entry)) is not None)


def _one_height(entry: str) -> float | None:
    if matched := METRES.fullmatch(entry):
        return _number(matched[1]) * (0.01 if matched[2] == "cm" else 1.0)
    if matched := FEET.fullmatch(entry):
        return int(matched[1]) * FOOT_M + float(matched[2] or 0.0) * INCH_M
    return None


def read_duration_h(text: str) -> float | None:
    """A duration in h: "1:30", "01:30:00", ISO 8601 "PT1H30M", or minutes.

    Examples
    --------
    >>> read_duration_h("1:30"), read_duration_h("PT45M"), read_duration_h("90"), read_duration_h("a while")
    (1.5, 0.75, 1.5, None)
    """
    cleaned = text.strip().lower()
    hours = 0.0
    if matched := CLOCK.fullmatch(cleaned):
        hours = _hours(0, *matched.groups())
    elif matched := ISO_DURATION.fullmatch(cleaned):
        hours = _hours(*matched.groups())
    elif matched := MINUTES.fullmatch(cleaned):
        hours = _hours(0, 0, matched[1])
    return hours if 0 < hours <= LONGEST_H else None


def _hours(
    days: str | int | None, hours: str | int | None, minutes: str | None = None, seconds: str | None = None
) -> float:
    return int(days or 0) * 24 + int(hours or 0) + int(minutes or 0) / 60 + int(seconds or 0) / 3600


def _number(text: str) -> float:
    return float(text.replace(",", "."))


def _least_positive(values: Iterator[float]) -> float | None:
    return min((value for value in values if value > 0), default=None)
