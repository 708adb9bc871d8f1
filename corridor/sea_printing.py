"""The sea benchmark on the terminal."""

from __future__ import annotations

import sys

from corridor.analysis.assessment import Assessment
from corridor.printing import print_json, print_table
from corridor.report.sea_rows import (
    SEA_METHOD,
    build_sea_rows,
    cargo_time_sentence,
    missing_ports,
    sea_title,
)
from corridor.report.sea_summary import sea_document


def print_sea(assessment: Assessment, *, as_json: bool) -> None:
    """Ways by sea beside the best way by road, or why there are none."""
    if as_json:
        print_json(sea_document(assessment))
        return
    sys.stdout.write(f"{_plain(sea_title(assessment))}\n")
    if assessment.sea.reason:
        sys.stdout.write(f"{assessment.sea.reason}\n")
        return
    _print_ways(assessment)
    assumed = sorted({entry for way in assessment.sea.ways for leg in way.truck_legs for entry in leg.assumed})
    if assumed:
        sys.stdout.write(f"No rule found, entry assumed (grade D): {', '.join(assumed)}.\n")
    for line in (*missing_ports(assessment), cargo_time_sentence(assessment), SEA_METHOD):
        sys.stdout.write(f"{_plain(line)}\n")


def _print_ways(assessment: Assessment) -> None:
    header = ["by", "days", "sea, ports, trucks", "USD", "gen. USD", "t CO2e by road", "road wins", "unknown at sea"]
    rows = [
        [
            row.port, row.days, _plain(row.day_parts), f"{'≥' if row.is_lower_bound else ''}{row.usd}",
            f"{'≥' if row.is_lower_bound else ''}{row.generalised}", row.co2e, _plain(row.road_wins), row.unknown,
        ]
        for row in build_sea_rows(assessment)
    ]  # fmt: skip
    print_table(header, rows, right=(1, 3, 4, 5))


def _plain(text: str) -> str:
    return text.replace("\u00a0", " ")
