"""The one-page brief: the report's sentences and numbers, one page whatever a run holds, the same bytes everywhere."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from markupsafe import escape
from pypdf import PdfReader

from corridor.analysis.assessment import Assessment, Option
from corridor.futures.outlook import Outlook, draw_outlook
from corridor.futures.study import FuturesStudy, study_futures
from corridor.network.roads import RoadNetwork
from corridor.report.brief import build_brief_pdf, compile_brief, draw_brief_map
from corridor.report.brief_rows import LISTED_MAX, build_brief_rows, listed_options, unlisted_sentence
from corridor.report.brief_text import MOVES_MAX, Brief, Point, build_brief, build_points
from corridor.report.findings import Findings
from corridor.report.futures_rows import certainty_section
from corridor.report.futures_wording import confidence_text
from corridor.report.maps import BRIEF_WIDTH_IN, build_brief_map
from corridor.report.numerals import NBSP
from corridor.report.outlook_groups import build_outlook_groups
from corridor.report.palette import option_styles
from corridor.report.summary import summary_json
from corridor.scenario import bundled_scenarios
from corridor.scenario_reading import run_on_roads
from tests.futures.by_hand import outcomes_by_hand
from tests.futures.toy_futures import build_toy_futures
from tests.hash_seeds import printed_under_hash_seeds

from .fake_study import N, four_options, study_of
from .fake_trip import POSTS, SHIPPED, build_assessment

MARKUP = '#image("/etc/passwd") *b* _i_ $x^2$ @ref <label> // /* \\ = "q" `r` [c] 中 ا 🚛'
LONG_POINT = Point(
    "How far a number must move before another option is better", "queue at a post, from 1 h to 2 h. " * 2
)
LEAST_TYPE_PT = 6.5
LAST_LINE = "isinreport.htmlbesidethispage."


def brief_of(assessment: Assessment, study: FuturesStudy | None = None) -> Brief:
    return build_brief(Findings(assessment, Outlook(study=study)), SHIPPED)


def pdf_of(assessment: Assessment, study: FuturesStudy | None = None) -> PdfReader:
    return read(build_brief_pdf(Findings(assessment, Outlook(study=study)), any_map(), SHIPPED))


def read(pdf: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(pdf))


@cache
def any_map() -> bytes:
    """A map where it does not matter which."""
    return draw_brief_map(build_assessment(), "ABCD")


def letters_of(text: str) -> str:
    """A text without spaces, which lines break at and long words are given more of."""
    return re.sub(r"[\s\u200b]", "", text)


def text_of(pdf: PdfReader) -> str:
    """The letters on the only page."""
    (page,) = pdf.pages
    return letters_of(page.extract_text())


def with_title(title: str) -> Assessment:
    fair = build_assessment()
    return replace(fair, scenario=fair.scenario.model_copy(update={"title": title}))


def many(options: Sequence[Option], count: int) -> tuple[Option, ...]:
    """So many options, lettered on; all but the last run on the roads of the first."""
    letters = [chr(ord("A") + number) for number in range(count)]
    return tuple(
        replace(options[number % len(options)], label=label, shared_with_best_share=float(label != letters[-1]))
        for number, label in enumerate(letters)
    )


def test_the_sentences_are_those_of_the_report(assessment: Assessment, page: str) -> None:
    brief = brief_of(assessment)
    sentences = [brief.headline, brief.runner_up, brief.closed, brief.ranking, brief.title, *brief.facts, *brief.misuse]
    sentences += [
        brief.disclaimer,
        brief.map_remark,
        *(sure.rstrip(".") for sure in brief.sure if "Grades" not in sure),
    ]
    assert all(str(escape(sentence)) in page for sentence in sentences)


def test_the_confidence_is_that_of_the_report(assessment: Assessment) -> None:
    study = four_options()
    assert brief_of(assessment, study).confidence == confidence_text(assessment, study)
    assert brief_of(assessment).confidence == ""


def test_every_text_stands_on_the_page(assessment: Assessment) -> None:
    brief = brief_of(assessment, four_options())
    text = text_of(pdf_of(assessment, four_options()))
    told = [
        brief.title,
        brief.headline,
        brief.runner_up,
        brief.confidence,
        brief.map_remark,
        brief.ranking,
        brief.closed,
    ]
    told += [brief.left_out, brief.disclaimer, brief.futures, *brief.sure, *brief.misuse, *brief.facts]
    told += [name for row in brief.rows for name in (*row.posts, row.corridor, row.usd, row.half_within, row.first)]
    assert [each for each in told if letters_of(each) not in text] == []
    assert brief.run_id in text
    assert text.endswith(LAST_LINE)


def test_letters_and_numbers_are_those_of_the_summary(assessment: Assessment) -> None:
    options = json.loads(summary_json(assessment))["options"]
    rows = build_brief_rows(assessment, None)
    assert [(row.letter.label, row.usd, row.is_lower_bound, row.days, row.co2e) for row in rows] == [
        (
            option["label"],
            f"{option['money_usd']:,.0f}",
            option["is_lower_bound"],
            f"{option['time_h'] / 24:.1f}",
            f"{option['co2e_wtw_kg'] / 1000:.1f}",
        )
        for option in options
    ]


def test_letters_have_the_colours_of_the_report(assessment: Assessment) -> None:
    brief, styles = brief_of(assessment), option_styles(assessment.all_options)
    letters = [*(row.letter for row in brief.rows), *brief.closed_letters]
    assert {letter.label: letter.color for letter in letters} == {key: style.color for key, style in styles.items()}


def test_days_and_odds_are_those_of_the_section_on_certainty(assessment: Assessment) -> None:
    study = four_options()
    section = certainty_section(assessment, study)
    columns = [section.header.index(name) for name in ("Days, half within", "Days, 19 in 20 within")]
    columns.append(section.header.index("Cheapest, many trips"))
    rows = build_brief_rows(assessment, study)
    assert [(row.half_within, row.most_within, row.first) for row in rows] == [
        tuple(cells[column] for column in columns) for cells in section.rows
    ]
    assert [row.first_share for row in rows] == [0.62, 0.2, 0.18, 0.0]


def test_of_ten_options_six_are_listed_with_the_best_on_other_roads(assessment: Assessment) -> None:
    ten = replace(assessment, options=many(assessment.options, 10))
    assert [option.label for option in listed_options(ten, None)] == list("ABCDEJ")
    assert unlisted_sentence(ten, None) == "4 more open ways, F, G, H and I, are in report.html."
    assert len(brief_of(ten).rows) == LISTED_MAX
    assert "4moreopenways" in text_of(pdf_of(ten))


def test_after_the_best_its_rival_and_the_leader_come_the_most_often_cheapest(assessment: Assessment) -> None:
    ten = replace(assessment, options=many(assessment.options, 10))
    usd = {label: [2000.0] * N for label in "ABCDEFGHIJ"}
    usd["H"] = [1000.0] * 60 + [1500.0] * 40  # least on average
    usd["G"] = [2000.0] * 60 + [900.0] * 30 + [2000.0] * 10
    usd["I"] = [2000.0] * 90 + [800.0] * 10
    study = study_of(outcomes_by_hand(usd))
    assert [option.label for option in listed_options(ten, study)] == list("ABGHIJ")
    assert unlisted_sentence(ten, study).replace(NBSP, " ") == (
        "4 more open ways, C, D, E and F (the cheapest in 0 %), are in report.html."
    )


def test_all_options_listed_need_no_sentence_on_others(assessment: Assessment) -> None:
    assert unlisted_sentence(assessment, None) == ""


def test_a_single_option_has_a_page_without_a_ranking(assessment: Assessment) -> None:
    alone = replace(assessment, options=assessment.options[:1], closed_options=())
    assert brief_of(alone).ranking == brief_of(alone).closed == ""
    assert "Thereisnosecondopenoption" in text_of(pdf_of(alone))


def test_without_an_open_option_the_page_says_so(assessment: Assessment) -> None:
    shut = replace(assessment, options=())
    text = text_of(pdf_of(shut))
    assert "NowayfromIslamabadtoMinskisopen" in text
    assert "Openoptions" not in text


def test_chains_of_eleven_posts_stay_on_the_page(assessment: Assessment) -> None:
    chain = tuple((post, "") for post in list(POSTS)[:11])
    ten = replace(assessment, options=tuple(replace(each, chain=chain) for each in many(assessment.options, 10)))
    text = text_of(pdf_of(ten, None))
    assert text.count("Torugart›Kordai") == LISTED_MAX
    assert text.endswith(LAST_LINE)


def test_the_longest_title_without_a_space_is_set_in_full() -> None:
    assert 200 * "W" in text_of(pdf_of(with_title(200 * "W")))


def test_markup_in_a_title_is_shown_as_text() -> None:
    pdf = pdf_of(with_title(MARKUP))
    assert letters_of(MARKUP.split(" 中")[0]) in text_of(pdf)
    assert pdf.metadata is not None
    assert pdf.metadata.title == MARKUP
    assert not pdf.get_fields()


def test_hostile_names_of_posts_and_places_are_shown_on_one_page(hostile_assessment: Assessment) -> None:
    text = text_of(pdf_of(hostile_assessment))
    assert "<script>alert(" in text
    assert text.endswith(LAST_LINE)


def test_a_page_with_all_it_can_hold_is_one_page(assessment: Assessment) -> None:
    ten = replace(assessment, options=many(assessment.options, 10))
    brief = replace(brief_of(ten), moves=(LONG_POINT,) * MOVES_MAX, confidence="Words that are many. " * 30)
    text = text_of(read(compile_brief(brief, any_map())))
    assert text.count(letters_of(LONG_POINT.text)) == MOVES_MAX
    assert text.endswith(LAST_LINE)


def test_the_page_has_a_title_a_language_tags_and_a_text_for_the_map(assessment: Assessment) -> None:
    pdf = pdf_of(assessment)
    root: Any = pdf.root_object
    assert root["/Lang"] == "en"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert brief_of(assessment).map_alt in {each["/Alt"] for each in objects_of(pdf) if "/Alt" in each}
    assert pdf.xmp_metadata is not None
    assert "pdfuaid:part" in pdf.xmp_metadata.stream.get_data().decode()


def type_sizes_pt(pdf: PdfReader) -> list[float]:
    """Sizes of the type on the only page."""
    sizes: list[float] = []

    def collect(text: str, _: object, matrix: Sequence[float], __: object, size: float) -> None:
        if text.strip():
            sizes.append(size * abs(matrix[3]))

    pdf.pages[0].extract_text(visitor_text=collect)
    return sizes


def objects_of(pdf: PdfReader) -> list[dict[str, Any]]:
    """All dictionaries of a file."""
    size: Any = pdf.trailer["/Size"]
    objects: list[Any] = [pdf.get_object(number) for number in range(1, size)]
    return [each for each in objects if isinstance(each, dict)]


def test_the_text_for_the_map_names_what_it_shows(assessment: Assessment) -> None:
    assert brief_of(assessment).map_alt == (
        "4 open ways from Islamabad to Minsk, 12 to 19 days. Map of the ways A, B, C, D, E, F and G; "
        "posts are sized by hours."
    )


def test_the_page_has_no_date_and_no_font_of_the_machine(assessment: Assessment) -> None:
    pdf = pdf_of(assessment, four_options())
    assert pdf.metadata is not None
    assert {"/CreationDate", "/ModDate"}.isdisjoint(pdf.metadata)
    names = {each["/BaseFont"].partition("+")[2] for each in objects_of(pdf) if "/BaseFont" in each}
    assert {name.split("-")[0] for name in names} == {"LibertinusSerif"}


def test_the_page_has_the_same_bytes_under_any_hash_seed() -> None:
    code = """
import hashlib
from corridor.futures.outlook import Outlook
from corridor.report.brief import build_brief_pdf, draw_brief_map
from corridor.report.findings import Findings
from tests.report.fake_study import four_options
from tests.report.fake_trip import SHIPPED, build_assessment
assessment = build_assessment()
findings = Findings(assessment, Outlook(study=four_options()))
print(hashlib.sha256(build_brief_pdf(findings, draw_brief_map(assessment, "ABCD"), SHIPPED)).hexdigest())
"""
    (printed,) = printed_under_hash_seeds(code)
    assert len(printed.strip()) == 64


def test_what_moves_the_answer_are_titles_of_the_report(toy_network: RoadNetwork) -> None:
    toy = build_toy_futures(toy_network, "uncertainty.draws=256")
    assessment = replace(
        build_assessment(), options=toy.options, closed_options=(), evidence=toy.evidence, scenario=toy.scenario
    )
    outlook = draw_outlook(assessment, progress=lambda _: None)
    titles = {f"{part.title}." for group in build_outlook_groups(assessment, outlook) for part in group.sections}
    points = [
        f"{point.subject}: {point.text}" if point.subject else point.text for point in build_points(assessment, outlook)
    ]
    assert len(points) == 2
    assert set(points) <= titles


def test_without_an_outlook_nothing_is_said_to_move_the_answer(assessment: Assessment) -> None:
    assert build_points(assessment, Outlook()) == []
    assert "Whatmovestheanswer" not in text_of(pdf_of(assessment))


def test_the_map_shows_the_listed_and_the_closed_options(assessment: Assessment) -> None:
    figure = build_brief_map(assessment, "AC")
    written = [text.get_text() for text in figure.axes[0].texts]
    assert [each for each in written if re.fullmatch("[A-Z]", each)] == list("ACEFG")
    assert figure.get_size_inches()[0] == BRIEF_WIDTH_IN


def test_no_name_on_the_map_is_too_small_to_read(assessment: Assessment) -> None:
    texts = build_brief_map(assessment, "ABCD").axes[0].texts
    assert min(float(text.get_fontsize()) for text in texts) >= LEAST_TYPE_PT


def test_with_fewer_options_the_map_is_higher(assessment: Assessment) -> None:
    of_four, of_one = (build_brief_map(assessment, shown).get_size_inches()[1] for shown in ("ABCD", "A"))
    assert of_one > of_four


@pytest.mark.parametrize("name", [name for name in bundled_scenarios() if name != "islamabad-minsk"])  # see test_paper
def test_a_bundled_scenario_is_one_page_without_small_print(name: str) -> None:
    assessment, _ = run_on_roads(name, ["uncertainty.draws=256"], against_sea=False)
    brief = replace(brief_of(assessment, study_futures(assessment)), moves=(LONG_POINT,) * MOVES_MAX)
    shown = [row.letter.label for row in brief.rows]
    pdf = read(compile_brief(brief, draw_brief_map(assessment, shown)))
    assert text_of(pdf).endswith(LAST_LINE)
    assert min(type_sizes_pt(pdf)) >= LEAST_TYPE_PT
