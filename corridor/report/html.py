"""The report as one HTML file that asks nobody for anything."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, Literal

from corridor.analysis.assessment import Assessment
from corridor.analysis.calibration_summary import ShippedCalibration
from corridor.evidence import GRADES
from corridor.futures.outlook import Outlook
from corridor.report import (
    breakdown,
    calibration_rows,
    caveats,
    emissions,
    measure_rows,
    reweighting_panel,
    sea_rows,
    wording,
)
from corridor.report.background import DISCLAIMER
from corridor.report.embedding import embed
from corridor.report.evidence_used import build_used_figures
from corridor.report.findings import Findings
from corridor.report.futures_wording import doubt_sentence, sure_text
from corridor.report.grade_rows import GRADE_COLORS, build_grade_rows
from corridor.report.languages import DRAFT, LANGUAGES, build_language_data
from corridor.report.map_data import safe_json
from corridor.report.option_rows import OptionRow, build_option_rows
from corridor.report.outlook_groups import ahead_captions, build_outlook_groups
from corridor.report.page_parts import environment, map_texts, page_parts
from corridor.report.palette import COST_GROUPS, GROUP_COLORS, TIME_GROUPS
from corridor.report.paper import ELSEWHERE
from corridor.report.pictures import Picture
from corridor.report.post_rows import build_post_rows
from corridor.report.road_health import MAPPED_PARTS, build_mapped_rows
from corridor.report.sources import build_assumption_rows, build_source_texts, licences
from corridor.report.verdict import build_cards
from corridor.report.why_best import build_why_best

CHANGES_SHOWN = 100
"""Changed inputs that the report lists; all of them are in manifest.json."""

SCRIPTS = ("map_names", "live_map", "pictures", "reweighting", "highlight", "scrolling", "language")
"""The page's own scripts, in the order in which they run."""

CONTENTS = (
    ("ranking", "Ranking"),
    ("closed", "Closed corridors"),
    ("staircases", "Along the way"),
    ("posts", "Border ledger"),
    ("cost", "Cost and time"),
    ("carbon", "Emissions"),
    ("sea", "Against the sea"),
    ("sure", "How sure"),
    ("calendar", "When to leave"),
    ("change", "What would change it"),
    ("breakeven", "How far it must move"),
    ("critical", "Which post matters"),
    ("measures", "What if: measures"),
    ("replay", "Past closures"),
    ("baseline", "Against the baseline"),
    ("measured", "Model and measurement"),
    ("network", "Road network"),
    ("evidence", "Evidence"),
    ("limits", "Limits"),
    ("sources", "Sources"),
)
"""Anchor and name of each section that a page may have, in the order of the page."""

AHEAD = ("sure", "calendar", "change", "breakeven", "critical", "replay", "baseline")
"""Anchors of the sections that look ahead, which a page has where there is something to say."""


def build_html(
    assessment: Assessment, outlook: Outlook, pictures: Mapping[str, Picture], shipped: ShippedCalibration
) -> str:
    """The whole report page; the same assessment, outlook and pictures give the same text.

    Parameters
    ----------
    pictures : figures by name, see `corridor.report.figures`
    shipped : how the model does on observed trips

    Raises
    ------
    DataError
        The package that carries the interactive map's code is missing.
    """
    page = environment().get_template("report.html.jinja")
    return page.render(
        **page_parts(assessment, SCRIPTS),
        paper=ELSEWHERE,
        languages=LANGUAGES,
        draft=DRAFT,
        language_json=safe_json(build_language_data(assessment)),
        **_first_screen(assessment, outlook, pictures),
        **_tables(assessment),
        **_reweighting(assessment),
        **_sea_part(assessment),
        **_measured(assessment, shipped),
        **_last_part(assessment),
    )


def _first_screen(assessment: Assessment, outlook: Outlook, pictures: Mapping[str, Picture]) -> dict[str, Any]:
    open_rows = build_option_rows(assessment, assessment.options)
    closed_rows = build_option_rows(assessment, assessment.closed_options)
    groups = {group.anchor: group for group in build_outlook_groups(assessment, outlook)}
    captions = {**_captions(assessment), **ahead_captions(assessment, outlook)}
    return {
        **map_texts(assessment),
        "facts": wording.trip_facts(assessment),
        "headline": wording.headline(assessment),
        "runner_up": wording.runner_up_sentence(assessment) if assessment.options else "",
        "closed_sentence": wording.closed_sentence(assessment),
        "ranking_sentence": wording.ranking_sentence(assessment),
        "at_means": wording.AT_MEANS,
        "cards": build_cards(assessment, open_rows),
        "pictures": {
            name: embed(picture, Findings(assessment, outlook), caption=captions[name])
            for name, picture in pictures.items()
        },
        "open_rows": open_rows,
        "closed_rows": closed_rows,
        "all_rows": [*open_rows, *closed_rows],
        "doubt": doubt_sentence(assessment, outlook.study),
        "confidence": sure_text(assessment, outlook.study),
        "outlook_groups": groups,
        "contents": _contents(assessment, groups),
        "ledgers": _ledgers(assessment, [*open_rows, *closed_rows]),
    }


def _reweighting(assessment: Assessment) -> dict[str, Any]:
    """The sliders of the ranking; none where there is nothing to rank."""
    if len(assessment.options) < 2:
        return {"sliders": [], "reweighting_rule": "", "reweighting_json": ""}
    names = {row.label: row.name for row in build_option_rows(assessment, assessment.options)}
    return {
        "sliders": reweighting_panel.build_sliders(assessment),
        "reweighting_rule": reweighting_panel.RULE,
        "reweighting_json": safe_json(reweighting_panel.build_reweighting_data(assessment, names)),
    }


def _contents(assessment: Assessment, outlook_anchors: Collection[str]) -> list[tuple[str, str]]:
    """The sections that the page has."""
    is_there = {anchor: anchor in outlook_anchors for anchor in AHEAD} | {
        "closed": bool(assessment.closed_options or assessment.unreachable_corridors),
        "measures": bool(assessment.measure_effects),
    }
    return [row for row in CONTENTS if is_there.get(row[0], True)]


def _captions(assessment: Assessment) -> dict[str, str]:
    """What each figure shows, for those who cannot see it."""
    return {
        "map": wording.map_title(assessment) + ". Map of all options; posts are sized by hours.",
        "time_staircase": wording.time_title(assessment) + ". Days since departure against kilometres.",
        "cost_staircase": wording.cost_title(assessment) + ". USD since departure against kilometres.",
        "cost_by_component": "USD per truck of every option by component; the table below has the numbers.",
        "cost_by_country": "USD per truck of every option by country; the table below has the numbers.",
        "time_by_component": "Days of every option by component; the table below has the hours.",
    }


def _ledgers(assessment: Assessment, rows: list[OptionRow]) -> list[tuple[OptionRow, Any]]:
    return [
        (row, build_post_rows(option, assessment.evidence))
        for row, option in zip(rows, assessment.all_options, strict=True)
    ]


def _tables(assessment: Assessment) -> dict[str, Any]:
    first = assessment.all_options[0]
    return {
        "ranking_title": wording.ranking_title(assessment),
        "closed_title": wording.closed_title(assessment),
        "why_best": build_why_best(assessment),
        "unreachable": _unreachable(assessment),
        "measures_title": measure_rows.measures_title(assessment),
        "measures_rule": measure_rows.RULE,
        "measures_sum": measure_rows.sum_sentence(assessment.measure_effects),
        "measure_rows": measure_rows.build_measure_rows(assessment),
        "unknown_sentence": wording.unknown_sentence(assessment),
        "cost_table": breakdown.build_cost_table(assessment),
        "country_table": breakdown.build_country_table(assessment),
        "unit_rows": breakdown.build_unit_rows(assessment),
        "time_table": breakdown.build_time_table(assessment),
        "cost_key": _groups_shown(COST_GROUPS, _components(assessment, "money")),
        "time_key": _groups_shown(TIME_GROUPS, _components(assessment, "time")),
        "carbon_title": emissions.carbon_title(first, assessment),
        "carbon_rows": emissions.build_carbon_rows(assessment),
        "carbon_method": emissions.carbon_method(assessment),
    }


def _components(assessment: Assessment, quantity: Literal["money", "time"]) -> set[str]:
    """Components that some option has."""
    return {row.component for option in assessment.all_options for row in getattr(option.ledger, quantity)}


def _groups_shown(groups: Mapping[str, tuple[str, ...]], components: set[str]) -> list[tuple[str, str]]:
    """Name and colour of the groups that occur, in order."""
    return [(name, GROUP_COLORS[name]) for name, members in groups.items() if components.intersection(members)]


def _unreachable(assessment: Assessment) -> list[tuple[str, str]]:
    corridors = assessment.evidence.corridors
    return [
        (f"{corridors[key].name} ({corridors[key].code})", reason)
        for key, reason in assessment.unreachable_corridors.items()
    ]


def _sea_part(assessment: Assessment) -> dict[str, Any]:
    return {
        "sea_title": sea_rows.sea_title(assessment),
        "sea_reason": assessment.sea.reason,
        "sea_rows": sea_rows.build_sea_rows(assessment),
        "sea_sentence": sea_rows.cargo_time_sentence(assessment),
        "sea_method": sea_rows.SEA_METHOD,
        "sea_missing": sea_rows.missing_ports(assessment),
        "voyage_rows": build_assumption_rows(sea_rows.build_voyage_rows(assessment)),
    }


def _measured(assessment: Assessment, shipped: ShippedCalibration) -> dict[str, Any]:
    rows = calibration_rows.build_calibration_rows(assessment)
    return {
        "measured_title": calibration_rows.calibration_title(rows),
        "measured_headings": list(calibration_rows.MEASURES_SHOWN.values()),
        "measured_rows": rows,
        "measured_method": calibration_rows.METHOD,
        "trip_sentence": calibration_rows.trip_sentence(shipped),
        "freshness": calibration_rows.freshness_sentence(shipped, assessment.evidence.own),
    }


def _last_part(assessment: Assessment) -> dict[str, Any]:
    rows = build_used_figures(assessment)
    return {
        "limits": caveats.limits(assessment),
        "misuse": caveats.MISUSE,
        "evidence_title": caveats.evidence_title(assessment),
        "price_year_sentence": caveats.price_year_sentence(assessment),
        "grades": list(GRADES.items()),
        "base_year": assessment.evidence.prices.base_year,
        "grade_rows": build_grade_rows(assessment),
        "grade_key": [
            (f"grade {grade}" if grade in GRADES else "not graded", color) for grade, color in GRADE_COLORS.items()
        ],
        "parameter_rows": build_assumption_rows(row for row in rows if not row.is_of_post),
        "post_evidence_rows": build_assumption_rows(row for row in rows if row.is_of_post),
        "changes": _change_rows(assessment),
        "network": caveats.network_facts(assessment),
        "mapped_rows": build_mapped_rows(assessment.network.mapped, assessment.evidence),
        "mapped_parts": list(MAPPED_PARTS.values()),
        "sources": build_source_texts([*rows, *sea_rows.build_voyage_rows(assessment)], assessment),
        "licences": licences(assessment),
        "disclaimer": DISCLAIMER,
        "run_id": assessment.run_id,
    }


def _change_rows(assessment: Assessment) -> list[tuple[str, str, str, str]]:
    """Inputs that the scenario changes, the first of them where there are very many."""
    changes = [change for change in assessment.changes if change.is_change]
    rows = [(change.key, _shown(change.old), _shown(change.new), change.origin) for change in changes[:CHANGES_SHOWN]]
    more = len(changes) - len(rows)
    return [*rows, *([(f"and {more:,} more", "", "", "see manifest.json")] if more else [])]


def _shown(value: object) -> str:
    return "nothing" if value is None else str(value)
