"""Which rung of evidence answers for a side of a post."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from corridor.errors import DataError
from corridor.evidence import CrossingTime, Evidence, SideTime, read_evidence


def time_of(evidence: Evidence, crossing: str, direction: str) -> CrossingTime:
    return evidence.crossings[crossing].times[direction]


def shown(side: SideTime) -> tuple[float, str, int | None]:
    return round(side.hours, 6), side.rung, side.year


def test_a_measured_exit_is_split_into_queue_and_formalities(evidence: Evidence) -> None:
    time = time_of(evidence, "torkham", "PAK-AFG")
    assert shown(time.queue) == (22.2, "measured", 2022)  # 24.2 h measured - 2 h formalities
    assert shown(time.exit_side) == (2.0, "measured", 2022)
    assert (time.exit_fee.usd, time.exit_fee.year, time.exit_side.grade) == (267, 2022, "A")


def test_the_entry_side_is_not_split(evidence: Evidence) -> None:
    assert shown(time_of(evidence, "torkham", "AFG-PAK").entry_side) == (120.0, "measured", 2021)


def test_the_hours_of_a_crossing_are_its_three_parts(evidence: Evidence) -> None:
    time = time_of(evidence, "red_bridge", "AZE-GEO")
    assert time.hours == pytest.approx(13.6 + 1.8)  # exit of Azerbaijan + entry of Georgia, 2022


def test_a_pandemic_spike_is_never_used(evidence: Evidence) -> None:
    time = time_of(evidence, "torugart", "KGZ-CHN")
    assert shown(time.queue) == (0.4, "measured", 2020)  # not the 50.1 h of 2022
    spikes = [row for row in evidence.measured_times if row.use == "spike"]
    assert {row.crossing for row in spikes} == {"torugart", "khorgos", "alashankou", "dusti", "yallama"}


def test_queue_evidence_weighs_ordinary_and_congested_days(evidence: Evidence) -> None:
    time = time_of(evidence, "zhaisan", "KAZ-RUS")
    assert time.queue.hours + time.exit_side.hours == pytest.approx(8 * 0.75 + 33 * 0.25)  # 14.25 h
    assert (time.queue.rung, time.queue.grade, time.exit_side.hours) == ("queue_evidence", "D", 2.0)


def test_a_season_moves_the_queue_and_keeps_its_mean(evidence: Evidence) -> None:
    queue = time_of(evidence, "astara", "AZE-IRN").queue
    congested_h = 13 * 0.7 + 50 * 0.3 - 2  # 24.1 h in six months of the year, less 2 h of formalities
    by_month = [queue.hours * factor for factor in queue.month_factors]
    assert by_month[:3] == pytest.approx([congested_h, congested_h, 13 - 2])
    assert sum(queue.month_factors) / 12 == pytest.approx(1)
    assert queue.hours == pytest.approx((24.1 + 13) / 2 - 2)


def test_a_post_that_nobody_has_timed_takes_the_average_of_its_country_before_a_judgement(evidence: Evidence) -> None:
    into_afghanistan, out_of_it = (time_of(evidence, "hairatan", way) for way in ("UZB-AFG", "AFG-UZB"))
    assert shown(into_afghanistan.queue) == (1.5, "country_average", 2022)  # UZB:out 3.5 h - 2 h of formalities
    assert shown(out_of_it.queue) == (24.4, "judged", None)  # no average for Afghanistan: 12 x 0.8 + 84 x 0.2 - 2


def test_an_entry_behind_a_known_queue_has_formalities_alone(evidence: Evidence) -> None:
    assert shown(time_of(evidence, "kozlovichi", "BLR-POL").entry_side) == (2.0, "formalities", 2026)
    assert shown(time_of(evidence, "hairatan", "UZB-AFG").entry_side)[:2] == (6.8, "global_estimate")


def test_a_month_that_is_none_is_refused_with_its_line(tables: Path) -> None:
    path = tables / "queue_estimates.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("1;2;8;9;10;12", "1;13", 1), encoding="utf-8")
    with pytest.raises(DataError, match=r"queue_estimates.csv:\d+: congested_months: .* 12;1;2, got '13'"):
        read_evidence(tables)


def test_the_other_direction_stands_in_and_says_so(evidence: Evidence) -> None:
    time = time_of(evidence, "khunjerab", "PAK-CHN")
    assert shown(time.exit_side) == (2.0, "other_direction", 2020)
    assert time.queue.hours == pytest.approx(0.3)  # 2.3 h measured inbound - 2 h formalities
    assert shown(time.entry_side) == (2.1, "country_average", 2023)  # no measurement of the Chinese side
    assert (time.exit_side.grade, time.entry_side.grade) == ("C", "C")  # A in their own place, here stand-ins


def test_a_post_nobody_measured_gets_the_estimate_for_all(evidence: Evidence) -> None:
    side = time_of(evidence, "hairatan", "UZB-AFG").entry_side
    assert (side.hours, side.rung, side.grade) == (6.8, "global_estimate", "D")


def test_pakistan_has_no_country_average_because_two_posts_dominate_it(evidence: Evidence) -> None:
    assert ("tfi1_h", "PAK:out") not in evidence.parameters
    assert ("tfi1_h", "CHN:out") not in evidence.parameters


def test_inside_a_customs_union_there_is_no_customs_border(evidence: Evidence) -> None:
    time = time_of(evidence, "krasnaya_gorka", "RUS-BLR")
    assert (time.exit_side.rung, time.exit_fee.usd, time.entry_fee.usd) == ("open_border", 0, 0)
    assert time.hours == pytest.approx(1.0)  # two sides of 0.5 h


def test_queue_evidence_wins_over_the_customs_union(evidence: Evidence) -> None:
    time = time_of(evidence, "zhaisan", "KAZ-RUS")
    assert time.queue.hours + time.exit_side.hours == pytest.approx(8 * 0.75 + 33 * 0.25)  # 14.25 h


def test_inside_the_eu_nobody_stops(evidence: Evidence) -> None:
    assert time_of(evidence, "swiecko", "POL-DEU").hours == 0


def test_a_fee_nobody_knows_is_unknown_not_zero(evidence: Evidence) -> None:
    fee = time_of(evidence, "taftan", "PAK-IRN").entry_fee
    assert (fee.usd, fee.rung) == (None, "unknown")


def test_afghan_entry_fees_are_not_counted_at_the_post_as_well(evidence: Evidence) -> None:
    fee = time_of(evidence, "hairatan", "UZB-AFG").exit_fee
    assert (fee.usd, fee.rung) == (87, "country_average")  # not the 160 USD of the fee tables


def test_no_open_post_of_a_frontier_is_free_because_nobody_measured_it(evidence: Evidence) -> None:
    exits = {
        crossing.id: crossing.times["KAZ-RUS"].queue.hours
        for crossing in evidence.crossings.values()
        if crossing.trucks and {crossing.country_a, crossing.country_b} == {"KAZ", "RUS"}
    }
    assert set(exits.values()) == {12.25}  # 14.25 h - 2 h formalities, at every one of them


def test_every_post_has_hours_of_at_least_zero_in_both_directions(evidence: Evidence) -> None:
    for crossing in evidence.crossings.values():
        assert set(crossing.times) == set(crossing.directions)
        for time in crossing.times.values():
            assert min(time.queue.hours, time.exit_side.hours, time.entry_side.hours) >= 0


def test_a_time_for_a_direction_the_post_does_not_have_is_refused(tables: Path) -> None:
    path = tables / "crossing_times.csv"
    path.write_text(
        path.read_text(encoding="utf-8") + "torkham,PAK,exit,PAK-IRN,5,,tfi1,,2022,judgement,D,yes,\n",
        encoding="utf-8",
    )
    with pytest.raises(DataError, match="direction: expected PAK-AFG or AFG-PAK, got 'PAK-IRN'"):
        read_evidence(tables)


def test_the_tables_know_up_to_one_day(evidence: Evidence) -> None:
    assert evidence.as_of == date(2026, 5, 31)
