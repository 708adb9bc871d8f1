"""What a truck of a plate may do in a country on a day."""

from __future__ import annotations

from datetime import date

from corridor.evidence.evidence import Evidence
from corridor.evidence.parameters import ANY
from corridor.evidence.rules import NOT, EligibilityRule, is_in


def entry_rule(evidence: Evidence, *, plate: str, country: str, entered_from: str, day: date) -> EligibilityRule:
    """The most specific rule for a truck that enters a country from a neighbour.

    Parameters
    ----------
    plate, country, entered_from : ISO alpha-3

    Returns
    -------
    EligibilityRule
        A rule that names the border wins over one for the whole country, a plate over a group, a late
        start over an early one; a rule of the scenario's own wins over them all. Where no row answers,
        driving is assumed and flagged so (grade D); at home it is not an assumption.
    """
    rows = [
        rule
        for rule in evidence.eligibility
        if rule.is_active(day)
        and is_in(plate, rule.plate, evidence.countries)
        and is_in(country, rule.country, evidence.countries)
        and rule.entered_from in ("", entered_from)
    ]
    if rows:
        return max(rows, key=_precedence)
    return _unwritten(plate, country, entered_from)


def _precedence(rule: EligibilityRule) -> tuple[int, bool, int, int, date]:
    start = rule.start or date.min
    return rule.precedence, rule.entered_from != "", _precision(rule.plate), _precision(rule.country), start


def _precision(code: str) -> int:
    if code == ANY:
        return 0
    if code.startswith(NOT):
        return 1
    return 3 if len(code) == len("PAK") else 2


def _unwritten(plate: str, country: str, entered_from: str) -> EligibilityRule:
    at_home = plate == country
    note = "a truck drives in the country of its plate" if at_home else "no row says anything: driving assumed"
    return EligibilityRule(
        plate,
        country,
        entered_from,
        None,
        None,
        "drive",
        (),
        "A" if at_home else "D",
        note,
        assumed=not at_home,
    )
