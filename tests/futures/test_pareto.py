"""Which options are beaten: by hand, by trying all pairs, and never through a third (model.md 5.2, 5.3)."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from corridor.costs.ledger import MoneyRow, TimeRow
from corridor.futures.outcomes import Outcomes
from corridor.futures.pareto import TOLERANCE, Criteria, ParetoSet, build_pareto_set, unknown_ids
from corridor.futures.ranking import order_by_mean
from tests.futures.by_hand import outcomes_by_hand
from tests.report.fake_trip import build_option

Floats = NDArray[np.float64]
NO_TOLERANCE = Criteria(0.0, 0.0, 0.0, 0.0)
FIGURES = arrays(np.float64, st.tuples(st.just(5), st.just(3)), elements=st.integers(0, 60).map(float))


def certain(**figures: tuple[float, float, float]) -> Outcomes:
    """Options of one future: (USD, days, kg CO2e)."""
    return outcomes_by_hand(
        {label: [row[0]] for label, row in figures.items()},
        days={label: [row[1]] for label, row in figures.items()},
        co2e_kg={label: [row[2]] for label, row in figures.items()},
    )


def by(pareto: ParetoSet) -> dict[str, tuple[str, ...]]:
    return {option.label: option.beaten_by for option in pareto.options}


def test_an_option_is_beaten_where_another_is_no_worse_in_anything_and_better_in_something() -> None:
    pareto = build_pareto_set(certain(A=(100, 10, 50), B=(120, 10, 50), C=(90, 12, 50), D=(130, 13, 60)))
    assert by(pareto) == {"A": (), "B": ("A",), "C": (), "D": ("A", "C")}
    assert pareto.efficient == ("A", "C")


def test_surety_alone_keeps_an_option() -> None:
    # same mean money, B slower at P80 but always the same: no buffer
    outcomes = outcomes_by_hand(
        {"A": [100.0] * 20, "B": [100.0] * 20}, days={"A": [5.0] * 18 + [30.0] * 2, "B": [6.0] * 20}
    )
    assert build_pareto_set(outcomes).efficient == ("A", "B")
    a, b = build_pareto_set(outcomes).options
    assert a.criteria.p80_h < b.criteria.p80_h
    assert a.criteria.buffer_h > b.criteria.buffer_h == 0.0


@pytest.mark.parametrize(
    ("usd", "days", "kg"), [(105.0, 10.0, 50.0), (100.0, 10 + 0.5 / 24, 50.0), (100.0, 10.0, 55.0)]
)
def test_what_lies_within_the_tolerance_beats_nobody(usd: float, days: float, kg: float) -> None:
    assert build_pareto_set(certain(A=(100, 10, 50), B=(usd, days, kg))).efficient == ("A", "B")
    beyond = certain(A=(100, 10, 50), B=(usd + 0.01 * (usd > 100), days + 0.001 * (days > 10), kg + 0.01 * (kg > 50)))
    assert build_pareto_set(beyond).efficient == ("A",)


def test_a_hair_dearer_is_not_no_worse() -> None:
    # A is a day faster but 1 USD dearer: B stays, although the dollar is within the tolerance
    assert build_pareto_set(certain(A=(101, 9, 50), B=(100, 10, 50))).efficient == ("A", "B")


@given(FIGURES)
def test_beaten_options_are_those_found_by_trying_all_pairs(figures: Floats) -> None:
    labels = "ABCDE"
    outcomes = certain(**{label: tuple(row) for label, row in zip(labels, figures, strict=True)})
    beaten = {
        labels[i]
        for i in range(5)
        if any((figures[j] <= figures[i]).all() and (figures[j] < figures[i]).any() for j in range(5))
    }
    assert set(labels) - set(build_pareto_set(outcomes, tolerance=NO_TOLERANCE).efficient) == beaten


@given(FIGURES)
def test_some_option_always_remains_and_beats_every_one_that_does_not(figures: Floats) -> None:
    outcomes = certain(**{label: tuple(row) for label, row in zip("ABCDE", figures, strict=True)})
    pareto = build_pareto_set(outcomes)
    assert pareto.efficient
    for option in pareto.options:
        assert set(option.beaten_by) <= set(pareto.efficient)
        assert option.is_efficient or option.beaten_by


@given(FIGURES)
def test_a_third_option_never_changes_whether_one_beats_another(figures: Floats) -> None:
    rows = {label: tuple(row) for label, row in zip("ABCDE", figures, strict=True)}
    alone = build_pareto_set(certain(A=rows["A"], B=rows["B"]))
    among = build_pareto_set(certain(**rows))
    if "A" in by(alone)["B"]:
        assert by(among)["B"]
    if by(among)["B"] == ("A",):
        assert by(alone)["B"] == ("A",)


def test_a_third_route_does_not_flip_the_order_of_two_as_a_normalised_score_would() -> None:
    # A (10, 12 d), B (8, 15 d), then C (9.5, 30 d), beaten by B: with weights 0.45 and 0.55 over the range of the set
    # A scores 0.45 against 0.55, then 0.45 against 0.09 (model.md 5.2)
    two = certain(A=(10, 12, 0), B=(8, 15, 0))
    three = certain(A=(10, 12, 0), B=(8, 15, 0), C=(9.5, 30, 0))
    assert (normalised(two)[0] < normalised(two)[1], normalised(three)[0] < normalised(three)[1]) == (True, False)
    assert build_pareto_set(two, tolerance=NO_TOLERANCE).efficient == ("A", "B")
    assert build_pareto_set(three, tolerance=NO_TOLERANCE).efficient == ("A", "B")
    for cargo_usd_per_day in (0.1, 0.5, 0.7, 2.0):
        orders = [
            order_by_mean(outcomes.labels, replace(outcomes, cargo_usd_per_h=cargo_usd_per_day / 24).generalised_usd)
            for outcomes in (two, three)
        ]
        assert [label for label in orders[1] if label != "C"] == list(orders[0])


def normalised(outcomes: Outcomes) -> list[float]:
    """The score that this program does not form."""
    parts = [(values - values.min()) / (values.max() - values.min()) for values in (outcomes.usd, outcomes.days)]
    return [float(score) for score in (0.45 * parts[0] + 0.55 * parts[1])[0]]


def test_who_has_unknown_costs_of_his_own_beats_nobody_surely() -> None:
    outcomes = certain(A=(100, 10, 50), B=(200, 11, 60))
    unknown = {"A": frozenset({"toll.RUS"}), "B": frozenset[str]()}
    standing = build_pareto_set(outcomes, unknown=unknown).options[1]
    assert (standing.beaten_by, standing.surely_beaten_by) == (("A",), ())


@pytest.mark.parametrize("own", [frozenset(), frozenset({"toll.RUS"})])
def test_unknown_costs_that_the_beaten_option_has_too_change_nothing(own: frozenset[str]) -> None:
    outcomes = certain(A=(100, 10, 50), B=(200, 11, 60))
    unknown = {"A": own, "B": frozenset({"toll.RUS", "permit.IRN"})}
    assert build_pareto_set(outcomes, unknown=unknown).options[1].surely_beaten_by == ("A",)


def test_unknown_fees_and_the_carbon_of_ferries_are_what_is_not_known() -> None:
    option = build_option("A")
    rows = (
        MoneyRow(0, "PAK", "toll", None, (), 10.0),
        MoneyRow(0, "PAK", "fuel", 5.0, ()),
    )
    at_sea = TimeRow(0, "PAK", "ferry", 20.0, ())
    ledger = replace(option.ledger, money=rows, time=(at_sea,))
    assert unknown_ids([replace(option, ledger=ledger)]) == {"A": {"toll.PAK 10 km", "co2e.PAK"}}


def test_the_frame_says_units_and_who_beats_whom() -> None:
    frame = build_pareto_set(certain(A=(100, 10, 50), B=(120, 10, 50))).to_frame()
    assert frame.beaten_by.tolist() == ["", "A"]
    assert list(frame.columns[1:5]) == ["mean_usd", "p80_h", "mean_co2e_wtw_kg", "buffer_h"]
    assert TOLERANCE.values() == (5.0, 0.5, 5.0, 0.5)  # model.md 5.3; the buffer as the hours
