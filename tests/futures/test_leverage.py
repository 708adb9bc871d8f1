"""What a transit country could ask: the gap to the way around it, and the fee that earns most."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from corridor.analysis.assessment import Assessment
from corridor.errors import ScenarioError
from corridor.futures.leverage import best_extra, find_leverage
from corridor.network.roads import RoadNetwork
from tests.futures.change_trip import sure_evidence, toy_assessment


@pytest.fixture
def around(toy_network: RoadNetwork) -> Assessment:
    """The way over Torghundi and Farap is best; that over Hairatan does not touch Turkmenistan."""
    return toy_assessment(toy_network, sure_evidence())


def test_a_country_can_ask_for_the_gap_to_the_way_around_it(around: Assessment) -> None:
    best, other = around.options[0], next(o for o in around.options if "TKM" not in o.countries)
    (row,) = (row for row in find_leverage(around).rows if row.country == "TKM")
    assert row.detour == other.label
    assert row.headroom_usd == pytest.approx(other.generalised_cost_usd - best.generalised_cost_usd)
    assert row.highest_fees_usd == pytest.approx(row.fees_usd + row.headroom_usd)


def test_with_nothing_drawn_the_whole_gap_earns_most(around: Assessment) -> None:
    (row,) = (row for row in find_leverage(around).rows if row.country == "TKM")
    assert row.best_extra_usd == pytest.approx(row.headroom_usd)
    assert row.share_left == 1.0


def test_fees_are_those_that_the_ledger_has_for_the_country(around: Assessment) -> None:
    rows = [row for row in around.options[0].ledger.money if row.country == "TKM" and row.component == "border_fee"]
    entry = sum(row.usd or 0.0 for row in around.options[0].ledger.money if row.component == "entry_fee")
    (found,) = (row for row in find_leverage(around).rows if row.country == "TKM")
    assert sum(row.usd or 0.0 for row in rows) < found.fees_usd < sum(row.usd or 0.0 for row in rows) + entry


def test_a_country_on_every_way_has_no_limit(around: Assessment) -> None:
    (row,) = (row for row in find_leverage(around).rows if row.country == "AFG")
    assert row.detour == ""
    frame = find_leverage(around).to_frame().set_index("country")
    assert frame["highest_fees_usd"].isna().to_dict() == {"AFG": True, "TKM": False}


def test_the_ends_of_the_trip_are_no_transit(around: Assessment) -> None:
    assert {row.country for row in find_leverage(around).rows} == {"AFG", "TKM"}


def test_an_option_that_is_not_the_best_has_lost_already(around: Assessment) -> None:
    worst = around.options[-1]
    assert all(row.headroom_usd < 0 for row in find_leverage(around, label=worst.label).rows if row.detour)


def test_without_an_open_option_there_is_no_leverage(around: Assessment) -> None:
    with pytest.raises(ScenarioError, match="no option is open"):
        find_leverage(replace(around, options=()))


def test_the_fee_that_earns_most_is_the_best_of_all_fees() -> None:
    gaps_usd = np.random.Generator(np.random.Philox(3)).normal(100.0, 300.0, 500)
    extra_usd, share = best_extra(gaps_usd)
    tried = [fee * np.mean(gaps_usd >= fee) for fee in np.linspace(0.0, 1500.0, 3001)]
    assert share == np.mean(gaps_usd >= extra_usd)
    assert extra_usd * share >= max(tried)


def test_where_the_way_around_always_costs_less_no_fee_earns_anything() -> None:
    assert best_extra(np.array([-5.0, -1.0])) == (0.0, 0.0)
