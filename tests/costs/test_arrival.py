"""Posts on the day on which a truck comes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from corridor.costs.arrival import least_passage, month_factor, on_arrival, passage_on_arrival
from corridor.costs.border import Passage, build_passage
from corridor.costs.closures import build_closures
from corridor.costs.departures import Departures
from corridor.costs.drivers_hours import Shift, accrued_rest_h
from corridor.costs.hours import chain_rests_h, time_rows
from corridor.costs.stretches import PostStage, RoadStage
from corridor.costs.tariff import Amount, Tariff
from corridor.evidence import TruckBan, read_evidence
from tests.analysis.conftest import toy_scenario
from tests.costs.by_hand import road

SAMUR_H = {"congested": 5 * 0.7 + 45 * 0.3 - 2, "ordinary": 5 - 2}
"""Queue of Samur without 2 h of formalities, in congested months and in others."""


@pytest.fixture(scope="module")
def tariff() -> Tariff:
    return Tariff(read_evidence(), toy_scenario(), "PAK")


def passage(tariff: Tariff, crossing_id: str, direction: str) -> Passage:
    return build_passage(tariff.evidence, crossing_id, direction, tariff, rule="drive", assumed_rule=False)


def test_in_the_middle_of_a_month_a_queue_is_that_of_the_month(tariff: Tariff) -> None:
    samur = passage(tariff, "samur", "AZE-RUS")
    for day, season in ((date(2027, 4, 16), "ordinary"), (date(2026, 9, 16), "congested")):
        met = passage_on_arrival(samur, tariff, Departures(day), clock_h=0)
        assert met.times.queue.hours == pytest.approx(SAMUR_H[season])


def test_the_queue_is_that_of_the_day_of_arrival_not_of_departure(tariff: Tariff) -> None:
    samur = passage(tariff, "samur", "AZE-RUS")
    met = passage_on_arrival(samur, tariff, Departures(date(2026, 10, 16)), clock_h=31 * 24)  # 16 November
    assert met.times.queue.hours == pytest.approx(SAMUR_H["ordinary"], abs=0.3)
    assert met.idle_l == pytest.approx(met.times.queue.hours * 0.5 * 2.5)  # half of the queue, 2.5 l/h


def test_a_season_goes_from_month_to_month_in_a_straight_line() -> None:
    factors = [1.0] * 11 + [3.0]
    days = (date(2026, 12, 16) + timedelta(days=day) for day in range(32))
    falling = [month_factor(factors, day) for day in days]
    assert falling == sorted(falling, reverse=True)
    assert [falling[0], falling[-1]] == pytest.approx([2.97, 1.0], abs=0.04)


def test_no_arrival_within_sixty_days_is_shorter_than_the_least(tariff: Tariff) -> None:
    samur = passage(tariff, "samur", "AZE-RUS")
    for month in range(1, 13):
        departure = date(2026, month, 1)
        least_h = least_passage(samur, tariff, departure).wait_h
        for hours in range(0, 60 * 24, 18):
            met_h = passage_on_arrival(samur, tariff, Departures(departure), clock_h=hours).wait_h
            assert met_h >= least_h - 1e-9


def test_closures_count_with_the_days_on_the_way(tariff: Tariff) -> None:
    torkham = PostStage(passage(tariff, "torkham", "PAK-AFG"), tariff)
    khunjerab = PostStage(passage(tariff, "khunjerab", "PAK-CHN"), tariff)
    first, second = on_arrival([torkham, torkham], Departures(date(2026, 6, 1)))
    assert isinstance(first, PostStage)
    assert isinstance(second, PostStage)
    assert first.passage.closure_wait.known == 0  # known to be open on the day of departure
    wait_h = torkham.passage.wait_h
    days = (wait_h - tariff.absorption.absorbed_h(wait_h)) / 24
    closures = build_closures(closures_per_open_year=2.76, closure_days=8.1, where="torkham")
    assert second.passage.closure_wait.known == pytest.approx(float(closures.known_open_wait_h(days)))
    assert on_arrival([khunjerab], Departures(date(2026, 6, 1)))[0] is khunjerab  # neither season nor closures known


def test_a_number_of_ones_own_has_no_season() -> None:
    evidence = read_evidence().overridden({"crossings.samur.AZE-RUS.queue_h": 7})
    halved = read_evidence().overridden({"crossings.samur.AZE-RUS.queue_h": "x0.5"})
    own, factor = (each.crossings["samur"].times["AZE-RUS"].queue for each in (evidence, halved))
    assert (own.hours, own.month_factors) == (7, ())
    assert factor.hours == pytest.approx((SAMUR_H["congested"] + SAMUR_H["ordinary"]) / 4)
    assert (
        replace(factor, hours=0).month_factors
        == read_evidence().crossings["samur"].times["AZE-RUS"].queue.month_factors
    )


# bans on trucks -----------------------------------------------------------------------------------
def summer_tariff() -> Tariff:
    """The real tables with one ban: every day of July in Pakistan, 6 hours."""
    ban = TruckBan("pak_july", "PAK", tuple(range(1, 8)), 10.0, 6.0, (7,), 7.5, 1.0, ("judgement",), "D", "")
    return Tariff(replace(read_evidence(), truck_bans=(ban,)), toy_scenario(), "PAK")


def test_a_ban_is_waited_out_on_the_stretch_and_in_the_month_where_it_holds() -> None:
    tariff = summer_tariff()
    leg = road(tariff, AFG=100.0, PAK=100.0)
    (met,) = on_arrival([leg], Departures(date(2026, 7, 5)))
    assert isinstance(met, RoadStage)
    # 100 km: 2 h of driving, 1.5 h of road stops, and the rest that they bring due
    rest_h = accrued_rest_h(Shift(tariff.rules("PAK"), 2.0))
    expected_h = 7 * 6 * (6 / 2 + 3.5 + rest_h) / 168
    assert [ban.known for ban in met.ban_waits] == [0.0, pytest.approx(expected_h)]
    rows = [row for row in time_rows([met]) if row.component == "ban_wait"]
    assert [(row.country, row.hours, row.basis) for row in rows] == [
        ("PAK", met.ban_waits[1].known, ("truck_bans.pak_july",))
    ]


def test_a_leg_that_met_a_ban_in_summer_meets_none_in_autumn() -> None:
    tariff = summer_tariff()
    (summer,) = on_arrival([road(tariff, PAK=100.0)], Departures(date(2026, 7, 5)))
    (autumn,) = on_arrival([summer], Departures(date(2026, 11, 1)))
    assert isinstance(summer, RoadStage)
    assert isinstance(autumn, RoadStage)
    assert summer.ban_waits
    assert autumn.ban_waits == ()
    assert not [row for row in time_rows([autumn]) if row.component == "ban_wait"]


def test_a_crew_rests_while_it_waits_out_a_ban() -> None:
    leg = road(summer_tariff(), PAK=800.0, AFG=800.0)
    waiting = replace(leg, ban_waits=(Amount(12.0, ()), Amount(0.0, ())))
    (rested,), (unrested,) = (chain_rests_h([[stage]])[0] for stage in (waiting, leg))
    assert sum(unrested) - sum(rested) == pytest.approx(summer_tariff().rules("PAK").rest_h)
