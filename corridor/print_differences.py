"""Differences on the terminal: sentences and tables for people, exact numbers as JSON for programs."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from corridor.analysis.comparison import QUANTITIES, Comparison, OptionPair, ReportedRun
from corridor.analysis.explain import Difference
from corridor.printing import print_json, print_table
from corridor.report import comparing
from corridor.report.difference_wording import difference_sentence, generalised_sentence, unknown_sentences
from corridor.report.explaining import SIGNS_KEY, DifferenceTable, Names, build_difference_tables
from corridor.report.numerals import NBSP

DECIMALS = 2
"""Cents, hundredths of an hour, ten grams."""


def print_difference(difference: Difference, run: ReportedRun, *, as_json: bool) -> None:
    """Why the second option differs from the first."""
    if as_json:
        print_json({"run": run.name, **difference_document(difference)})
        return
    _print_lines([difference_sentence(difference, run.names), generalised_sentence(difference)])
    _print_lines(unknown_sentences(difference, run.names))
    _print_lines(_closed_sentences(difference, run))
    tables = build_difference_tables(difference, run.names, decimals=DECIMALS)
    for table in tables:
        _print_difference_table(table, f"{difference.label_b} less {difference.label_a}")
    if any(table.has_bounds for table in tables):
        _print_lines(["", SIGNS_KEY])


def _closed_sentences(difference: Difference, run: ReportedRun) -> list[str]:
    """Which of the two cannot be used on the day."""
    closed = {option.label for option in run.options if option.rank is None}
    labels = dict.fromkeys((difference.label_a, difference.label_b))
    return [
        f"{label} is closed on the day; its figures are as if its posts were open."
        for label in labels
        if label in closed
    ]


def _print_difference_table(table: DifferenceTable, head: str) -> None:
    sys.stdout.write("\n")
    rows = [[row.name, row.amount, row.places] for row in table.rows]
    print_table([table.title, head, "mostly"], [*rows, ["Total", table.total, ""]], right=(1,))


def difference_document(difference: Difference) -> dict[str, Any]:
    """Totals and parts with all their digits."""
    return {
        "a": difference.label_a,
        "b": difference.label_b,
        "b_less_a": {
            "money_usd": difference.total("money"),
            "money_bound": difference.bound,
            "cargo_time_usd": difference.cargo_time_usd,
            "carbon_usd": difference.carbon_usd,
            "generalised_cost_usd": difference.generalised_cost_usd,
            "time_h": difference.total("time"),
            "co2e_wtw_kg": difference.total("co2e"),
        },
        "parts": [asdict(part) | {"difference": part.amount} for part in difference.parts],
        "unknown_in_a_only": [asdict(unknown) for unknown in difference.unknown_in_a],
        "unknown_in_b_only": [asdict(unknown) for unknown in difference.unknown_in_b],
        "unknown_in_both": [asdict(unknown) for unknown in difference.unknown_in_both],
    }


def print_comparison(comparison: Comparison, names: Names, *, as_json: bool) -> None:
    """What differs between two runs: inputs, results, and which input changed them."""
    if as_json:
        print_json(comparison_document(comparison))
        return
    _print_lines([f"Old: {comparison.old_name}", f"New: {comparison.new_name}", ""])
    _print_lines([*comparing.input_sentences(comparison), *comparing.result_sentences(comparison, names)])
    _print_inputs(comparison)
    _print_options(comparison)
    _print_shares(comparison)


def _print_inputs(comparison: Comparison) -> None:
    changed = [*comparison.changed_keys, *comparison.changed_evidence]
    if changed:
        sys.stdout.write("\nChanged inputs\n")
        header = ["key", "old", "new", "source of the old", "source of the new"]
        print_table(header, map(comparing.input_cells, changed))


def _print_options(comparison: Comparison) -> None:
    if comparison.has_same_results:
        return
    sys.stdout.write("\nOptions, matched by their chain of posts\n")
    rows = [comparing.option_cells(pair) for pair in comparison.options]
    print_table(comparing.OPTION_HEADER, rows, right=range(2, len(comparing.OPTION_HEADER)))


def _print_shares(comparison: Comparison) -> None:
    attribution = comparison.attribution
    if attribution is None or (not attribution.shares and attribution.rest.is_nothing):
        return
    sys.stdout.write("\nWhat changes the best option: mean over all orders of changing the keys\n")
    print_table(comparing.SHARE_HEADER, comparing.share_rows(attribution), right=range(1, len(comparing.SHARE_HEADER)))
    _print_lines(comparing.SHARE_NOTES)
    _print_lines(attribution.notes)


def _print_lines(lines: Iterable[str]) -> None:
    for line in lines:
        sys.stdout.write(line.replace(NBSP, " ") + "\n")


def comparison_document(comparison: Comparison) -> dict[str, Any]:
    """Inputs, results and shares with all their digits."""
    attribution = comparison.attribution
    return {
        "old": comparison.old_name,
        "new": comparison.new_name,
        "same_inputs": comparison.has_same_inputs,
        "same_results": comparison.has_same_results,
        "changed_keys": [asdict(row) for row in comparison.changed_keys],
        "changed_evidence": [asdict(row) for row in comparison.changed_evidence],
        "changed_digests": list(comparison.changed_files),
        "changed_versions": [asdict(row) for row in comparison.changed_versions],
        "options": [_pair_document(pair) for pair in comparison.options],
        "best": difference_document(comparison.best) if comparison.best else None,
        "attribution": None if attribution is None else asdict(attribution) | {"change": asdict(attribution.change)},
    }


def _pair_document(pair: OptionPair) -> dict[str, Any]:
    return {
        "chain": [f"{post}.{direction}" for post, direction in pair.chain],
        "old": asdict(pair.old) if pair.old else None,
        "new": asdict(pair.new) if pair.new else None,
        "change": {quantity: pair.change(quantity) for quantity in QUANTITIES},
    }
