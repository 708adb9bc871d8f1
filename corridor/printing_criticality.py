"""Posts, legs and pairs that a trip cannot easily do without, on the terminal: tables for people, JSON for programs."""

from __future__ import annotations

import sys
from dataclasses import asdict
from typing import Any

from corridor.analysis.losses import Loss
from corridor.futures.criticality import CriticalityStudy
from corridor.printing import print_json, print_table
from corridor.report.criticality_rows import build_criticality_sections
from corridor.report.numerals import NBSP


def print_criticality(study: CriticalityStudy, *, as_json: bool) -> None:
    """Which post matters most, which legs and pairs, and which posts together cut the trip."""
    if as_json:
        print_json(criticality_document(study))
        return
    for number, section in enumerate(build_criticality_sections(study)):
        sys.stdout.write("\n" * bool(number) + f"{_plain(section.title)}\n{_plain(section.text)}\n\n")
        if section.header:
            rows = [[_plain(cell) for cell in row] for row in section.rows]
            print_table([_plain(cell) for cell in section.header], rows, right=section.number_columns)


def criticality_document(study: CriticalityStudy) -> dict[str, Any]:
    """All figures with all their digits; amounts are null where no way is left, shares from 0 to 1."""
    found, trip = study.at_means, study.scenario.trip
    return {
        "origin": trip.origin,
        "destination": trip.destination,
        "departure": trip.departure.isoformat(),
        "at_mean_inputs": {
            "best_way": list(found.best.post_ids),
            "posts": [_loss_document(loss) for loss in found.posts],
            "legs": [_loss_document(loss) for loss in found.legs],
            "pairs": [_loss_document(loss) for loss in found.pairs],
            "posts_without_loss": list(found.spare_posts),
            "is_proven": found.is_proven,
        },
        "over_futures": {
            "futures": study.futures,
            "ways": study.ways,
            "posts": [asdict(loss) for loss in study.posts],
            "legs": [asdict(loss) for loss in study.legs],
            "pairs": [asdict(loss) for loss in study.pairs],
        },
        "pairs_that_cut": [list(pair) for pair in found.cutting_pairs],
        "smallest_cuts": [list(cut) for cut in found.cuts],
    }


def _loss_document(loss: Loss) -> dict[str, Any]:
    money = loss.money
    return {
        "without": list(loss.without),
        "best_way_left": list(loss.way.post_ids) if loss.way else None,
        "generalised_usd": loss.generalised_usd,
        "money_usd": money.known_usd if money else None,
        "money_reading": money.reading if money else None,
        "time_h": loss.time_h,
        "co2e_wtw_kg": loss.co2e_wtw_kg,
    }


def _plain(text: str) -> str:
    return text.replace(NBSP, " ")
