"""The check of a run's ways against the whole network, on the terminal."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from corridor.printing import print_json, print_table
from corridor.report.numerals import NBSP
from corridor.report.rerouting_wording import HEADER, check_sentences, gap_rows, limits_sentence

if TYPE_CHECKING:
    from corridor.analysis.assessment import Assessment
    from corridor.futures.route_check import RouteCheck


def print_route_check(check: RouteCheck, assessment: Assessment, *, as_json: bool) -> None:
    """Sentences and a table for people, every future as JSON for programs."""
    if as_json:
        print_json({"scenario": assessment.scenario.id, **route_check_document(check)})
        return
    departure = assessment.scenario.trip.departure
    sys.stdout.write(f"{assessment.origin_name} to {assessment.destination_name}, {departure:%d %b %Y}\n\n")
    for sentence in check_sentences(check, assessment.evidence):
        sys.stdout.write(f"{_plain(sentence)}\n")
    sys.stdout.write("\n")
    print_table(HEADER, [[_plain(cell) for cell in row] for row in gap_rows(check)], right=(1, 2))


def route_check_document(check: RouteCheck) -> dict[str, Any]:
    """Totals, and one record for each future."""
    return {
        "futures": check.futures,
        "has_luck": check.has_luck,
        "cheaper_share": float(check.is_cheaper.mean()),
        "other_chain_share": float(check.is_other_chain.mean()),
        "gap_share": check.quantiles(),
        "gap_usd": check.quantiles_usd(),
        "options_left_out": list(check.left_out),
        "unlisted_is_best_share": float((check.unlisted_gap_share > 0).mean()),
        "limits_sentence": _plain(limits_sentence(check)),
        "by_future": check.to_frame().reset_index().to_dict("records"),
    }


def _plain(text: str) -> str:
    return text.replace(NBSP, " ")
