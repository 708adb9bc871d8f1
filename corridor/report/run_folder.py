"""A run folder read back: what was reported, and the rows it is made of."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from math import fsum, isfinite
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from corridor.analysis.accounts import Entry, OptionAccount, Quantity
from corridor.analysis.assessment import Assessment
from corridor.analysis.comparison import EvidenceValue, ReportedOption, ReportedRun
from corridor.errors import DataError
from corridor.report.ledger_csv import (
    COST_COLUMNS,
    EVIDENCE_COLUMNS,
    LEG_COLUMNS,
    POST_COLUMNS,
    costs_csv,
    evidence_csv,
    legs_csv,
    posts_csv,
)
from corridor.report.manifest import manifest_json
from corridor.report.summary import summary_json
from corridor.scenario import parse_scenario, write_resolved

QUANTITIES: Mapping[str, Quantity] = {"money": "money", "time": "time", "co2e_wtw": "co2e"}
"""What costs.csv calls the quantities that are explained."""

TABLES = {
    "costs.csv": COST_COLUMNS,
    "posts.csv": POST_COLUMNS,
    "legs.csv": LEG_COLUMNS,
    "evidence.csv": EVIDENCE_COLUMNS,
}
FILES = ("scenario.resolved.yaml", "manifest.json", "summary.json", *TABLES)
CENT_USD, CENT_H = 0.01, 1e-3
"""By how much the sum of the rows of costs.csv may miss a total of summary.json, both being rounded."""

ADVICE = "Run the scenario again."


class _Post(BaseModel):
    crossing: str
    direction: str


class _Option(BaseModel):
    label: str
    chain: list[_Post]
    length_km: float
    time_h: float
    money_usd: float
    is_lower_bound: bool
    cargo_time_usd: float
    carbon_usd: float
    generalised_cost_usd: float


class _Summary(BaseModel):
    run_id: str
    rival: str | None
    countries: dict[str, str]
    options: list[_Option]
    closed_options: list[_Option]

    @property
    def all_options(self) -> list[_Option]:
        return [*self.options, *self.closed_options]


class _Manifest(BaseModel):
    versions: dict[str, str]
    inputs_sha256: dict[str, str]


Document = TypeVar("Document", bound=BaseModel)


def read_run_folder(folder: Path) -> ReportedRun:
    """What a run left behind, checked: every file is there, and its rows add up to its totals.

    Raises
    ------
    DataError
        A file is missing or damaged, or rows and totals contradict each other.
    """
    missing = [name for name in FILES if not (folder / name).is_file()]
    if missing:
        raise DataError(
            f"{folder}: no whole run folder; expected {', '.join(FILES)}, got none of the name {missing[0]}. {ADVICE}"
        )
    return _build_run({name: _read_text(folder / name) for name in FILES}, str(folder))


def report_run(assessment: Assessment) -> ReportedRun:
    """What a run would leave behind, without writing it."""
    return _build_run(run_texts(assessment), assessment.run_id)


def run_texts(assessment: Assessment) -> dict[str, str]:
    """The files of a run that can be read back: name -> text."""
    return {
        "scenario.resolved.yaml": write_resolved(assessment.scenario),
        "manifest.json": manifest_json(assessment, command=""),
        "summary.json": summary_json(assessment),
        "costs.csv": costs_csv(assessment),
        "posts.csv": posts_csv(assessment),
        "legs.csv": legs_csv(assessment),
        "evidence.csv": evidence_csv(assessment),
    }


def _read_text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"{path}: cannot be read; expected UTF-8 text, got other bytes. {ADVICE}") from error


def _build_run(texts: Mapping[str, str], where: str) -> ReportedRun:
    summary = _read_json(_Summary, texts["summary.json"], f"{where}/summary.json")
    manifest = _read_json(_Manifest, texts["manifest.json"], f"{where}/manifest.json")
    tables = {name: _read_rows(texts[name], columns, f"{where}/{name}") for name, columns in TABLES.items()}
    accounts = tuple(_account(option, tables, where) for option in summary.all_options)
    return ReportedRun(
        name=summary.run_id,
        scenario=parse_scenario(texts["scenario.resolved.yaml"], label=f"{where}/scenario.resolved.yaml"),
        options=tuple(_reported_options(summary)),
        accounts=accounts,
        rival=summary.rival or "",
        names=summary.countries | {row["crossing_id"]: row["name"] for row in tables["posts.csv"]},
        inputs_sha256=manifest.inputs_sha256,
        versions=manifest.versions,
        evidence={
            row["key"]: EvidenceValue(row["value"], row["unit"], row["source"]) for row in tables["evidence.csv"]
        },
    )


def _read_json(model: type[Document], text: str, where: str) -> Document:
    try:
        return model.model_validate_json(text)
    except ValidationError as error:
        fault = error.errors(include_url=False)[0]
        at = ".".join(str(step) for step in fault["loc"]) or "the file"
        raise DataError(
            f"{where}: damaged, or written by another version; expected what `corridor run` writes, "
            f"got at {at}: {fault['msg']}. {ADVICE}"
        ) from None


def _read_rows(text: str, columns: Sequence[str], where: str) -> list[dict[str, str]]:
    header, *lines = list(csv.reader(io.StringIO(text, newline=""))) or [[]]
    if tuple(header) != tuple(columns):
        raise DataError(
            f"{where}: other columns; expected {', '.join(columns)}, got {', '.join(header) or 'nothing'}. {ADVICE}"
        )
    short = next((number for number, line in enumerate(lines, start=2) if len(line) != len(columns)), None)
    if short is not None:
        got = len(lines[short - 2])
        raise DataError(f"{where}:{short}: damaged; expected {len(columns)} cells, got {got}. {ADVICE}")
    return [dict(zip(columns, line, strict=True)) for line in lines]


def _reported_options(summary: _Summary) -> Iterator[ReportedOption]:
    for number, option in enumerate(summary.all_options, start=1):
        yield ReportedOption(
            label=option.label,
            chain=tuple((post.crossing, post.direction) for post in option.chain),
            rank=number if number <= len(summary.options) else None,
            length_km=option.length_km,
            time_h=option.time_h,
            money_usd=option.money_usd,
            is_lower_bound=option.is_lower_bound,
            generalised_cost_usd=option.generalised_cost_usd,
        )


def _account(option: _Option, tables: Mapping[str, list[dict[str, str]]], where: str) -> OptionAccount:
    own = {name: [row for row in rows if row.get("option") == option.label] for name, rows in tables.items()}
    posts = {row["stage"]: row["crossing_id"] for row in own["posts.csv"]}
    account = OptionAccount(
        label=option.label,
        entries=tuple(_entries(own["costs.csv"], posts, f"{where}/costs.csv")),
        cargo_time_usd=option.cargo_time_usd,
        carbon_usd=option.carbon_usd,
        km_by_country=_km_by_country(own["legs.csv"], f"{where}/legs.csv"),
    )
    _check_sum(account, "money", option.money_usd, CENT_USD, where)
    _check_sum(account, "time", option.time_h, CENT_H, where)
    return account


def _entries(rows: Sequence[Mapping[str, str]], posts: Mapping[str, str], where: str) -> Iterator[Entry]:
    for row in rows:
        if row["quantity"] in QUANTITIES:
            stage = row["stage"]
            place = posts.get(stage, row["label"])
            amount = _number(row["amount"], where) if row["amount"] else None
            quantity = QUANTITIES[row["quantity"]]
            yield Entry(quantity, row["component"], row["country"], place, stage in posts, amount)


def _km_by_country(rows: Sequence[Mapping[str, str]], where: str) -> dict[str, float]:
    length_km: dict[str, float] = {}
    for row in rows:
        length_km[row["country"]] = length_km.get(row["country"], 0.0) + _number(row["length_km"], where)
    return length_km


def _number(text: str, where: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = float("nan")
    if not isfinite(number):
        raise DataError(f"{where}: damaged; expected a number, got '{text[:40]}'. {ADVICE}")
    return number


def _check_sum(account: OptionAccount, quantity: Quantity, reported: float, slack: float, where: str) -> None:
    found = fsum(entry.amount or 0.0 for entry in account.entries if entry.quantity == quantity)
    if abs(found - reported) > slack:
        raise DataError(
            f"{where}: costs.csv and summary.json disagree on the {quantity} of option {account.label}; "
            f"expected {reported:.2f}, got a sum of {found:.2f}. {ADVICE}"
        )
