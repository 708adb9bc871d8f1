"""The sections and the map on posts and legs that a trip cannot easily do without."""

from __future__ import annotations

import json
from dataclasses import replace

import matplotlib as mpl
import pytest

from corridor.analysis.assessment import Assessment
from corridor.analysis.trip import build_trip
from corridor.futures.criticality import CriticalityStudy, study_criticality
from corridor.network.roads import RoadNetwork
from corridor.printing_criticality import criticality_document, print_criticality
from corridor.report.criticality_map import build_criticality_map
from corridor.report.criticality_marks import build_leg_bands, build_post_marks, post_radius_pt
from corridor.report.criticality_rows import (
    HEADER,
    MOST_SHOWN,
    build_criticality_sections,
    leg_section,
    pair_section,
    post_section,
)
from corridor.report.criticality_wording import (
    criticality_title,
    cut_sentence,
    pair_text,
    pairs_sentence,
    proof_sentence,
)
from corridor.report.numerals import NBSP
from corridor.report.pictures import STYLE, svg_bytes
from corridor.report.sections import markdown
from corridor.routing.steps import Element
from tests.analysis.conftest import toy_scenario
from tests.futures.toy_futures import toy_evidence


def study_of(network: RoadNetwork, *assignments: str) -> CriticalityStudy:
    keys = ("vehicle.empty_return_share=0.4", "criteria.carbon_usd_per_t=80", "uncertainty.draws=1024")
    scenario = toy_scenario(*keys, *assignments)
    return study_criticality(build_trip(scenario, toy_evidence(), network))


@pytest.fixture
def study(toy_network: RoadNetwork) -> CriticalityStudy:
    return study_of(toy_network)


def test_the_title_names_the_post_with_the_greatest_mean_loss(study: CriticalityStudy) -> None:
    loss = study.posts[0]
    names: dict[Element, str] = {"torkham": "Torkham", "hairatan": "Hairatan", "chaman": "Chaman"}
    name = names[loss.without[0]]
    title = criticality_title(study).replace(NBSP, " ")
    assert title == f"Which post matters most: to do without {name} costs {loss.generalised_usd:,.0f} USD a truck"


def test_every_row_has_as_many_cells_as_its_header(study: CriticalityStudy) -> None:
    sections = build_criticality_sections(study)
    assert [section.header for section in sections] == [(name, *HEADER) for name in ("Post", "Leg", "Pair")]
    for section in sections:
        assert {len(row) for row in section.rows} == {len(section.header)}
    assert markdown("Page", "", sections).count("\n## ") == 3


def test_a_row_of_a_post_shows_its_loss_at_mean_inputs_and_over_the_futures(study: CriticalityStudy) -> None:
    loss, row = study.posts[0], post_section(study).rows[0]
    at_means_usd = study.at_means.loss_usd(loss.without)
    assert row[0].endswith(" (Afghanistan/Pakistan)") or row[0].endswith(" (Afghanistan/Uzbekistan)")
    assert row[2:5] == (f"{at_means_usd:,.0f}", f"{loss.generalised_usd:,.0f}", f"{loss.p90_generalised_usd:,.0f}")


def test_posts_that_the_best_way_does_without_leave_it_as_it_is(study: CriticalityStudy) -> None:
    spare = [loss for loss in study.posts if loss.without[0] in study.at_means.spare_posts]
    rows = post_section(study).rows[-len(spare) :]
    assert [(row[2], row[-1]) for row in rows] == [("0", "as now")] * len(spare) != []


def test_posts_with_a_mean_loss_below_a_dollar_are_counted(study: CriticalityStudy) -> None:
    small = replace(study.posts[-1], generalised_usd=0.4)
    section = post_section(replace(study, posts=(*study.posts[:-1], small)))
    assert len(section.rows) == len(study.posts) - 1
    assert "Not listed: 1 post with a mean loss of at most 1 USD." in section.text


def test_a_leg_that_costs_what_a_post_at_its_end_does_is_named_with_it_and_not_listed(study: CriticalityStudy) -> None:
    section = leg_section(study)
    assert "Islamabad – Torkham (Torkham)" in section.text
    assert "Islamabad – Torkham" not in {row[0] for row in section.rows}


def test_a_leg_that_costs_less_than_the_posts_at_its_ends_is_listed(study: CriticalityStudy) -> None:
    cheap = {leg.without[0]: replace(leg, generalised_usd=2.0) for leg in study.legs}
    between: Element = ("torkham@AFG", "hairatan@AFG")
    section = leg_section(replace(study, legs=(cheap[between],)))
    assert [row[0] for row in section.rows] == ["Torkham – Hairatan"]
    assert section.rows[0][3] == "2"
    assert "brackets" not in section.text


def test_legs_and_pairs_beyond_the_greatest_are_counted(study: CriticalityStudy) -> None:
    between: Element = ("torkham@AFG", "hairatan@AFG")
    leg = next(replace(leg, generalised_usd=2.5) for leg in study.legs if leg.without == (between,))
    section = leg_section(replace(study, legs=(leg,) * (MOST_SHOWN + 2)))
    assert len(section.rows) == MOST_SHOWN
    assert section.text.endswith("Not listed: 2 legs with a mean loss of at most 3 USD.")


def test_pairs_that_repeat_pairs_of_posts_are_counted_and_not_listed(study: CriticalityStudy) -> None:
    found = study.at_means
    repeated = len(found.pairs) - len(found.telling_pairs)
    assert repeated > 0
    assert f"costs the same at mean inputs: {repeated} pairs with a leg." in pairs_sentence(study)
    assert len(pair_section(study).rows) == len(found.telling_pairs)


def test_pairs_that_cut_the_trip_are_named(study: CriticalityStudy) -> None:
    assert "Chaman and Torkham" in pairs_sentence(study)
    cutting = [row for row in pair_section(study).rows if row[-1] == "no way is left"]
    assert len(cutting) == len(study.at_means.cutting_pairs) == 3
    assert {row[2] for row in cutting} == {"–"}


def test_a_pair_with_a_leg_says_which_is_the_leg(study: CriticalityStudy) -> None:
    pair: tuple[Element, ...] = ("torkham", ("chaman@AFG", "torghundi@AFG"))
    assert pair_text(pair, study.evidence) == "Torkham and the leg Chaman – Torghundi"


def test_the_smallest_cuts_are_named_with_what_they_cut(study: CriticalityStudy) -> None:
    assert cut_sentence(study) == (
        "The fewest posts that cut Islamabad from Tashkent when closed together are "
        "Chaman and Torkham, or Farap and Hairatan: 2 ways share no post."
    )


def with_cuts(study: CriticalityStudy, *cuts: tuple[str, ...]) -> CriticalityStudy:
    return replace(study, at_means=replace(study.at_means, cuts=cuts))


def test_a_cut_of_three_says_that_no_pair_does(study: CriticalityStudy) -> None:
    text = cut_sentence(with_cuts(study, ("chaman", "farap", "torkham")))
    assert text.startswith("No pair of posts cuts Islamabad from Tashkent. The fewest posts that")
    assert text.endswith("are Chaman, Farap and Torkham: 3 ways share no post.")


def test_a_cut_of_one_and_no_cut(study: CriticalityStudy) -> None:
    assert cut_sentence(with_cuts(study, ("torkham",))) == "Closed alone, Torkham cuts Islamabad from Tashkent."
    assert cut_sentence(with_cuts(study)) == ""


def test_a_post_without_which_no_way_is_left_leads_title_and_table(toy_network: RoadNetwork) -> None:
    study = study_of(toy_network, "routes.avoid.posts=[chaman]")
    assert criticality_title(study) == "Which post matters most: without Torkham no way is left"
    first = post_section(study).rows[0]
    assert (first[0], first[1].replace(NBSP, " "), first[3]) == ("Torkham (Afghanistan/Pakistan)", "100 %", "–")
    assert first[-1] == "no way is left"


def test_a_post_that_the_scenario_asks_for_is_said_to_be(toy_network: RoadNetwork) -> None:
    study = study_of(toy_network, "routes.via=[hairatan]")
    assert post_section(study).rows[0][-1] == "no way is left (the scenario asks for it)"


def test_a_search_that_was_stopped_is_confessed(study: CriticalityStudy) -> None:
    assert proof_sentence(study) == ""
    assert "stopped early" in proof_sentence(replace(study, at_means=replace(study.at_means, is_proven=False)))


def test_the_document_is_json_and_says_null_where_no_way_is_left(study: CriticalityStudy) -> None:
    document = json.loads(json.dumps(criticality_document(study)))
    assert document["smallest_cuts"] == [["chaman", "torkham"], ["farap", "hairatan"]]
    pairs = document["at_mean_inputs"]["pairs"]
    amounts = {
        tuple(pair["without"]): pair["generalised_usd"]
        for pair in pairs
        if not any(isinstance(element, list) for element in pair["without"])
    }
    assert amounts["chaman", "torkham"] is None
    legs = [leg["without"] for leg in document["at_mean_inputs"]["legs"]]
    assert legs[0] == [["islamabad", "torkham@PAK"]]
    assert [["islamabad", "torkham@PAK"]] in [leg["without"] for leg in document["over_futures"]["legs"]]
    assert document["over_futures"]["posts"][0]["generalised_usd"] == study.posts[0].generalised_usd


def test_the_terminal_shows_all_three_tables(study: CriticalityStudy, capsys: pytest.CaptureFixture[str]) -> None:
    print_criticality(study, as_json=False)
    lines = capsys.readouterr().out.splitlines()
    assert [line for line in lines if line.startswith(("Which post", "Pairs that", "Legs that"))] == [
        section.title.replace(NBSP, " ") for section in build_criticality_sections(study)
    ]


def test_the_area_of_a_circle_grows_with_the_loss() -> None:
    at_nothing = post_radius_pt(0.0)
    assert (post_radius_pt(400.0) - at_nothing) == pytest.approx(2 * (post_radius_pt(100.0) - at_nothing))


def test_posts_on_the_map_are_those_that_matter_and_those_that_cut(study: CriticalityStudy) -> None:
    marks = {mark.name: mark for mark in build_post_marks(study)}
    assert set(marks) >= {"Torkham", "Chaman", "Hairatan", "Farap"}
    assert all(marks[name].is_in_cut for name in ("Torkham", "Chaman", "Hairatan", "Farap"))
    losses = {loss.without[0]: loss.generalised_usd for loss in study.posts}
    assert marks["Torkham"].text == f"Torkham {losses['torkham']:,.0f}"


def test_each_leg_with_a_loss_over_the_futures_is_a_band_on_the_map_greatest_first(study: CriticalityStudy) -> None:
    bands = build_leg_bands(study)
    assert [band.loss_usd for band in bands] == [leg.generalised_usd for leg in study.legs if leg.generalised_usd >= 1]
    first = study.leg_stages[study.legs[0].without[0]]
    assert (bands[0].lon[0], bands[0].lat[-1]) == (first.lon[0], first.lat[-1])


def test_the_same_study_draws_the_same_map(assessment: Assessment, study: CriticalityStudy) -> None:
    with mpl.rc_context(STYLE):
        first, second = (svg_bytes(build_criticality_map(assessment, study)) for _ in range(2))
    assert first == second
