"""Each check of the ledger of evidence finds what it is for, and names it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from corridor.evidence import Evidence, Parameter, Source, check_ledger, check_tables
from corridor.evidence.ledger_checks import STALE_AFTER_YEARS
from corridor.scenario import bundled_measures, read_measure

KEY = ("driver_usd_per_h", "KAZ")


def with_parameter(evidence: Evidence, **changes: Any) -> Evidence:
    row: Parameter = replace(evidence.parameters[KEY], **changes)
    return replace(evidence, parameters={**evidence.parameters, KEY: row})


MEASURES = [read_measure(name, known=None).measure for name in bundled_measures()]


def findings(evidence: Evidence, check: str) -> list[str]:
    return [row.text for row in check_ledger(evidence, MEASURES) if row.check == check]


@pytest.mark.parametrize(
    ("check", "changes", "words"),
    [
        ("source", {"source": ()}, "names no source"),
        ("range", {"value": 9.0}, "the mean is outside its range; expected 1.36 to 2.32, got 9"),
        ("order", {"low": 3.0}, "expected low <= high, got low 3, high 2.32"),
        ("bounds", {"high": 51.0}, "high: expected 0 to 50 USD/h, got 51"),
        ("missing source", {"source": ("lost",)}, "'lost' is missing; parameters.csv names it"),
        ("grade", {"grade": "E"}, "expected a grade from A to D, got 'E'"),
        ("upgraded", {"grade": "B"}, "grade B rests on general-knowledge alone; expected D, or a publication"),
        ("note", {"note": ""}, "grade D without a note"),
        ("conversion", {"currency": "GBP"}, "expected a row of 'fx_local_per_usd' for GBP, got none"),
        ("year", {"year": None, "note": "a guess"}, "has no year"),
        ("stale", {"year": 2026 - STALE_AFTER_YEARS - 1}, "of 2020, more than 5 years before 2026-05-31"),
        ("undated", {"year": None, "note": "undated"}, "undated"),
    ],
)
def test_a_faulty_parameter_is_named(evidence: Evidence, check: str, changes: dict[str, Any], words: str) -> None:
    before = findings(evidence, check)
    (found,) = [text for text in findings(with_parameter(evidence, **changes), check) if text not in before]
    assert words in found
    assert "driver_usd_per_h.KAZ" in found or check == "missing source"


def without_unit(evidence: Evidence) -> Evidence:
    definition = replace(evidence.definitions["idle_share"], unit="")
    return replace(evidence, definitions={**evidence.definitions, "idle_share": definition})


def with_undated_source(evidence: Evidence) -> Evidence:
    lost = Source("lost", "A report", "", None, "", None)
    return replace(evidence, sources={**evidence.sources, "lost": lost})


def with_a_row_twice(evidence: Evidence) -> Evidence:
    return replace(evidence, measured_times=(*evidence.measured_times, evidence.measured_times[0]))


def without_indexing(evidence: Evidence) -> Evidence:
    return replace(evidence, prices=replace(evidence.prices, indexing={}))


@pytest.mark.parametrize(
    ("check", "damage", "words"),
    [
        ("unit", without_unit, "parameters.idle_share.*: has no unit"),
        ("unused source", with_undated_source, "'lost' is used by no row"),
        ("undated source", with_undated_source, "'lost' has neither year nor read_on"),
        ("duplicate", with_a_row_twice, "2 equal rows. Keep one."),
        ("indexing", without_indexing, "'driver_usd_per_h' has no row"),
    ],
)
def test_a_faulty_table_is_named(
    evidence: Evidence, check: str, damage: Callable[[Evidence], Evidence], words: str
) -> None:
    assert findings(evidence, check) == []
    assert any(words in text for text in findings(damage(evidence), check))


def with_sailing_of(evidence: Evidence, **changes: Any) -> Evidence:
    ferry = evidence.ferries["alat_aktau"]
    assert ferry.ferry is not None
    sailing = ferry.ferry.sailings["AZE-KAZ"]
    changed = replace(sailing, sail_h=replace(sailing.sail_h, **changes))
    line = replace(ferry.ferry, sailings={**ferry.ferry.sailings, "AZE-KAZ": changed})
    return replace(evidence, ferries={**evidence.ferries, "alat_aktau": replace(ferry, ferry=line)})


def with_voyage_of(evidence: Evidence, **changes: Any) -> Evidence:
    route = evidence.sea_routes["klaipeda"]
    voyage = replace(route.voyages["out"], sail_h=replace(route.voyages["out"].sail_h, **changes))
    changed = replace(route, voyages={**route.voyages, "out": voyage})
    return replace(evidence, sea_routes={**evidence.sea_routes, "klaipeda": changed})


@pytest.mark.parametrize("damage", [with_sailing_of, with_voyage_of])
@pytest.mark.parametrize(
    ("check", "changes", "words"),
    [
        ("source", {"source": ()}, "names no source"),
        ("missing source", {"source": ("lost",)}, "'lost' is missing"),
        ("grade", {"grade": "E"}, "expected a grade from A to D, got 'E'"),
        ("note", {"grade": "D", "note": ""}, "grade D without a note"),
        ("year", {"year": None, "note": "a guess"}, "has no year"),
        ("order", {"low": 2000.0, "high": 1000.0}, "expected low <= high, got low 2000, high 1000"),
    ],
)
def test_a_faulty_figure_of_a_ferry_or_a_voyage_is_named(
    evidence: Evidence, damage: Callable[..., Evidence], check: str, changes: dict[str, Any], words: str
) -> None:
    assert findings(evidence, check) == []
    found = findings(damage(evidence, **changes), check)
    assert any(words in text and ("sail_h" in text or "csv names it" in text) for text in found)


def test_the_bundled_tables_have_no_fault(evidence: Evidence) -> None:
    for known in (evidence, evidence.with_ferries()):
        assert [row for row in check_ledger(known, MEASURES) if row.severity == "fault"] == []


def test_faults_come_before_warnings(evidence: Evidence) -> None:
    severities = [row.severity for row in check_ledger(with_parameter(evidence, note=""))]
    assert severities == sorted(severities)
    assert set(severities) == {"fault", "warning"}


def test_the_numbers_of_a_scenario_are_not_held_against_the_tables(evidence: Evidence) -> None:
    own = evidence.overridden({"parameters.diesel_usd_per_l.PAK": 1.1, "parameters.diesel_usd_per_l.KAZ": "x0.5"})
    assert [
        row for row in check_ledger(own, MEASURES) if row.severity == "fault" and "diesel_usd_per_l" in row.text
    ] == []


def test_a_later_day_of_the_tables_makes_more_of_them_stale(evidence: Evidence) -> None:
    later = replace(evidence, as_of=date(2031, 1, 1))
    assert len(findings(later, "stale")) > len(findings(evidence, "stale"))


def test_a_table_that_cannot_be_read_is_reported_row_by_row(tables: Path) -> None:
    (tables / "cargo_kinds.csv").unlink()
    (found,) = check_tables(tables)
    assert (found.severity, found.check) == ("fault", "reading")
    assert "cargo_kinds.csv: the table is missing" in found.text
