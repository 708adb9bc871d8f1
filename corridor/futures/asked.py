"""A number of which one asks how far it would have to move: its value, unit and range."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from corridor.errors import ScenarioError
from corridor.evidence import Evidence, Figure
from corridor.futures.asked_keys import full_key, known_keys, rows_on, solvable_figure
from corridor.futures.effects import SPEED_TABLES, Effect, effects_of
from corridor.futures.factors import Factors
from corridor.futures.labels import CARBON_KEY, figure_label
from corridor.futures.pairs import Floats, Pair, multiplied
from corridor.scenario import Scenario

RangeFrom = Literal["evidence", "multiples", "fixed", "question"]

MULTIPLES = (0.1, 10.0)
"""A number without a range of its own is tried from a tenth to ten times its value."""

CARBON_RANGE_USD_PER_T = (0.0, 1000.0)


@dataclass(frozen=True, slots=True)
class Asked:
    """A number that may be asked about.

    Parameters
    ----------
    key : as in overrides, or one of the scenario's weights: ``criteria.carbon_usd_per_t``, the cargo's
        ``vot_share_per_day``
    value : in `unit`, as it is; low, high : between which an answer is sought
    least, most : what it cannot leave
    range_from : whose `low` and `high` are: the evidence's, `MULTIPLES` of the value, `CARBON_RANGE_USD_PER_T`, or the
        question's
    moves_hours : whether hours depend on it, so that drivers' rest puts steps into the gap
    """

    key: str
    label: str
    value: float
    unit: str
    low: float
    high: float
    least: float
    most: float
    range_from: RangeFrom
    moves_hours: bool

    @property
    def column(self) -> str:
        """What heads its values in a table: key and unit."""
        return f"{self.key} ({self.unit})"

    @property
    def is_weight(self) -> bool:
        """Whether it weighs hours or CO2e, and no row of a ledger rests on it."""
        return not self.key.startswith(("parameters.", "crossings.", "ferries."))

    def weighed(self, scenario: Scenario, value: float) -> Scenario:
        """The scenario in which the weight is `value`.

        Notes
        -----
        What a day takes off the cargo is its value times the share. Once ledgers are written, a multiple of the value
        is one of the share.
        """
        if self.key == CARBON_KEY:
            criteria = scenario.criteria.model_copy(update={"carbon_usd_per_t": value})
            return scenario.model_copy(update={"criteria": criteria})
        cargo = scenario.cargo.model_copy(update={"value_usd": scenario.cargo.value_usd * value / self.value})
        return scenario.model_copy(update={"cargo": cargo})


def find_asked(
    key: str, pair: Pair, *, low: float | None = None, high: float | None = None, has_wide_range: bool = False
) -> Asked:
    """The number of a key, which may be shortened to an end that only one key of the pair has.

    Parameters
    ----------
    low, high : ends of the range where the question sets them; else the evidence's, else `MULTIPLES` of the value
    has_wide_range : leaves the evidence's range aside

    Raises
    ------
    ScenarioError
        Nothing in the pair rests on such a key, its value is not known or 0, what rests on it does not grow in
        proportion, or the range is none.
    """
    full = full_key(key, pair)
    figure = _carbon_figure(pair.scenario) if full == CARBON_KEY else solvable_figure(full, pair)
    least, most = _bounds(full, pair.evidence)
    ends, range_from = _range(figure, low, high, has_wide_range=has_wide_range)
    first, last = max(ends[0], least), min(ends[1], most)
    if not first < last:
        expected = f"expected low < high within {least:g} to {most:g} {figure.unit}"
        raise ScenarioError(f"parameter {key}: no range; {expected}, got {ends[0]:g} to {ends[1]:g}. Widen it.")
    return Asked(
        key=full,
        label=figure_label(full, pair.evidence),
        value=figure.value or 0.0,
        unit=figure.unit,
        low=first,
        high=last,
        least=least,
        most=most,
        range_from=range_from,
        moves_hours=any(full in row.basis for option in (pair.a, pair.b) for row in option.ledger.time),
    )


def list_asked(pair: Pair) -> list[Asked]:
    """Every number of the pair that can be asked about, by key, each from a tenth to ten times its value."""
    found = []
    for key in known_keys(pair):
        try:
            found.append(find_asked(key, pair, has_wide_range=True))
        except ScenarioError:
            continue
    return found


def gap_at_usd(pair: Pair, factors: Factors, values: Mapping[Asked, float]) -> Floats:
    """Gap of the pair in every future where some numbers have other values; see `Pair.gap_usd`."""
    scenario, changed = with_values(pair.scenario, factors, values)
    return Pair(pair.a, pair.b, pair.evidence, scenario).gap_usd(changed)


def with_values(scenario: Scenario, factors: Factors, values: Mapping[Asked, float]) -> tuple[Scenario, Factors]:
    """Weights of the scenario, and the same futures, where some numbers have other values."""
    for asked, value in values.items():
        if asked.is_weight:
            scenario = asked.weighed(scenario, value)
    multiples = {asked.key: value / asked.value for asked, value in values.items() if not asked.is_weight}
    return scenario, multiplied(factors, multiples)


def drawn_values(asked: Asked, pair: Pair, factors: Factors) -> Floats | None:
    """What a number is in each future, in its unit, shape (futures,); None where nothing is drawn about it.

    Parameters
    ----------
    factors : without luck, which is no lack of knowledge
    """
    drawn = (factors.of(effect) for effect in effects_on(asked, pair))
    factor = next((each for each in drawn if each is not None), None)
    if factor is None:
        return None
    return asked.value / factor if asked.key.startswith(SPEED_TABLES) else asked.value * factor


def effects_on(asked: Asked, pair: Pair) -> list[Effect]:
    """The drawn variables that act on a number wherever the pair rests on it, in the order of the countries."""
    countries = sorted({row.country for row in rows_on(asked.key, pair)})
    return [effect for country in countries for effect in effects_of([asked.key], country)]


def _carbon_figure(scenario: Scenario) -> Figure:
    return Figure(CARBON_KEY, "", "", "", scenario.criteria.carbon_usd_per_t, "USD/t", (), "", "")


def _bounds(key: str, evidence: Evidence) -> tuple[float, float]:
    """What a number cannot leave: those of its definition, else 0 and up."""
    definition = evidence.definitions.get(key.split(".")[1]) if key.startswith("parameters.") else None
    return (definition.minimum, definition.maximum) if definition else (0.0, float("inf"))


def _range(
    figure: Figure, low: float | None, high: float | None, *, has_wide_range: bool
) -> tuple[tuple[float, float], RangeFrom]:
    ends, range_from = _range_without_question(figure, has_wide_range=has_wide_range)
    if low is None and high is None:
        return ends, range_from
    return (ends[0] if low is None else low, ends[1] if high is None else high), "question"


def _range_without_question(figure: Figure, *, has_wide_range: bool) -> tuple[tuple[float, float], RangeFrom]:
    if figure.key == CARBON_KEY:
        return CARBON_RANGE_USD_PER_T, "fixed"
    if figure.low is not None and figure.high is not None and figure.low < figure.high and not has_wide_range:
        return (figure.low, figure.high), "evidence"
    value = figure.value or 0.0
    return (MULTIPLES[0] * value, MULTIPLES[1] * value), "multiples"
