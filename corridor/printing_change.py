"""What would change the answer, on the terminal: sentences and tables for people, all digits as JSON."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from corridor.analysis.assessment import Assessment
from corridor.errors import ScenarioError
from corridor.futures.breakeven import find_break_even, find_break_evens
from corridor.futures.indifference import find_indifference
from corridor.futures.leverage import find_leverage
from corridor.futures.sensitivity import find_sensitivity
from corridor.printing import print_json, print_table
from corridor.report.breakeven_rows import break_even_lines, indifference_lines, leverage_section
from corridor.report.breakeven_table import break_evens_section
from corridor.report.change_documents import (
    break_even_document,
    break_evens_document,
    indifference_document,
    sensitivity_document,
)
from corridor.report.change_rows import build_change_sections
from corridor.report.numerals import NBSP
from corridor.report.sections import Section

NUMBERS_MAX = 2


def print_break_even(
    assessment: Assessment,
    keys: Sequence[str],
    *,
    between: tuple[str, str] | None = None,
    low: float | None = None,
    high: float | None = None,
    figure: Path | None = None,
    as_json: bool,
) -> None:
    """How far numbers have to move before another option is the better one.

    Parameters
    ----------
    keys : of one number; of two, for the line on which both options cost the same; none, for a table of all
    between : labels of two options, open or closed
    low, high : range of one number
    figure : .png or .svg of two numbers
    """
    if len(keys) > NUMBERS_MAX:
        raise ScenarioError(f"breakeven: expected at most two numbers, got {len(keys)}. Ask about them in turn.")
    if len(keys) < NUMBERS_MAX and figure:
        raise ScenarioError(f"breakeven: a figure is of two numbers, got {len(keys)}. Name two with --parameter.")
    if len(keys) != 1 and (low, high) != (None, None):
        raise ScenarioError(f"breakeven: a range is of one number, got {len(keys)}. Name one with --parameter.")
    if len(keys) == NUMBERS_MAX:
        _print_indifference(assessment, keys, between, figure, as_json=as_json)
    elif keys:
        found = find_break_even(assessment, keys[0], between=between, low=low, high=high)
        _print(break_even_document(found), break_even_lines(found, assessment), as_json=as_json)
    else:
        _print_all(assessment, between, as_json=as_json)


def _print_indifference(
    assessment: Assessment, keys: Sequence[str], between: tuple[str, str] | None, figure: Path | None, *, as_json: bool
) -> None:
    found = find_indifference(assessment, keys, between=between)
    if figure:
        from corridor.report.indifference_chart import write_indifference_chart

        write_indifference_chart(found, assessment, figure)
    lines = [*indifference_lines(found, assessment), *([f"Figure: {figure}"] if figure else [])]
    _print(indifference_document(found), lines, as_json=as_json)


def _print_all(assessment: Assessment, between: tuple[str, str] | None, *, as_json: bool) -> None:
    table = find_break_evens(assessment, between=between)
    leverage = find_leverage(assessment) if assessment.options else None
    if as_json:
        print_json(break_evens_document(table, leverage))
        return
    fees = [leverage_section(leverage, assessment)] if leverage else []
    _print_sections([break_evens_section(table), *fees])


def print_sensitivity(
    assessment: Assessment,
    *,
    between: tuple[str, str] | None = None,
    trucks_per_year: float | None = None,
    as_json: bool,
) -> None:
    """What moves the gap between two options, where the doubt is from, what a survey is worth, and rules in words."""
    if trucks_per_year is not None and not trucks_per_year > 0:
        raise ScenarioError(f"trucks-per-year: expected a number above 0, got {trucks_per_year:g}. Correct it.")
    sensitivity = find_sensitivity(assessment, between=between)
    if as_json:
        print_json(sensitivity_document(sensitivity, trucks_per_year=trucks_per_year))
        return
    _print_sections(build_change_sections(sensitivity, assessment, trucks_per_year=trucks_per_year))


def _print(document: dict[str, Any], lines: Iterable[str], *, as_json: bool) -> None:
    if as_json:
        print_json(document)
        return
    for line in lines:
        sys.stdout.write(f"{_plain(line)}\n")


def _print_sections(sections: Iterable[Section]) -> None:
    for number, section in enumerate(sections):
        sys.stdout.write("\n" * bool(number) + f"{_plain(section.title)}\n{_plain(section.text)}\n")
        if section.rows:
            sys.stdout.write("\n")
            rows = [[_plain(cell) for cell in row] for row in section.rows]
            print_table(section.header, rows, right=section.number_columns)


def _plain(text: str) -> str:
    return text.replace(NBSP, " ")
