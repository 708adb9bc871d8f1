"""The labels of a report in other languages: drafts that the page puts in place of the English ones (F48)."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from babel import Locale

from corridor.analysis.assessment import Assessment
from corridor.errors import DataError
from corridor.report.ground import countries_of
from corridor.report.naming import country_name
from corridor.report.numerals import HOURS_PER_DAY, KG_PER_T, with_plain_spaces
from corridor.report.wording import day_text, headline

TABLE = Path(__file__).parent / "labels.csv"

BEST = "Best from {origin} to {destination}: option {label}. {bound} {usd} USD per truck, {days} days, {co2e} t CO₂e."
NO_WAY = "No way from {origin} to {destination} is open on {day}."
DRAFT = "Draft: no speaker has read this translation yet. Sentences made from numbers stay in English."
AT_LEAST = "at least"
SENTENCES = (BEST, NO_WAY)
"""Rows of the table that are sentences with gaps; all others are text as it stands on the page."""


@dataclass(frozen=True, slots=True)
class Language:
    """A language that the labels are drafted in.

    Parameters
    ----------
    code : ISO 639-1
    direction : of its writing, ``ltr`` or ``rtl``
    decimal, thousands : what its readers expect inside a number
    """

    code: str
    name: str
    direction: str
    decimal: str
    thousands: str


LANGUAGES = (
    Language("ru", "Русский", "ltr", ",", "\u00a0"),
    Language("ur", "اردو", "rtl", ".", ","),
)


@cache
def read_labels() -> Mapping[str, Mapping[str, str]]:
    """Code of a language -> English text -> the same in that language.

    Raises
    ------
    DataError
        A text has no translation, or stands in the table twice.
    """
    codes = [language.code for language in LANGUAGES]
    labels: dict[str, dict[str, str]] = {code: {} for code in codes}
    with TABLE.open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.DictReader(file), start=2):
            missing = [code for code in codes if not (row[code] or "").strip()]
            if missing or row["en"] in labels[codes[0]]:
                expected = f"'{row['en'][:40]}' once, with a text in each of {', '.join(codes)}"
                got = f"none in {', '.join(missing)}" if missing else "it again"
                raise DataError(f"{TABLE.name}:{number}: unfit label; expected {expected}, got {got}. Mend the row.")
            for code in codes:
                labels[code][row["en"]] = row[code]
    return labels


def build_language_data(assessment: Assessment) -> list[dict[str, Any]]:
    """What the page's script needs of each language: its labels, names of countries and the verdict among them."""
    return [
        {
            "code": language.code,
            "direction": language.direction,
            "decimal": language.decimal,
            "thousands": language.thousands,
            "labels": _labels_of(language.code, assessment),
        }
        for language in LANGUAGES
    ]


def _labels_of(code: str, assessment: Assessment) -> dict[str, str]:
    labels = {english: text for english, text in read_labels()[code].items() if english not in SENTENCES}
    return {
        **labels,
        **_countries(code, assessment),
        with_plain_spaces(headline(assessment)): verdict(code, assessment),
    }


def _countries(code: str, assessment: Assessment) -> dict[str, str]:
    """Names of the countries on the way, as Unicode CLDR has them; a country that it lacks stays English."""
    names, evidence = Locale.parse(code).territories, assessment.evidence
    iso2 = {key: evidence.countries[key].iso2 for key in sorted(countries_of(assessment))}
    return {country_name(key, evidence): names[short] for key, short in iso2.items() if short in names}


def verdict(code: str, assessment: Assessment) -> str:
    """The best option and its three numbers in one sentence, numbers as in English."""
    labels = read_labels()[code]
    ends = {"origin": assessment.origin_name, "destination": assessment.destination_name}
    if not assessment.options:
        return labels[NO_WAY].format(day=day_text(assessment), **ends)
    best = assessment.options[0]
    ledger = best.ledger
    sentence = labels[BEST].format(
        label=best.label,
        bound=labels[AT_LEAST] if ledger.is_lower_bound else "",
        usd=f"{ledger.money_usd:,.0f}",
        days=f"{ledger.time_h / HOURS_PER_DAY:.1f}",
        co2e=f"{ledger.co2e_wtw_kg / KG_PER_T:.1f}",
        **ends,
    )
    return " ".join(sentence.split())
