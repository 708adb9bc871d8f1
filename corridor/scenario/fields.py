"""The kinds of values a scenario holds, each with the words that a message uses for it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from math import isfinite
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field, GetCoreSchemaHandler, PlainValidator
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from corridor.scenario.known_names import KnownNames

FAULT = "fault"
"""Type of the errors raised here: they carry `expected` and `advice` for the message."""

ID_LENGTH = 63
"""As long as the name of a host may be, and short enough for every file system with what a run adds to it."""
TITLE_LENGTH = 200
WHY_LENGTH = 2000
UNIT_LENGTH = 20
DRAWS_MAX = 2**20
"""Draws beyond a million change no printed digit."""

_NAME = "[a-z0-9][a-z0-9_-]*"
_DEGREES = r"-?[0-9]{1,3}(\.[0-9]{1,12})?"
_JOINERS = "\u200c\u200d\u200e\u200f"
"""Marks that Urdu and Persian text needs though they are not printed."""


@dataclass(frozen=True, slots=True)
class Expected:
    """Says in a message what a field takes, and optionally what to do when it got something else."""

    text: str
    advice: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """Marks text that must be one of the known names, where these are handed in on validation.

    Parameters
    ----------
    what : the noun of the message; tables : fields of `KnownNames`
    """

    what: str
    tables: tuple[str, ...]

    def names(self, known: KnownNames | None) -> frozenset[str]:
        """The valid names; empty where no tables were handed in."""
        return known.within(self.tables) if known else frozenset()

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Let pydantic check the name after the form."""
        return core_schema.with_info_after_validator_function(self._check, handler(source))

    def _check(self, name: str, info: core_schema.ValidationInfo[KnownNames | None]) -> str:
        if info.context is None or name in self.names(info.context) or "," in name:
            return name
        raise PydanticCustomError("unknown_name", "unknown name")


def fault(what: str, *, expected: str, advice: str, got: str = "") -> PydanticCustomError:
    """An error for pydantic that already speaks the language of the messages."""
    context = {"what": what, "expected": expected, "advice": advice, "got": got}
    return PydanticCustomError(FAULT, "{what}", context)


def lon_lat(name: str) -> tuple[float, float] | None:
    """Degrees (lon, lat) of a place written ``"lon,lat"``; None for the id of a place.

    Examples
    --------
    >>> lon_lat("73.05,33.69"), lon_lat("islamabad")
    ((73.05, 33.69), None)
    """
    if "," not in name:
        return None
    lon, lat = name.split(",")
    return float(lon), float(lat)


def two_nearest_powers(number: int) -> tuple[int, int]:
    """The powers of two on either side of a number above 0 (the number twice, if it is one).

    Examples
    --------
    >>> two_nearest_powers(5000), two_nearest_powers(4096)
    ((4096, 8192), (4096, 4096))
    """
    below = 1 << (number.bit_length() - 1)
    return below, below if below == number else below * 2


def _check_degrees(name: str) -> str:
    degrees = lon_lat(name)
    if degrees and not (abs(degrees[0]) <= 180 and abs(degrees[1]) <= 90):
        expected = "a longitude from -180 to 180, then a latitude from -90 to 90"
        raise fault("not on the globe", expected=expected, advice="Write lon,lat in this order.")
    return name


def _check_power_of_two(draws: int) -> int:
    below, above = two_nearest_powers(draws)
    if below == above:
        return draws
    nearest = f"{below} or {above}" if above <= DRAWS_MAX else f"{below}"
    raise fault("not a power of two", expected=nearest, advice="Write the one you prefer.")


def _check_each_once(names: tuple[str, ...]) -> tuple[str, ...]:
    repeated = next((name for number, name in enumerate(names) if name in names[:number]), None)
    if repeated is None:
        return names
    raise fault("repeated name", expected="each name once", got=f"{repeated!r} twice", advice="Remove one.")


def _check_some(names: tuple[str, ...]) -> tuple[str, ...]:
    if names:
        return names
    raise fault("empty", expected="at least one", advice="Write judgement where there is no other.")


def _one_line(text: str) -> str:
    line = " ".join(text.split())
    if line and all(mark.isprintable() or mark in _JOINERS for mark in line):
        return line
    raise fault("empty or unprintable", expected="printable text", advice="Write a sentence for the reader.")


def _printable(text: str) -> str:
    if text.isprintable():
        return text
    raise fault("unprintable", expected="printable text", advice="Remove the control characters.")


def _iso_day(value: object) -> object:
    if not isinstance(value, str):
        return value
    try:
        if re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
            return date.fromisoformat(value)
    except ValueError:
        raise fault("no such day", expected="a day like 2026-11-01", advice="Check the calendar.") from None
    raise fault("not a day", expected="a day like 2026-11-01", advice="Write year-month-day.")


def _number_or_text(value: object) -> float | str:
    if isinstance(value, str) and value and value.isprintable():
        return value
    if isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value):
        return float(value)
    advice = "Write dotted keys on one level, e.g. crossings.torkham.PAK-AFG.queue_h: 12."
    raise fault("wrong kind of value", expected="a number or a word", advice=advice)


def _check_not_empty(values: Mapping[str, object]) -> Mapping[str, object]:
    if values:
        return values
    advice = "Write what it changes, e.g. crossings.torkham.PAK-AFG.queue_h: x0.5."
    raise fault("empty", expected="at least one dotted key", advice=advice)


ScenarioId = Annotated[
    str,
    Field(pattern="^[a-z0-9][a-z0-9-]*$", max_length=ID_LENGTH),
    Expected(f"lower-case letters, digits and hyphens, at most {ID_LENGTH}", "It names the results' folder."),
]
Title = Annotated[
    str,
    Field(max_length=TITLE_LENGTH),
    AfterValidator(_one_line),
    Expected(f"text of 1 to {TITLE_LENGTH} characters"),
]
Why = Annotated[
    str,
    Field(max_length=WHY_LENGTH),
    AfterValidator(_one_line),
    Expected(f"text of 1 to {WHY_LENGTH} characters"),
]
Day = Annotated[date, BeforeValidator(_iso_day, json_schema_input_type=str), Expected("a day like 2026-11-01")]

_Id = Annotated[str, Field(pattern=f"^{_NAME}$")]
TerminalName = Annotated[
    str,
    Field(pattern=f"^({_NAME}|{_DEGREES},{_DEGREES})$"),
    AfterValidator(_check_degrees),
    Known("place", ("places",)),
    Expected('the id of a place or "lon,lat" in quotes'),
]
StopName = Annotated[_Id, Known("place or post", ("crossings", "places")), Expected("the id of a place or post")]
PostName = Annotated[_Id, Known("post", ("crossings",)), Expected("the id of a border post")]
CorridorName = Annotated[_Id, Known("corridor", ("corridors",)), Expected("the id of a corridor")]
VehicleName = Annotated[_Id, Known("vehicle", ("vehicles",)), Expected("the id of a vehicle type")]
CargoName = Annotated[_Id, Known("cargo", ("cargo_kinds",)), Expected("the id of a cargo kind")]
CountryCode = Annotated[
    str,
    Field(pattern="^[A-Z]{3}$"),
    Known("country", ("countries",)),
    Expected("an ISO alpha-3 code"),
]
MeasureId = Annotated[
    _Id,
    Field(max_length=ID_LENGTH),
    Expected(f"lower-case letters, digits, _ and -, at most {ID_LENGTH}", "Name it like its file."),
]
MeasureName = Annotated[
    str,
    Field(min_length=1),
    AfterValidator(_printable),
    Expected("the id of a bundled measure, or a .yaml file"),
]
SourceKey = Annotated[_Id, Known("source", ("sources",)), Expected("a key of data/sources.csv")]
SourceKeys = Annotated[
    tuple[SourceKey, ...],
    AfterValidator(_check_some),
    AfterValidator(_check_each_once),
    Expected("a list of source keys"),
]
BoundaryView = Annotated[
    str,
    Field(pattern=r"^(neutral|[A-Z]{3}|.+\.geojson)$"),
    AfterValidator(_printable),
    Expected("neutral, the ISO alpha-3 code of a country in capitals, e.g. PAK, or a .geojson file"),
]
PathText = Annotated[str, Field(min_length=1), AfterValidator(_printable)]
UnitText = Annotated[
    str, Field(max_length=UNIT_LENGTH), AfterValidator(_printable), Expected("a unit like h, of printable characters")
]
EachOnce = AfterValidator(_check_each_once)

PositiveNumber = Annotated[float, Field(gt=0, allow_inf_nan=False)]
NumberFromZero = Annotated[float, Field(ge=0, allow_inf_nan=False), Expected("a number from 0")]
Share = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False), Expected("a share from 0 to 1 (40 % is 0.4)")]
Draws = Annotated[
    int,
    Field(gt=0, le=DRAWS_MAX),
    AfterValidator(_check_power_of_two),
    Expected(f"a power of two from 1 to {DRAWS_MAX}, e.g. 8192"),
]
OwnValue = Annotated[
    float | str, PlainValidator(_number_or_text, json_schema_input_type=float | str), Expected("a number or a word")
]
OwnValues = Annotated[Mapping[str, OwnValue], Expected("a mapping of dotted keys")]
SomeOwnValues = Annotated[
    Mapping[str, OwnValue], AfterValidator(_check_not_empty), Expected("a mapping of dotted keys")
]
