"""What differs between two runs, in sentences and in rows of tables."""

from __future__ import annotations

from collections.abc import Callable

from corridor.analysis.attribution import Attribution, BestFigures
from corridor.analysis.comparison import ChangedInput, Comparison, OptionPair, ReportedOption
from corridor.report.difference_wording import difference_sentence
from corridor.report.explaining import Names
from corridor.report.numerals import HOURS_PER_DAY, joined
from corridor.report.rounding import rounded, rounded_parts
from corridor.report.verdict import signed

OPTION_HEADER = ("posts", "rank", "days", "change", "USD", "change", "gen. USD", "change", "km", "change")
SHARE_HEADER = ("changed", "alone", "last", "gen. USD", "USD", "hours")
SHARE_NOTES = (
    "alone: generalised USD when only this is changed in the old scenario; last: when all else is already new.",
)
SHARE_DECIMALS = 2
REST = "data, network or version"

_SCALES: dict[str, tuple[float, int]] = {
    "time_h": (1 / HOURS_PER_DAY, 1),
    "money_usd": (1.0, 0),
    "generalised_cost_usd": (1.0, 0),
    "length_km": (1.0, 0),
}
"""Quantity -> factor and decimals with which a table prints it."""


def input_sentences(comparison: Comparison) -> list[str]:
    """What the two runs have in common and in what they differ."""
    if comparison.has_same_inputs:
        return ["The two scenarios are identical, and so are the data and the version of the program."]
    sentences = [] if comparison.changed_keys else ["The two scenarios are identical."]
    if comparison.changed_files:
        sentences.append(f"Other digests: {joined(comparison.changed_files)}.")
    if comparison.changed_versions:
        changed = [f"{row.key} {row.old} -> {row.new}" for row in comparison.changed_versions]
        sentences.append(f"Other versions: {joined(changed)}.")
    return sentences


def input_cells(changed: ChangedInput) -> list[str]:
    """One row: key, both values, and where each comes from."""
    return [changed.key, changed.old, changed.new, _source_text(changed.old_source), _source_text(changed.new_source)]


def _source_text(source: str) -> str:
    """The first of several sources, and how many others there are."""
    first, *others = source.split(";")
    return f"{first} and {len(others)} more" if others else first


def result_sentences(comparison: Comparison, names: Names) -> list[str]:
    """Whether results differ, and how the best option has changed."""
    if comparison.has_same_results:
        return ["No result differs."]
    best = comparison.best
    old, new = ranked_first(comparison, "old"), ranked_first(comparison, "new")
    if best is None or old is None or new is None:
        return ["One of the runs has no open option, so there is no best one to compare."]
    stays = old.chain == new.chain
    way = f"stays {_chain_text(old)}" if stays else f"changes from {_chain_text(old)} to {_chain_text(new)}"
    return [f"The best option {way}.", difference_sentence(best, names)]


def ranked_first(comparison: Comparison, side: str) -> ReportedOption | None:
    """The best option of a side, ``old`` or ``new``; None where no way is open."""
    options = (getattr(pair, side) for pair in comparison.options)
    return next((option for option in options if option is not None and option.rank == 1), None)


def _chain_text(option: ReportedOption) -> str:
    return " > ".join(post for post, _ in option.chain) or "a way without a border post"


def option_cells(pair: OptionPair) -> list[str]:
    """One row: posts, ranks, and each figure with its change; the old figure where the option is gone."""
    shown = pair.new or pair.old
    chain = " > ".join(post for post, _ in pair.chain) or "no border"
    cells = [chain, f"{_rank_text(pair.old)} -> {_rank_text(pair.new)}"]
    for quantity in ("time_h", "money_usd", "generalised_cost_usd", "length_km"):
        factor, decimals = _SCALES[quantity]
        change = pair.change(quantity)
        has_bound = shown is not None and shown.is_lower_bound and quantity.endswith("_usd")
        cells.append(f"{'≥' if has_bound else ''}{getattr(shown, quantity) * factor:,.{decimals}f}")
        cells.append("" if change is None else signed(change * factor, decimals=decimals))
    return cells


def _rank_text(option: ReportedOption | None) -> str:
    if option is None:
        return "absent"
    return "closed" if option.rank is None else str(option.rank)


def share_rows(attribution: Attribution) -> list[list[str]]:
    """One row per group of keys, then the rest and the total; printed shares add up to the printed total."""
    shares = attribution.shares
    names = [", ".join(share.keys) for share in shares]
    means = [share.mean for share in shares]
    if not attribution.rest.is_nothing:
        names.append(REST)
        means.append(attribution.rest)
    totals = [rounded(read(attribution.change), decimals=SHARE_DECIMALS) for read in _SHOWN]
    columns = [_column([*map(read, means)], total) for read, total in zip(_SHOWN, totals, strict=True)]
    firsts = [
        (
            signed(share.from_old.generalised_cost_usd, decimals=2),
            signed(share.from_new.generalised_cost_usd, decimals=2),
        )
        for share in shares
    ]
    firsts += [("", "")] * (len(names) - len(shares))
    rows = [[name, *first, *cells] for name, first, *cells in zip(names, firsts, *columns, strict=True)]
    return [*rows, ["total", "", "", *(signed(total, decimals=SHARE_DECIMALS) for total in totals)]]


_SHOWN: tuple[Callable[[BestFigures], float], ...] = (
    lambda figures: figures.generalised_cost_usd,
    lambda figures: figures.money_usd,
    lambda figures: figures.time_h,
)
"""What the columns of shares show."""


def _column(means: list[float], total: float) -> list[str]:
    printed = rounded_parts(means, decimals=SHARE_DECIMALS, total=total)
    return [signed(amount, decimals=SHARE_DECIMALS) for amount in printed]
