"""Sentences and tables on the futures, from outcomes that can be counted (model.md 5, 15.3)."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest

from corridor.analysis.assessment import Assessment
from corridor.errors import RouteError, ScenarioError
from corridor.futures.convergence import Convergence, find_steps
from corridor.futures.portfolio import build_portfolio
from corridor.futures.replicates import Replicates
from corridor.futures.scenario_regret import build_scenario_regret
from corridor.futures.study import Questions, study_futures
from corridor.network.roads import RoadNetwork
from corridor.printing_futures import default_pair, print_futures, print_regret, print_split
from corridor.report.certainty import UNSETTLED
from corridor.report.choice_rows import portfolio_section, scenario_regret_section
from corridor.report.futures_rows import build_futures_sections, certainty_section, limits_section, rank_section
from corridor.report.futures_wording import (
    confidence_headline,
    convergence_sentence,
    doubt_sentence,
    means_sentence,
    unsettled_sentence,
    variants_sentence,
)
from corridor.report.robustness_rows import pareto_section, regret_section
from corridor.report.sections import Section
from tests.futures.by_hand import outcomes_by_hand
from tests.futures.toy_futures import build_toy_futures
from tests.report.fake_study import N, four_options, study_of
from tests.report.fake_trip import build_assessment


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def cells(section: Section) -> list[tuple[str, ...]]:
    return [tuple(map(plain, row)) for row in section.rows]


def of_hundred(first: int, *, low: float = 1000.0, high: float = 2000.0) -> list[float]:
    """Low in so many futures, high in the others."""
    return [low] * first + [high] * (N - first)


@pytest.fixture
def invented() -> Assessment:
    """Four open options, A and B on the same roads, C and D on others."""
    assessment = build_assessment()
    shares = {"A": 1.0, "B": 0.8, "C": 0.1, "D": 0.0}
    options = tuple(replace(option, shared_with_best_share=shares[option.label]) for option in assessment.options)
    return replace(assessment, options=options)


def test_the_headline_tells_how_often_the_leader_is_cheapest_and_how_often_near() -> None:
    assert plain(confidence_headline(four_options())) == (
        "Counting the cargo's time, option A costs least on average; over many trips A is the cheapest in 62 % of "
        "100 futures and within 200 USD of the cheapest in 81 %, for a single truck in 62 % and 81 %."
    )


def test_the_headline_keeps_many_trips_and_a_single_truck_apart() -> None:
    many = outcomes_by_hand({"A": of_hundred(62), "B": [1500.0] * N})
    one = outcomes_by_hand({"A": of_hundred(55, high=1699.0), "B": [1500.0] * N})
    assert plain(confidence_headline(study_of(many, one))) == (
        "Counting money alone, option A costs least on average; over many trips A is the cheapest in 62 % of "
        "100 futures and within 200 USD of the cheapest in 62 %, for a single truck in 55 % and 100 %."
    )


def test_what_is_nearly_sure_is_not_told_as_sure() -> None:
    outcomes = outcomes_by_hand({"A": [1.0] * 999 + [900.0], "B": [600.0] * 1000})
    assert "cheapest in >99 % of 1,000 futures" in plain(confidence_headline(study_of(outcomes)))


def test_options_that_cost_the_same_are_told_as_tied() -> None:
    study = study_of(outcomes_by_hand({"A": [1000.0] * N, "B": [1000.2] * N, "C": [3000.0] * N}))
    assert plain(confidence_headline(study)).startswith(
        "Counting money alone, options A and B cost least on average, and the same; over many trips A is the cheapest "
        "in 100 % (with another option at the same cost in 100 %) of 100 futures"
    )


def test_a_single_option_has_nothing_to_be_ranked_against(invented: Assessment) -> None:
    days = [10.0 + day / 10 for day in range(101)]
    study = study_of(
        outcomes_by_hand({"A": [50 * day for day in days]}, days={"A": days}), options=invented.options[:1]
    )
    assert plain(confidence_headline(study)) == (
        "Option A is the only open way, so there is nothing to rank: in 8 of 10 of 101 futures it takes "
        "11.0 to 19.0 days and costs at least 550 to 950 USD."
    )
    assert convergence_sentence(study.convergence) == ""


def test_without_an_option_there_is_nothing_to_rank() -> None:
    assert confidence_headline(None) == "No way is open, so there is nothing to rank."


def test_one_future_is_told_in_the_singular() -> None:
    study = study_of(outcomes_by_hand({"A": [1.0], "B": [2.0]}))
    assert "in 100 % of 1 future and" in plain(confidence_headline(study))


def test_the_carbon_price_is_named_where_there_is_one() -> None:
    outcomes = outcomes_by_hand({"A": [1.0], "B": [2.0]}, cargo_usd_per_day=1.0, carbon_usd_per_t=1.0)
    assert confidence_headline(study_of(outcomes)).startswith("Counting the cargo's time and the price of carbon, ")


def test_variants_on_the_same_roads_are_counted_together(invented: Assessment) -> None:
    assert plain(variants_sentence(invented, four_options())) == (
        "A and B run mostly on the same roads: one of them is the cheapest in 82 % over many trips and in 82 % for a "
        "single truck; C, the best on other roads, in 18 % and 18 %."
    )


def test_further_ways_on_other_roads_are_counted_with_the_rival(invented: Assessment) -> None:
    costs = {"A": [1000.0] * 6 + [3000.0] * 4, "B": [2000.0] * 10, "C": [5000.0] * 8 + [1500.0] * 2}
    study = study_of(outcomes_by_hand({**costs, "D": [5000.0] * 6 + [1500.0] * 2 + [5000.0] * 2}))
    assert plain(variants_sentence(invented, study)) == (
        "A and B run mostly on the same roads: one of them is the cheapest in 60 % over many trips and in 60 % for a "
        "single truck; C, the best on other roads, in 20 % and 20 %, all on other roads together in 40 % and 40 %."
    )


def test_without_variants_or_without_a_rival_no_roads_are_mentioned(invented: Assessment) -> None:
    all_alike = tuple(replace(option, shared_with_best_share=1.0) for option in invented.options)
    no_variant = (invented.options[0], *invented.options[2:])
    assert variants_sentence(replace(invented, options=all_alike), four_options()) == ""
    assert variants_sentence(replace(invented, options=no_variant), four_options()) == ""


def test_a_leader_that_is_not_the_best_at_mean_inputs_is_pointed_out(invented: Assessment) -> None:
    other = study_of(outcomes_by_hand({"A": [1015.0], "B": [1000.0], "C": [3000.0], "D": [4000.0]}))
    assert plain(means_sentence(invented, other)) == (
        "At mean inputs A comes first; over the futures B costs 15 USD of generalised cost less on average."
    )
    assert means_sentence(invented, four_options()) == ""
    assert plain(doubt_sentence(invented, other)) == f"Not settled: at{plain(means_sentence(invented, other))[2:]}"
    assert doubt_sentence(invented, four_options()) == doubt_sentence(invented, None) == ""


def test_fees_that_only_the_leader_may_have_leave_the_ranking_open(invented: Assessment) -> None:
    # A has unknown tolls in Kyrgyzstan, which no other enters
    assert unsettled_sentence(invented, four_options()) == UNSETTLED
    leader = invented.options[0]
    known = replace(leader.ledger, money=tuple(row for row in leader.ledger.money if row.usd is not None))
    sure = (replace(leader, ledger=known), *invented.options[1:])
    assert unsettled_sentence(replace(invented, options=sure), four_options()) == ""


def test_the_table_of_certainty_has_days_dollars_and_both_shares(invented: Assessment) -> None:
    days = [10.0 + day / 10 for day in range(101)]
    outcomes = outcomes_by_hand(
        {"A": [100 * day for day in days], "B": [5000.0] * 101}, days={"A": days, "B": [20.0] * 101}
    )
    assessment = replace(invented, options=invented.options[:2])
    section = certainty_section(assessment, study_of(outcomes, options=assessment.options, promised_days=15.0))
    first, second = cells(section)
    assert first[2:] == (
        "11.0 to 19.0", "15.0", "18.0", "19.5", "108", "at least 1,100 to 1,900", "100 %", "100 %", "50 %", "0",
    )  # fmt: skip
    assert second[2:8] == ("20.0", "20.0", "20.0", "20.0", "0", "at least 5,000")
    assert section.header[-2:] == ("Within 15 days", "Late, USD")


def test_the_share_within_limits_is_at_most_where_fees_are_unknown(invented: Assessment) -> None:
    outcomes = outcomes_by_hand({"A": [900.0, 1100.0]}, days={"A": [9.0, 11.0]})
    section = limits_section(study_of(outcomes, options=invented.options[:1], limits=(12.0, 1000.0)))
    assert cells(section) == [("A", "100 %", "at most 50 %", "at most 50 %")]
    assert plain(section.title) == "Within 12 days and 1,000 USD"


def test_ranks_beyond_the_third_are_one_column() -> None:
    section = rank_section(four_options())
    assert section.header == ("Option", "1st", "2nd", "3rd", "lower")
    assert cells(section)[3] == ("D", "0 %", "0 %", "0 %", "100 %")
    two = rank_section(study_of(outcomes_by_hand({"A": [1.0], "B": [2.0]})))
    assert two.header == ("Option", "1st", "2nd")


def test_losses_are_told_against_the_leader_with_their_error() -> None:
    # all eight replicates shift alike, so gaps have no error
    rows = cells(regret_section(four_options()))
    assert [row[1] for row in rows] == ["–", "13 ± 0", "68 ± 0", "1,913 ± 0"]
    assert rows[3][2:5] == ("1,989", "2,050", "0 %")  # 2,000 in 62 futures, 1,900 in 20 and 2,050 in 18


def test_losses_over_many_trips_come_before_those_of_single_trucks() -> None:
    many = outcomes_by_hand({"A": [100.0, 100.0], "B": [110.0, 110.0]})
    one = outcomes_by_hand({"A": [100.0, 100.0], "B": [90.0, 510.0]})
    # single trucks: B loses 0 and 410, mean 205, P95 0.95 x 410; A 10 and 0
    rows = cells(regret_section(study_of(many, one)))
    assert rows[0][2:] == ("0", "0", "100 %", "5", "10", "100 %")
    assert rows[1][2:] == ("10", "10", "100 %", "205", "390", "50 %")


def test_the_criteria_of_an_option_are_told_in_dollars_days_tonnes_and_hours() -> None:
    days = [10.0 + day / 10 for day in range(101)]
    outcomes = outcomes_by_hand({"A": [1234.0] * 101}, days={"A": days}, co2e_kg={"A": [5600.0] * 101})
    assert cells(pareto_section(study_of(outcomes))) == [("A", "1,234", "18.0", "5.6", "108", "none")]


def test_beaten_options_name_who_beats_them_and_how_surely(invented: Assessment) -> None:
    outcomes = outcomes_by_hand({"A": [100.0], "B": [200.0], "C": [90.0]}, days={"A": [5.0], "B": [6.0], "C": [7.0]})
    open_fees, known = invented.options[0], replace(invented.options[0].ledger, money=())
    options = [open_fees, replace(invented.options[1], ledger=known), replace(invented.options[2], ledger=known)]
    unsure, sure = (
        pareto_section(study_of(outcomes, options=some))
        for some in (options, [replace(option, ledger=known) for option in options])
    )
    assert [row[-1] for row in cells(unsure)] == ["none", "A on what is known", "none"]
    assert [row[-1] for row in cells(sure)] == ["none", "A", "none"]
    assert unsure.text.startswith("A and C are not beaten.")
    assert "nobody knows may change it" in unsure.text
    assert "nobody knows" not in sure.text


def test_where_nothing_is_beaten_that_is_said() -> None:
    outcomes = outcomes_by_hand({"A": [100.0], "B": [200.0]}, days={"A": [5.0], "B": [4.0]})
    assert pareto_section(study_of(outcomes)).text.startswith("No option is beaten by another")


@pytest.mark.parametrize(
    ("n", "text"),
    [
        (4096, "The ranking has settled: the last two doublings, to 4,096 futures, did not change it."),
        (8192, "The ranking has settled: more than 4,096 futures do not change it."),
    ],
)
def test_a_settled_ranking_says_with_how_many_futures(n: int, text: str) -> None:
    study = study_of(outcomes_by_hand({"A": [1.0] * 128, "B": [2.0] * 128}))
    days = {"A": np.ones(n), "B": np.ones(n)}
    steps = find_steps(outcomes_by_hand({"A": np.ones(n), "B": np.full(n, 2.0)}, days=days))
    assert convergence_sentence(replace(study.convergence, steps=steps)) == text


def test_an_unsettled_ranking_says_what_moved_and_what_is_noise() -> None:
    usd = np.concatenate([np.full(4096, 10.0), np.full(4096, 40.0)])
    outcomes = outcomes_by_hand({"A": usd, "B": np.full(8192, 20.0)}, days={"A": np.ones(8192), "B": np.ones(8192)})
    means = np.array([[20.0, 20.1], [20.1, 20.0]] * 4)
    found = Replicates(1024, ("A", "B"), means, np.zeros((8, 2)))
    assert plain(convergence_sentence(Convergence(("A", "B"), find_steps(outcomes), found))) == (
        "Not settled with 8,192 futures: the doubling to 8,192 changed the order, moved shares of first places by up "
        "to 50.0 points and the days of 19 in 20 by up to 0.0 %. Within noise of each other: B and A."
    )


def test_too_few_futures_to_double_twice_cannot_tell() -> None:
    study = study_of(outcomes_by_hand({"A": [1.0] * 64, "B": [2.0] * 64}))
    assert convergence_sentence(study.convergence) == "Not settled with 64 futures: fewer than 4,096 cannot tell."


def test_a_split_that_pays_says_its_price(invented: Assessment) -> None:
    # the mean of the worst: 15 days for all; half the trucks cost 20 USD more on the mean (see test_regret)
    outcomes = outcomes_by_hand({"A": [100, 100], "B": [140, 140]}, days={"A": [10, 20], "B": [20, 10]})
    section = portfolio_section(build_portfolio(outcomes, "A", "B"), invented)
    assert plain(section.text).startswith(
        "The surest split is 50 % by A and 50 % by B: 19 in 20 futures within 15.0 days, for 20 USD a truck more than "
        "the cheapest on known costs."
    )
    assert cells(section)[5] == ("50 %", "50 %", "15.0", "15.0", "at least 120", "at least 120")


def test_a_split_that_does_not_pay_says_so(invented: Assessment) -> None:
    outcomes = outcomes_by_hand({"A": [100, 100], "B": [140, 140]}, days={"A": [10, 12], "B": [20, 22]})
    section = portfolio_section(build_portfolio(outcomes, "A", "B"), invented)
    assert plain(section.text).startswith(
        "No split is surer than all trucks by A: 19 in 20 futures within 11.9 days, and none is cheaper"
    )


def test_losses_by_scenario_say_where_a_way_has_no_figure() -> None:
    section = scenario_regret_section(build_scenario_regret({"open": {"x": 10.0, "y": 5.0}, "shut": {"y": 900.0}}))
    assert section.header == ("Way", "open", "shut", "Mean", "Worst")
    assert section.rows == (("x", "5", "no figure", "no figure", "no figure"), ("y", "0", "0", "0", "0"))
    assert "y loses least, on the mean and at worst." in section.text
    assert section.text.endswith("closed in the scenario or not among its options.")


def toy_assessment(network: RoadNetwork, *assignments: str) -> Assessment:
    """The toy trip as a run, with few futures."""
    toy = build_toy_futures(network, "uncertainty.draws=256", *assignments)
    return replace(build_assessment(), options=toy.options, evidence=toy.evidence, scenario=toy.scenario)


@pytest.mark.parametrize("count", [1, 2, 4])
def test_every_section_has_a_cell_for_every_heading(toy_network: RoadNetwork, count: int) -> None:
    assessment = toy_assessment(toy_network)
    assessment = replace(assessment, options=assessment.options[:count])
    questions = Questions(promised_days=9.0, most_days=9.0, most_usd=7000.0)
    sections = build_futures_sections(assessment, study_futures(assessment, questions))
    assert len(sections) == (2 if count == 1 else 7)
    for section in sections:
        assert all(len(row) == len(section.header) for row in section.rows), section.title
        assert section.text.endswith(".")


def test_the_command_prints_plain_tables(toy_network: RoadNetwork, capsys: pytest.CaptureFixture[str]) -> None:
    print_futures(toy_assessment(toy_network), Questions(), as_json=False)
    printed = capsys.readouterr().out
    assert printed.startswith("How sure are we\nCounting the cargo's time and the price of carbon, option ")
    assert "\u00a0" not in printed
    assert "nan" not in printed


def test_the_document_of_the_command_has_every_figure(
    toy_network: RoadNetwork, capsys: pytest.CaptureFixture[str]
) -> None:
    assessment = toy_assessment(toy_network)
    print_futures(assessment, Questions(promised_days=9.0), as_json=True)
    document = json.loads(capsys.readouterr().out, parse_constant=pytest.fail)
    labels = [option.label for option in assessment.options]
    assert [row["label"] for row in document["reliability"]] == labels
    assert document["futures"] == 256
    for kind in ("over_many_trips", "single_truck"):
        shares = [document["ranks"][kind][label]["share_by_rank"][0] for label in labels]
        assert sum(shares) == pytest.approx(1.0)
    assert document["preferences"]["carbon_usd_per_t_range"] == [1.0, 200.0]
    assert document["convergence"]["standard_errors"][document["cheapest_on_average"]]["gap_to_cheapest_usd"] == 0.0


def test_the_split_is_between_the_best_and_the_best_on_other_roads(
    toy_network: RoadNetwork, capsys: pytest.CaptureFixture[str]
) -> None:
    assessment = toy_assessment(toy_network)
    print_split(assessment, None, as_json=True)
    document = json.loads(capsys.readouterr().out)
    assert (document["label_a"], document["label_b"]) == default_pair(assessment)
    assert [mix["share_a"] for mix in document["mixes"]] == [tenth / 10 for tenth in range(11)]


def test_two_scenarios_of_one_trip_are_compared_by_their_ways(
    toy_network: RoadNetwork, capsys: pytest.CaptureFixture[str]
) -> None:
    runs = [
        ("cheap time", toy_assessment(toy_network)),
        ("dear time", toy_assessment(toy_network, "cargo.value_usd=900000")),
    ]
    print_regret(runs, as_json=True)
    document = json.loads(capsys.readouterr().out)
    assert document["scenarios"] == ["cheap time", "dear time"]
    for number in range(2):
        losses = [row["loss_usd"][number] for row in document["ways"]]
        assert min(loss for loss in losses if loss is not None) == 0.0


def test_runs_of_different_trips_cannot_be_compared(invented: Assessment) -> None:
    other = replace(invented, destination_name="Tashkent")
    with pytest.raises(ScenarioError, match="regret: different trips; expected one origin and destination, got Islam"):
        print_regret([("a", invented), ("b", other)], as_json=False)


def test_a_split_needs_two_options(invented: Assessment) -> None:
    with pytest.raises(ScenarioError, match="split: too few options; expected at least 2 open ones, got 1"):
        print_split(replace(invented, options=invented.options[:1]), None, as_json=False)


def test_without_an_open_option_there_are_no_futures(invented: Assessment) -> None:
    with pytest.raises(RouteError, match="futures: nothing to draw; expected an open option, got none"):
        study_futures(replace(invented, options=()))


def test_a_limit_of_days_needs_one_of_dollars() -> None:
    with pytest.raises(ScenarioError, match="limits: one of two; expected days and USD, got one of them"):
        Questions(most_days=9.0)
