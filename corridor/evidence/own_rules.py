"""Rules of one's own on who may drive where: ``eligibility.PLATE.COUNTRY`` or ``eligibility.PLATE.COUNTRY.FROM``."""

from __future__ import annotations

from collections.abc import Collection
from typing import cast, get_args

from corridor.evidence.evidence import Evidence
from corridor.evidence.own_numbers import OverrideLayer
from corridor.evidence.rules import EligibilityRule, Rule, plate_groups
from corridor.names import suggestion

RULES: tuple[str, ...] = get_args(Rule)
FORM = "eligibility.PLATE.COUNTRY or eligibility.PLATE.COUNTRY.FROM"


def rule_fault(evidence: Evidence, rest: str, value: object) -> str:
    """What is wrong with a rule, as the end of a sentence; empty if nothing.

    Parameters
    ----------
    rest : the key without ``eligibility.``
    """
    plate, country, entered_from, more = _parts(rest)
    if not (plate and country) or more:
        return f"expected {FORM}, got '{rest}'. Write e.g. eligibility.PAK.POL.BLR: drive."
    groups = plate_groups(evidence.countries)
    return (
        _unknown("plate", plate, groups)
        or _unknown("country", country, groups)
        or (_unknown("country", entered_from, evidence.countries) if entered_from else "")
        or _unknown("rule", str(value), RULES)
    )


def own_rule(rest: str, value: object, layer: OverrideLayer, *, precedence: int) -> EligibilityRule:
    """The rule of a key that has no fault; it wins over every rule of a lower `precedence`."""
    plate, country, entered_from, _ = _parts(rest)
    return EligibilityRule(
        plate=plate,
        country=country,
        entered_from=entered_from,
        start=None,
        end=None,
        rule=cast("Rule", value),
        source=layer.source,
        grade=layer.grade,
        note=layer.note,
        precedence=precedence,
    )


def _parts(rest: str) -> tuple[str, str, str, str]:
    plate, _, rest = rest.partition(".")
    country, _, rest = rest.partition(".")
    entered_from, _, more = rest.partition(".")
    return plate, country, entered_from, more


def _unknown(what: str, name: str, names: Collection[str]) -> str:
    return "" if name in names else f"unknown {what} '{name}'. {suggestion(name, names)}"
