"""The section that holds a run against the scenario it starts from: changed inputs, results, and which input did it."""

from __future__ import annotations

from corridor.analysis.comparison import Comparison
from corridor.report import comparing
from corridor.report.explaining import Names
from corridor.report.sections import Section
from corridor.report.wording import signed_days, signed_usd

INPUT_HEADER = ("key", "before", "now", "source before", "source now")


def build_baseline_sections(comparison: Comparison, names: Names) -> list[Section]:
    """What changed on the way in, what that did to the options, and the share of each changed key in it."""
    inputs = [*comparison.changed_keys, *comparison.changed_evidence]
    text = " ".join([*comparing.input_sentences(comparison), *comparing.result_sentences(comparison, names)])
    rows = tuple(tuple(comparing.input_cells(row)) for row in inputs)
    return [
        Section(baseline_title(comparison), text, INPUT_HEADER if rows else (), rows),
        *_result_sections(comparison),
    ]


def baseline_title(comparison: Comparison) -> str:
    """By how much the best option differs from that of the baseline."""
    head = f"Against {comparison.old_name}"
    if comparison.best is None:
        return f"{head}: one of the two has no open option"
    money, hours = comparison.best.total("money"), comparison.best.total("time")
    return f"{head}: the best option has {signed_usd(money)} and {signed_days(hours)}"


def _result_sections(comparison: Comparison) -> list[Section]:
    if comparison.has_same_results:
        return []
    rows = tuple(tuple(comparing.option_cells(pair)) for pair in comparison.options)
    sections = [Section("Options before and now, matched by their chain of posts", "", comparing.OPTION_HEADER, rows)]
    attribution = comparison.attribution
    if attribution and attribution.shares:
        shares = tuple(tuple(row) for row in comparing.share_rows(attribution))
        notes = (*comparing.SHARE_NOTES, *attribution.notes)
        title = "What changes the best option: mean over all orders of changing the keys"
        sections.append(Section(title, "", comparing.SHARE_HEADER, shares, notes))
    return sections
