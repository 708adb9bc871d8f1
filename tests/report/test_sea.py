"""The section against the sea: its words, its cells, and nothing unescaped."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace

import pytest

from corridor.analysis.assessment import Assessment
from corridor.analysis.sea_ways import Crossover, SeaBenchmark, SeaWay, TruckLeg
from corridor.costs.ledger import Ledger, MoneyRow, TimeRow
from corridor.evidence import SailingFigure, Voyage
from corridor.futures.outlook import Outlook
from corridor.report.html import build_html
from corridor.report.pictures import Picture
from corridor.report.sea_rows import build_sea_rows, build_voyage_rows, crossover_text, sea_title
from corridor.report.summary import summary_json

from .conftest import HOSTILE
from .fake_trip import SHIPPED


def figure(value: float | None) -> SailingFigure:
    return SailingFigure(value, None, None, 2025, (), "D", "invented")


def truck_leg(start: str, end: str, *, hours: float, usd: float) -> TruckLeg:
    ledger = Ledger((TimeRow(0, "PAK", "drive", hours, ()),), (MoneyRow(0, "PAK", "fuel", usd, ()),), ())
    return TruckLeg(start, end, ("PAK",), (("taftan", "PAK-IRN"),), ("PAK plates in IRN",), 800.0, ledger)


def sea_way(*, port_name: str = "Gdansk", freight_usd: float | None = 3000.0) -> SeaWay:
    """24 + 24 h of trucks, 40 days at sea and 8 in port; 500 + 700 USD of trucks."""
    legs = truck_leg("A", "B", hours=24.0, usd=500.0), truck_leg("C", "D", hours=24.0, usd=700.0)
    voyage = Voyage(figure(13_000.0), figure(960.0), figure(192.0), figure(freight_usd), figure(150.0))
    return SeaWay("gdansk", port_name, legs, voyage, "out", cargo_usd_per_h=10.0, carbon_usd_per_kg=0.0)


@pytest.fixture
def by_sea(assessment: Assessment) -> Assessment:
    return replace(assessment, sea=SeaBenchmark((sea_way(),), {"klaipeda": "no way"}, ""))


def test_cells_add_up_by_hand(by_sea: Assessment) -> None:
    (row,) = build_sea_rows(by_sea)
    assert (row.usd, row.is_lower_bound) == ("4,350", False)  # 500 + 700 + 3,000 + 150
    assert row.days == "50.0"  # 2 of trucks, 40 at sea, 8 in port
    assert row.day_parts == "sea 40.0, ports 8.0, trucks 2.0"
    assert row.generalised == "16,350"  # 4,350 + 10 USD/h x 1,200 h
    assert row.assumed == "PAK plates in IRN"


def test_an_unknown_freight_makes_the_total_at_least_and_is_named(assessment: Assessment) -> None:
    by_sea = replace(assessment, sea=SeaBenchmark((sea_way(freight_usd=None),), {}, ""))
    (row,) = build_sea_rows(by_sea)
    assert (row.usd, row.is_lower_bound, row.unknown) == ("1,350", True, "ocean freight")
    assert "freight unknown" in row.usd_parts
    assert "at least 1,350" in sea_title(by_sea).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("crossover", "text"),
    [
        (Crossover("always", None), "at any value of time"),
        (Crossover("never", None), "never"),
        (Crossover("above", 166.7), "above 167 USD a day"),
        (Crossover("below", 20.0), "below 20 USD a day"),
    ],
)
def test_every_verdict_has_its_words(crossover: Crossover, text: str) -> None:
    assert crossover_text(crossover).replace("\u00a0", " ") == text


def test_the_page_has_the_section_and_the_ports_left_out(by_sea: Assessment, pictures: Mapping[str, Picture]) -> None:
    page = build_html(by_sea, Outlook(), pictures, SHIPPED)
    section = page[page.index('<section id="sea"') :].partition("</section>")[0]
    assert "Gdansk" in section
    assert "klaipeda: no way." in section
    assert '<a href="#sea">Against the sea</a>' in page


def test_without_a_benchmark_the_section_says_why(page: str) -> None:
    section = page[page.index('<section id="sea"') :].partition("</section>")[0]
    assert "The sea was not asked for." in section
    assert "<table" not in section


def test_the_name_of_a_port_is_escaped(assessment: Assessment, pictures: Mapping[str, Picture]) -> None:
    hostile = replace(assessment, sea=SeaBenchmark((sea_way(port_name=HOSTILE),), {}, ""))
    page = build_html(hostile, Outlook(), pictures, SHIPPED)
    assert "<script>alert(1)</script>" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_the_summary_holds_the_benchmark(by_sea: Assessment) -> None:
    sea = json.loads(summary_json(by_sea))["sea"]
    (way,) = sea["ways"]
    assert (way["money_usd"], way["time_h"], way["ship_co2e_wtw_kg"]) == (4350.0, 1200.0, None)
    assert sea["missing"] == {"klaipeda": "no way"}


def test_every_figure_of_a_voyage_is_listed_with_its_grade(by_sea: Assessment) -> None:
    rows = build_voyage_rows(by_sea)
    assert [row.figure.unit for row in rows] == ["km", "h", "h", "USD", "USD"]
    assert {row.figure.grade for row in rows} == {"D"}
