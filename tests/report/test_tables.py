"""Tables of the report: sums, bars, posts and grades."""

from dataclasses import replace
from itertools import pairwise
from math import fsum

import pytest

from corridor.analysis.assessment import Assessment, Option
from corridor.costs.ledger import MONEY_COMPONENTS, TIME_COMPONENTS, MoneyRow, TimeRow
from corridor.evidence import RUNGS, Figure, PriceBasis, find_figures
from corridor.report.bars import cost_parts, time_parts
from corridor.report.breakdown import build_cost_table, build_unit_rows
from corridor.report.caveats import price_year_sentence
from corridor.report.emissions import build_carbon_rows, carbon_method
from corridor.report.evidence_used import (
    UsedFigure,
    build_used_figures,
    money_grade_shares,
    other_years,
    price_year_shares,
    time_grade_shares,
    weak_share,
    weakest_grade,
)
from corridor.report.numerals import NBSP
from corridor.report.option_rows import also_via_text, build_bar, named_text
from corridor.report.palette import COST_GROUPS, GROUP_COLORS, TIME_GROUPS
from corridor.report.post_rows import build_post_rows
from corridor.report.profile import build_money_steps, build_post_visits, build_time_steps
from corridor.report.sources import build_assumption_rows

from .fake_trip import build_option


def test_every_component_of_the_ledger_belongs_to_exactly_one_bar() -> None:
    assert sorted(key for keys in COST_GROUPS.values() for key in keys) == sorted(MONEY_COMPONENTS)
    assert sorted(key for keys in TIME_GROUPS.values() for key in keys) == sorted(TIME_COMPONENTS)
    assert {*COST_GROUPS, *TIME_GROUPS} == set(GROUP_COLORS)


def test_parts_of_the_bars_sum_to_the_totals(assessment: Assessment) -> None:
    for option in assessment.all_options:
        assert fsum(cost_parts(option).values()) == pytest.approx(option.ledger.money_usd, abs=0.005)
        assert fsum(time_parts(option).values()) == pytest.approx(option.ledger.time_h, abs=1e-6)


def test_bars_are_in_per_cent_of_the_widest_bar() -> None:
    parts = build_bar({"Fuel": 30.0, "Driver": 20.0}, 200.0, unit="USD")
    assert [(part.start, part.width) for part in parts] == [(0.0, 15.0), (15.0, 10.0)]  # 30 / 200, 20 / 200


def test_staircases_end_at_the_totals(assessment: Assessment) -> None:
    for option in assessment.all_options:
        assert build_time_steps(option)[-1].amount == pytest.approx(option.ledger.time_h)
        assert build_money_steps(option)[-1].amount == pytest.approx(option.ledger.money_usd)
        assert build_time_steps(option)[-1].length_km == pytest.approx(option.length_km)


def test_staircases_jump_at_posts_and_stand_still_in_kilometres_there() -> None:
    steps = build_time_steps(build_option("D"))
    jumps = [(before, after) for before, after in pairwise(steps) if after.post]
    assert jumps[0][1].post == "Taftan-Mirjaveh"
    assert all(after.length_km == before.length_km for before, after in jumps)
    assert jumps[0][1].amount - jumps[0][0].amount == pytest.approx(45.0)  # hours of Taftan in the fixture


def test_arrival_at_a_post_counts_everything_before_it(assessment: Assessment) -> None:
    option = build_option("D")
    first, second = build_post_visits(option, assessment.evidence)[:2]
    leg_h = fsum(row.hours for row in option.ledger.time if row.stage == 0)
    between_h = fsum(row.hours for row in option.ledger.time if row.stage == 2)
    assert first.arrival_h == pytest.approx(leg_h)
    assert second.arrival_h == pytest.approx(leg_h + 45.0 + between_h)


def test_unknown_fees_of_a_post_are_never_printed_as_zero(assessment: Assessment) -> None:
    rows = {row.name: row for row in build_post_rows(build_option("B"), assessment.evidence)}
    assert rows["Samur/Yarag-Kazmalyar"].fees == "unknown"
    assert rows["Samur/Yarag-Kazmalyar"].exit_fee.text == "unknown"
    assert rows["Astara"].queue.evidence == f"{RUNGS['queue_evidence']}, 2023"


def test_unknown_amounts_are_never_printed_as_zero(assessment: Assessment) -> None:
    table = build_cost_table(assessment)
    tolls = dict(table.rows)["Tolls"]
    assert tolls[table.labels.index("A")].startswith("≥ ")  # tolls of Russia and Kyrgyzstan are unknown
    assert not tolls[table.labels.index("D")].startswith("≥ ")
    assert table.totals[table.labels.index("A")].startswith("≥ ")


def test_emissions_per_tonne_kilometre_are_per_km_of_the_shortest_way(assessment: Assessment) -> None:
    row = build_carbon_rows(assessment)[0]
    driven_km = assessment.options[0].length_km
    assert row.wtw_intensity == f"{64.8 * driven_km / 6000:.0f}"  # 0.36 l/km x 3.24 kg/l / 18 t x 1000 = 64.8 g/t-km
    assert row.ttw_intensity == f"{53.4 * driven_km / 6000:.0f}"  # 0.36 x 2.67 / 18 x 1000 = 53.4
    assert row.wtw_intensity_gcd == f"{64.8 * driven_km / 4000:.0f}"


def test_the_glec_default_stands_beside_the_figure(assessment: Assessment) -> None:
    assert (
        build_carbon_rows(assessment)[0].check == f"12.3{NBSP}t{NBSP}CO₂e"
    )  # 95 g x 18 t x 6,000 km x 1.2 = 12,312 kg


def test_near_copies_are_counted_with_the_posts_they_use(assessment: Assessment) -> None:
    option = replace(build_option("D"), also_via=(("taftan", "astara"), ("taftan", "kapikule")))
    assert also_via_text(option, assessment.evidence) == "2 near-copies through parallel posts: Astara."


def two_graded_rows(option: Option) -> Option:
    """One hour of grade A and three of grade D; 25 USD of A, 75 of nothing."""
    time = (
        TimeRow(0, "PAK", "drive", 1.0, ("parameters.swod_km_per_h.PAK",)),
        TimeRow(0, "IRN", "drive", 3.0, ("parameters.swod_km_per_h.IRN", "parameters.swod_km_per_h.PAK")),
    )
    money = (
        MoneyRow(0, "PAK", "fuel", 25.0, ("parameters.swod_km_per_h.PAK",)),
        MoneyRow(0, "PAK", "toll", 75.0, ()),
        MoneyRow(0, "PAK", "permit", None, ()),
    )
    return replace(option, ledger=replace(option.ledger, time=time, money=money))


def test_a_row_counts_with_the_weakest_thing_it_rests_on(assessment: Assessment) -> None:
    option = two_graded_rows(assessment.options[0])
    shares = time_grade_shares(option, assessment.evidence)
    assert shares == {"A": 0.25, "B": 0.0, "C": 0.0, "D": 0.75, "-": 0.0}
    assert weak_share(shares) == 0.75
    assert money_grade_shares(option, assessment.evidence) == {"A": 0.25, "B": 0.0, "C": 0.0, "D": 0.0, "-": 0.75}


def test_shares_of_grades_sum_to_one(assessment: Assessment) -> None:
    for option in assessment.all_options:
        assert fsum(money_grade_shares(option, assessment.evidence).values()) == pytest.approx(1.0)
        assert fsum(time_grade_shares(option, assessment.evidence).values()) == pytest.approx(1.0)


def test_keys_of_posts_lead_to_their_hours_and_fees(assessment: Assessment) -> None:
    (queue,) = find_figures("crossings.taftan.PAK-IRN.queue_h", assessment.evidence)
    assert (queue.value, queue.unit, queue.grade, queue.year) == (15.0, "h", "A", 2023)  # 45 / 3
    (fee,) = find_figures("crossings.samur.AZE-RUS.exit_fee_usd", assessment.evidence)
    assert (fee.value, fee.unit) == (None, "USD")


def test_a_key_of_no_table_leads_to_nothing_and_has_no_grade(assessment: Assessment) -> None:
    assert find_figures("scenario.cargo.mass_t", assessment.evidence) == ()
    assert weakest_grade(("scenario.cargo.mass_t",), assessment.evidence) == "-"


def test_evidence_lists_the_options_and_components_that_use_it(assessment: Assessment) -> None:
    rows = {row.figure.key: row for row in build_used_figures(assessment)}
    assert rows["crossings.taftan.PAK-IRN.queue_h"].options == ("B", "C", "D")
    assert rows["parameters.swod_km_per_h.PAK"].components == ("drive", "driver_rest")
    assert set(rows) >= {key for option in assessment.all_options for key in option.ledger.basis}
    assert "cargo_kinds.textiles.vot_share_per_day" in rows


def test_shares_of_cost_by_the_year_of_its_prices(assessment: Assessment) -> None:
    parameters = dict(assessment.evidence.parameters)
    for scope, year in (("PAK", 2021), ("IRN", 2025)):
        parameters["diesel_usd_per_l", scope] = replace(parameters["diesel_usd_per_l", scope], price_year=year)
    evidence = replace(assessment.evidence, parameters=parameters)
    money = (
        MoneyRow(0, "PAK", "fuel", 30.0, ("parameters.diesel_usd_per_l.PAK", "parameters.swod_km_per_h.PAK")),
        MoneyRow(0, "IRN", "fuel", 50.0, ("parameters.diesel_usd_per_l.IRN",)),
        MoneyRow(0, "PAK", "toll", 20.0, ()),
        MoneyRow(0, "PAK", "permit", None, ()),
    )
    option = assessment.options[0]
    option = replace(option, ledger=replace(option.ledger, money=money))
    shares = price_year_shares(option, evidence)  # 30, 50 and 20 of 100 USD
    assert list(shares.items()) == [("2021", 0.3), ("2025", 0.5), ("undated", 0.2)]
    assert other_years(shares, 2025) == {"2021": 0.3, "undated": 0.2}


def test_a_way_that_the_minister_named_says_so_and_others_do_not(assessment: Assessment) -> None:
    evidence = assessment.evidence
    for option in assessment.all_options:
        is_named = any(evidence.corridors[name].named_by_minister for name in option.corridors)
        assert bool(named_text(option, evidence)) == is_named


def test_an_inflated_amount_says_in_whose_prices_it_is_and_what_its_source_states() -> None:
    figure = Figure(
        "parameters.x.*", "x", "*", "X", 0.0746, "USD/km", ("s",), "C", "", year=2021, price_year=2025,
        stated_value=0.049, stated_unit="EUR/km",
    )  # fmt: skip
    (row,) = build_assumption_rows([UsedFigure(figure, ("A",), ("tyres_maintenance",))])
    assert (row.year, row.stated) == ("2021, in prices of 2025", "0.049 EUR/km")
    (kept,) = build_assumption_rows([UsedFigure(replace(figure, price_year=2021), ("A",), ())])
    assert kept.year == "2021"


def test_the_report_names_the_base_year_and_what_is_in_other_prices(assessment: Assessment) -> None:
    money = (MoneyRow(0, "PAK", "fuel", 100.0, ("parameters.diesel_usd_per_l.PAK",)),)
    option = replace(assessment.options[0], ledger=replace(assessment.options[0].ledger, money=money))
    sentence = price_year_sentence(replace(assessment, options=(option,)))
    assert sentence.startswith("Base year 2025:")
    assert "100\u00a0% of A's cost is in prices of other years, 2023 (100\u00a0%)" in sentence
    same = replace(assessment.evidence, prices=PriceBasis(2023, {}, {}))
    assert price_year_sentence(replace(assessment, options=(option,), evidence=same)) == (
        "All amounts are in USD at prices of 2023."
    )


def test_a_ferry_makes_the_emissions_at_least(assessment: Assessment) -> None:
    option = assessment.options[0]
    at_sea = replace(option.ledger, time=(*option.ledger.time, TimeRow(0, "KAZ", "ferry", 20.0, ())))
    sailed = replace(assessment, options=(replace(option, ledger=at_sea), *assessment.options[1:]))
    assert build_carbon_rows(sailed)[0].wtw == f"≥ {build_carbon_rows(assessment)[0].wtw}"
    assert "ferries" not in carbon_method(assessment)
    assert "Unknown and left out: ferries (" in carbon_method(sailed)


def test_the_method_of_the_emissions_names_what_they_rest_on(assessment: Assessment) -> None:
    text = carbon_method(assessment).replace(NBSP, " ")
    for words in (
        "ISO 14083:2023",
        "GLEC Framework v3",
        "driven empty for 40 % of its km",
        "loaded to 72 % of its payload",  # 18 t of 25
        "(SFD), the shortest way through posts open on the day, 6,000 km",
        "(GCD), 4,000 km",
        "not added",
        "Out of scope: refrigeration",
    ):
        assert words in text


def test_money_is_shown_per_tonne_and_per_500_km(assessment: Assessment) -> None:
    option = assessment.options[0]
    row = build_unit_rows(assessment)[0]
    assert row.per_t == f"≥ {option.ledger.money_usd / 18:,.0f}"
    assert row.per_500_km == f"≥ {option.ledger.money_usd * 500 / option.length_km:,.0f}"
