"""The table of CPMM's country figures."""

from __future__ import annotations

from pathlib import Path

import pytest

from corridor.bundled import data_path
from corridor.errors import DataError
from corridor.evidence import read_evidence
from corridor.evidence.cpmm import read_cpmm

HEADER = "country,item,year,value,source,grade,note\n"


def test_the_latest_figures_are_those_of_the_published_tables() -> None:
    values = {(row.country, row.item, row.year): row.value for row in read_evidence().cpmm}
    assert values["PAK", "swod_km_per_h", 2023] == 24.8  # 2023 report, Pakistan
    assert values["KAZ", "tfi1_out_h", 2022] == 4.0  # 2022 report, Kazakhstan: 4.3 (4.0/4.6)
    assert values["CAREC", "tfi3_usd", 2021] == 1256  # 2022 report, road transport
    assert values["TKM", "tfi1_out_h", 2022] == 34.6


def test_every_country_mean_lies_between_its_two_directions() -> None:
    values = {(row.country, row.item, row.year): row.value for row in read_evidence().cpmm}
    for (country, item, year), mean in values.items():
        ways = [values.get((country, f"tfi1_{way}_h", year)) for way in ("out", "in")]
        if item == "tfi1_h" and None not in ways:
            low, high = sorted(way for way in ways if way is not None)
            assert low <= mean <= high, (country, year)


def test_faults_of_the_table_are_named_with_their_lines(tmp_path: Path) -> None:
    evidence = read_evidence()
    table = tmp_path / "cpmm.csv"
    table.write_text(
        HEADER + "PAX,tfi1_h,2020,1,cpmm-2022-pakistan,A,\nPAK,tfi1_h,2020,0,nowhere,A,\n", encoding="utf-8"
    )
    with pytest.raises(DataError) as caught:
        read_cpmm(table, evidence.sources, evidence.countries)
    assert "cpmm.csv:2: country: expected a row of countries.csv, got 'PAX'" in str(caught.value)
    assert "cpmm.csv:3: source: unknown source 'nowhere'" in str(caught.value)
    assert "cpmm.csv:3: value: expected more than 0, got 0" in str(caught.value)


def test_the_shipped_table_names_each_figure_once() -> None:
    lines = data_path("cpmm.csv").read_text(encoding="utf-8").splitlines()[1:]
    assert len({tuple(line.split(",")[:3]) for line in lines}) == len(lines)
