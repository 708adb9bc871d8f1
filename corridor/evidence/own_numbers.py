"""A number of one's own in place of the tables': given plainly, or as a factor on what stands there (``x0.5``)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from math import isfinite
from types import MappingProxyType

from corridor.evidence.crossings import Fee, Rung, SideTime
from corridor.evidence.parameters import PACKAGE_CURRENCY, Parameter, ParameterDefinition
from corridor.evidence.sources import SetBy

_FACTOR = re.compile(r"x([0-9]{1,9}(?:\.[0-9]{1,12})?)")
_NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class OverrideLayer:
    """Own numbers of one origin: the scenario's, or those of one measure.

    Parameters
    ----------
    values : by dotted key, e.g. ``crossings.torkham.PAK-AFG.queue_h``; a number, ``x`` and a factor, or a word
    origins : key -> file and line, for those written in a file of their own
    source, grade, note : what the numbers rest on; rung : what a report calls it
    """

    values: Mapping[str, object]
    origins: Mapping[str, str] = field(default_factory=lambda: _NOTHING)
    source: tuple[str, ...] = ()
    grade: str = "D"
    note: str = "set by the scenario"
    rung: Rung = "override"

    @property
    def set_by(self) -> SetBy:
        """Who set its numbers, as the list of evidence has it."""
        return "measure" if self.rung == "measure" else "scenario"

    def where(self, key: str) -> str:
        """How a message about a key begins."""
        origin = self.origins.get(key)
        return f"{origin}: override {key}" if origin else f"override {key}"


@dataclass(frozen=True, slots=True)
class OwnNumber:
    """A number, or a factor on the number it takes the place of; `text` as it was written."""

    value: float
    is_factor: bool
    text: str

    def instead_of(self, old: float | None) -> float | None:
        """The new number; a factor leaves unknown what is not known.

        Examples
        --------
        >>> OwnNumber(0.5, True, "x0.5").instead_of(12.0), OwnNumber(6.0, False, "6").instead_of(12.0)
        (6.0, 6.0)
        """
        if not self.is_factor:
            return self.value
        return None if old is None else old * self.value


def read_own_number(value: object) -> OwnNumber | None:
    """The number or factor that a value of an override stands for; None where it is neither.

    Examples
    --------
    >>> read_own_number("x0.5"), read_own_number("half")
    (OwnNumber(value=0.5, is_factor=True, text='x0.5'), None)
    """
    if isinstance(value, str):
        factor = _FACTOR.fullmatch(value)
        return OwnNumber(float(factor[1]), is_factor=True, text=value) if factor else None
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
        return None
    return OwnNumber(float(value), is_factor=False, text=f"{value:g}")


def number_fault(value: object, *, old: float | None, minimum: float, maximum: float | None, unit: str) -> str:
    """What is wrong with a value, as the end of a sentence; empty if nothing.

    Parameters
    ----------
    old : the number it takes the place of, where the bounds are to hold for a product; None leaves that open
    """
    wanted = f"a number of {unit} " + (f">= {minimum:g}" if maximum is None else f"from {minimum:g} to {maximum:g}")
    own = read_own_number(value)
    if own is None:
        choice = ", or a factor like x0.5" if isinstance(value, str) else ""
        return f"expected {wanted}{choice}, got '{value}'"
    new = own.instead_of(old)
    if new is None or (new >= minimum and (maximum is None or new <= maximum)):
        return ""
    return f"expected {wanted}, got " + (f"{own.text} of {old:g} = {new:g}" if own.is_factor else f"{new:g}")


def own_hours(number: OwnNumber, old: SideTime, layer: OverrideLayer) -> SideTime:
    """Hours of one side with a number of one's own; a product also rests on what it is a multiple of."""
    hours = number.instead_of(old.hours) or 0.0
    if not number.is_factor:
        return SideTime(hours, layer.rung, None, layer.source, layer.grade, layer.note)
    source, grade, note = _rests_on(number, old, layer, f"{old.hours:.4g} h")
    return SideTime(hours, layer.rung, old.year, source, grade, note, old.month_factors)


def own_fee(number: OwnNumber, old: Fee, layer: OverrideLayer) -> Fee:
    """A fee with a number of one's own; a multiple of an unknown fee stays unknown."""
    usd = number.instead_of(old.usd)
    if usd is None:
        return old
    if not number.is_factor:
        return Fee(usd, layer.rung, None, layer.source, layer.grade, layer.note)
    source, grade, note = _rests_on(number, old, layer, f"{old.usd:.4g} USD")
    return Fee(usd, layer.rung, old.year, source, grade, note)


def own_parameter(
    definition: ParameterDefinition, scope: str, number: OwnNumber, layer: OverrideLayer, *, price_year: int
) -> Parameter:
    """A parameter with a plain number of one's own, money in USD at prices of `price_year`."""
    return Parameter(
        name=definition.name,
        scope=scope,
        value=number.value,
        low=None,
        high=None,
        unit=definition.unit,
        currency=PACKAGE_CURRENCY if definition.is_money else "",
        stated_value=number.value,
        year=None,
        source=layer.source,
        grade=layer.grade,
        note=layer.note,
        price_year=price_year,
        set_by=layer.set_by,
    )


def multiple_of(
    old: Parameter, definition: ParameterDefinition, scope: str, factor: OwnNumber, layer: OverrideLayer
) -> Parameter:
    """A parameter times a factor, low and high with it inside their bounds; money still follows its exchange rate."""
    source, grade, note = _rests_on(factor, old, layer, f"{old.value:.4g} {old.unit}")
    scaled = old.scaled(factor.value)
    low, high = (
        None if bound is None else min(max(bound, definition.minimum), definition.maximum)
        for bound in (scaled.low, scaled.high)
    )
    stated = old.stated_value * factor.value
    changed = replace(scaled, scope=scope, low=low, high=high, stated_value=stated, set_by=layer.set_by)
    return replace(changed, source=source, grade=grade, note=note)


def _rests_on(
    number: OwnNumber, old: SideTime | Fee | Parameter, layer: OverrideLayer, was: str
) -> tuple[tuple[str, ...], str, str]:
    """Sources, grade and note of a product: of both its parts, and the worse grade."""
    source = tuple(dict.fromkeys((*layer.source, *old.source)))
    return source, max(layer.grade, old.grade), f"{layer.note}: {number.text} of {was}"
