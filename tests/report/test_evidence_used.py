"""A number picked from the report of a bundled scenario is found among the evidence, with a source that says it."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from math import fsum

import pytest

from corridor.analysis.assessment import Assessment
from corridor.evidence import find_figures, read_evidence
from corridor.report.evidence_used import (
    build_used_figures,
    money_grade_shares,
    price_year,
    price_year_shares,
    time_grade_shares,
    weak_share,
    weakest_grade,
)
from corridor.report.ledger_csv import evidence_csv
from corridor.report.sea_rows import build_voyage_rows
from corridor.report.summary import summary_json
from corridor.run import run
from corridor.scenario import read_scenario

SCENARIOS = ("islamabad-minsk", "islamabad-minsk-open", "karachi-minsk", "lahore-berlin", "minsk-karachi")


@pytest.fixture(
    scope="module",
    params=[pytest.param(name, marks=pytest.mark.xdist_group(f"{name}")) for name in SCENARIOS],
)
def answer(request: pytest.FixtureRequest) -> Assessment:
    evidence = read_evidence()
    scenario = read_scenario(request.param, known=evidence.known_names()).scenario
    return run(scenario, evidence, progress=lambda _: None)


def test_every_key_of_every_ledger_leads_to_figures_with_a_source(answer: Assessment) -> None:
    evidence = answer.evidence
    for option in answer.all_options:
        for key in option.ledger.basis:
            figures = find_figures(key, evidence)
            assert figures, key
            assert all(figure.source or figure.value is None for figure in figures), key
            assert all(name in evidence.sources for figure in figures for name in figure.source), key


def test_every_key_of_the_sea_benchmark_leads_to_figures_with_a_source(answer: Assessment) -> None:
    evidence = answer.evidence
    ledgers = [leg.ledger for way in answer.sea.ways for leg in way.truck_legs]
    keys = {key for ledger in ledgers for key in ledger.basis}
    keys |= {row.figure.key for row in build_voyage_rows(answer)}
    assert keys or answer.sea.reason
    for key in keys:
        figures = find_figures(key, evidence)
        assert figures, key
        assert all(figure.source or figure.value is None for figure in figures), key


def test_the_list_of_evidence_has_every_key_with_the_titles_of_its_sources(answer: Assessment) -> None:
    rows = list(csv.DictReader(io.StringIO(evidence_csv(answer))))
    listed = {row["key"] for row in rows}
    for key in {key for option in answer.all_options for key in option.ledger.basis}:
        assert any(name == key or name.startswith(f"{key}.") for name in listed), key
    for row in rows:
        assert row["used_by"], row["key"]
        assert row["options"], row["key"]
        assert row["value"] == "" or row["titles"], row["key"]
        assert row["stated_unit"] in ("", row["unit"]) or row["conversion"].startswith(
            f"{float(row['stated_value']):g}"
        )


def test_no_amount_mixes_prices_of_two_parameters(answer: Assessment) -> None:
    for option in answer.all_options:
        for row in option.ledger.money:
            figures = [figure for key in row.basis for figure in find_figures(key, answer.evidence)]
            prices = [figure for figure in figures if figure.unit.startswith("USD")]
            assert len({figure.name for figure in prices}) == 1 or not row.usd, row


def test_shares_by_grade_and_by_year_of_prices_sum_to_one_and_nothing_is_without_a_grade(answer: Assessment) -> None:
    for option in answer.all_options:
        money, time = money_grade_shares(option, answer.evidence), time_grade_shares(option, answer.evidence)
        for shares in (money, time, price_year_shares(option, answer.evidence)):
            assert fsum(shares.values()) == pytest.approx(1.0)
        assert money["-"] == 0
        at_sea_h = fsum(row.hours for row in option.ledger.time if row.component == "ferry" and not row.basis)
        assert time["-"] == pytest.approx(at_sea_h / option.ledger.time_h)


def test_an_hour_costs_at_least_as_weak_a_dollar_as_it_is_itself(answer: Assessment) -> None:
    """The clock parts of the cost rest on the rate and on the hours: they cannot be better than the hours."""
    evidence = answer.evidence
    for option in answer.all_options:
        drivers = tuple(row for row in option.ledger.money if row.component == "driver")
        paid = replace(option, ledger=replace(option.ledger, money=drivers))
        assert len(drivers) == len(option.ledger.time)
        if len(option.plates) == 1:  # one rate, so that USD are in proportion to hours
            assert (
                weak_share(money_grade_shares(paid, evidence)) >= weak_share(time_grade_shares(option, evidence)) - 1e-9
            )


def test_the_summary_prints_the_shares_of_every_option(answer: Assessment) -> None:
    document = json.loads(summary_json(answer))
    assert document["base_year"] == 2025
    for printed, option in zip(document["options"], answer.options, strict=True):
        evidence = printed["evidence"]
        money, time = money_grade_shares(option, answer.evidence), time_grade_shares(option, answer.evidence)
        assert evidence["money_share_on_c_and_d"] == pytest.approx(weak_share(money), abs=1e-4)
        assert evidence["time_share_on_c_and_d"] == pytest.approx(weak_share(time), abs=1e-4)
        assert sum(evidence["money_share_by_price_year"].values()) == pytest.approx(1.0, abs=1e-3)


def test_what_the_scenario_sets_is_shown_as_its_own() -> None:
    evidence = read_evidence()
    scenario = read_scenario("islamabad-minsk", known=evidence.known_names()).scenario
    own = {"parameters.diesel_usd_per_l.PAK": 1.5, "crossings.khunjerab.PAK-CHN.queue_h": 7.0}
    answer = run(scenario.model_copy(update={"override": own}), evidence, progress=lambda _: None)
    rows = {row["key"]: row for row in csv.DictReader(io.StringIO(evidence_csv(answer)))}
    assert {key for key, row in rows.items() if row["set_by"] == "scenario"} == set(own)
    assert rows["parameters.diesel_usd_per_l.PAK"]["price_year"] == "2025"
    used = {row.figure.key: row for row in build_used_figures(answer)}
    assert "border_queue" in used["crossings.khunjerab.PAK-CHN.queue_h"].components


def test_a_published_price_in_a_currency_whose_rate_is_a_guess_is_a_guess_in_dollars() -> None:
    evidence = read_evidence()
    diesel = evidence.parameter("diesel_usd_per_l", "PAK")
    assert (diesel.grade, evidence.parameter("fx_local_per_usd", "PKR").grade) == ("B", "D")
    assert weakest_grade(diesel.basis, evidence) == "D"  # the worst of B and D
    assert weakest_grade(evidence.parameter("diesel_usd_per_l", "UZB").basis, evidence) == "A"  # stated in USD


def test_a_share_of_the_cargo_s_value_is_in_prices_of_the_base_year() -> None:
    evidence = read_evidence().overridden({"parameters.premium_share.KAZ": 0.001})
    assert price_year(("parameters.premium_share.KAZ",), evidence) == "2025"
    assert price_year((), evidence) == "undated"
