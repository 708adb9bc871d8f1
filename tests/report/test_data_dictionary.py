"""The data dictionary: every column of every table is described, and nothing else."""

import csv
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import geopandas as gpd
import openpyxl
import pandas as pd
import pyarrow.parquet as pq
import pyogrio
import pytest

from corridor.analysis.disruptions import Episode
from corridor.analysis.replay import ReplayedEpisode
from corridor.futures.calendar import DepartureCalendar
from corridor.futures.criticality import FRAME_COLUMNS
from corridor.futures.indifference import find_indifference
from corridor.futures.tornado import Tornado
from corridor.network.roads import RoadNetwork
from corridor.report.data_dictionary import DescribedColumn, build_data_dictionary, read_data_dictionary
from corridor.report.figures import AHEAD, BUILDERS, FIGURES
from tests.futures.change_trip import FEE, drawn_assessment, labels_of

from .test_calendar_rows import cell
from .test_replay_chart import STRIKE, loss, replay_of

OF_QGIS = "options.gpkg: layer_styles"
"""A table in a form that QGIS prescribes."""


def columns_of_tables(folder: Path) -> dict[str, list[str]]:
    """Table as the dictionary names it -> its columns, read from the files of a run."""
    tables = {path.relative_to(folder).as_posix(): _header(path) for path in folder.rglob("*.csv")}
    for sheet in openpyxl.load_workbook(folder / "workbook.xlsx"):
        tables[f"workbook.xlsx: {sheet.title}"] = [str(header.value) for header in sheet[1]]
    for layer, _ in pyogrio.list_layers(folder / "options.gpkg"):
        tables[f"options.gpkg: {layer}"] = list(gpd.read_file(folder / "options.gpkg", layer=layer).columns)
    for path in folder.glob("*.parquet"):
        tables[path.name] = pq.read_schema(path).names
    del tables[OF_QGIS]
    return tables


def _header(path: Path) -> list[str]:
    with path.open(encoding="utf-8", newline="") as file:
        return next(csv.reader(file))


def described(rows: Iterable[DescribedColumn]) -> dict[str, list[str]]:
    columns = defaultdict(list)
    for row in rows:
        columns[row.table].append(row.column)
    return dict(columns)


def replay_frame() -> pd.DataFrame:
    losses = (loss(1.0, 600.0), loss(2.0, 700.0), loss(3.0, 500.0))
    barred = ReplayedEpisode(Episode((STRIKE,)), "A", "taftan", ("taftan",), ("khunjerab",), 600.0, 10, 1, *losses)
    return replay_of(barred).to_frame()


def calendar_frame() -> pd.DataFrame:
    cells = (cell("A", 0, p50_days=14.0, usd=100),)
    return DepartureCalendar((cells[0].departure,), ("A",), cells, (), (), date(2026, 5, 31)).to_frame()


def test_every_column_of_a_run_is_described_in_its_order_and_none_is_extra(run_folder: Path) -> None:
    with (run_folder / "data_dictionary.csv").open(encoding="utf-8", newline="") as file:
        rows = [DescribedColumn(**row) for row in csv.DictReader(file)]
    assert described(rows) == columns_of_tables(run_folder)


def test_the_workbook_has_the_same_dictionary(run_folder: Path) -> None:
    with (run_folder / "data_dictionary.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    sheet = openpyxl.load_workbook(run_folder / "workbook.xlsx")["Data dictionary"]
    assert [[value or "" for value in row] for row in sheet.iter_rows(values_only=True)] == rows


@pytest.mark.parametrize(
    ("figure", "columns"),
    [
        ("tornado", list(Tornado(("A", "B"), 1, 0.0, ()).to_frame().columns)),
        ("criticality", list(FRAME_COLUMNS)),
        ("calendar", list(calendar_frame().columns)),
        ("replay", list(replay_frame().columns)),
    ],
)
def test_figures_that_look_ahead_are_described_where_they_were_drawn(figure: str, columns: list[str]) -> None:
    tables = described(build_data_dictionary([figure]))
    assert tables[f"figures/{figure}.csv"] == columns
    assert not {f"figures/{other}.csv" for other in FIGURES if other != figure} & tables.keys()


def test_the_numbers_behind_the_figure_of_two_queues_have_columns_of_their_own(toy_network: RoadNetwork) -> None:
    drawn = drawn_assessment(toy_network, "uncertainty.draws=256")
    found = find_indifference(drawn, [FEE, "parameters.diesel_usd_per_l.AFG"], between=labels_of(drawn), size=2)
    rows = [row for row in build_data_dictionary(["queues"], found) if row.table == "figures/queues.csv"]
    assert [row.column for row in rows] == list(found.to_frame().columns)
    assert [row.unit for row in rows[:2]] == [found.x.unit, "USD/l"]


def test_every_figure_is_described() -> None:
    figures = {table for table in described(read_data_dictionary()) if table.startswith("figures/")}
    assert figures == {f"figures/{name}.csv" for name in (*BUILDERS, *AHEAD)}


def test_each_row_says_a_meaning_and_each_quantity_a_unit() -> None:
    ends = ("_h", "_km", "_usd", "_kg", "_days", "_share", "_l")
    for row in read_data_dictionary():
        assert row.meaning, row
        assert row.unit or not row.column.endswith(ends), row
