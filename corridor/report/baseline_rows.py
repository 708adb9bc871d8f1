"""The section that holds a run against the scenario it starts from: changed inputs, results, and which input did it."""

from __future__ import annotations

from corridor.analysis.comparison import ChainKey, Comparison, OptionPair
from corridor.report import comparing
from corridor.report.difference_wording import difference_sentence
from corridor.report.explaining import Names
from corridor.report.naming import short_post_name
from corridor.report.sections import Section
from corridor.report.wording import signed_days, signed_usd

INPUT_HEADER = ("key", "before", "now", "source before", "source now")


NOT_LISTED = "A way that is not listed is closed on that side, or enough others rank before it."


def build_baseline_sections(comparison: Comparison, names: Names) -> list[Section]:
    """What changed on the way in, what that did to the options, and the share of each changed key in it."""
    inputs = [*comparison.changed_keys, *comparison.changed_evidence]
    text = " ".join([*comparing.input_sentences(comparison), *_result_sentences(comparison, names)])
    rows = tuple(tuple(comparing.input_cells(row)) for row in inputs)
    return [
        Section(baseline_title(comparison), text, INPUT_HEADER if rows else (), rows),
        *_result_sections(comparison, names),
    ]


def baseline_title(comparison: Comparison) -> str:
    """By how much the best option differs from that of the baseline."""
    head = f"Against {comparison.old_name.rpartition('-')[0] or comparison.old_name}"
    if comparison.best is None:
        return f"{head}: one of the two has no open option"
    money, hours = comparison.best.total("money"), comparison.best.total("time")
    return f"{head}: the best option has {signed_usd(money)} and {signed_days(hours)}"


def _result_sentences(comparison: Comparison, names: Names) -> list[str]:
    old, new = comparing.ranked_first(comparison, "old"), comparing.ranked_first(comparison, "new")
    if comparison.has_same_results or comparison.best is None or old is None or new is None:
        return comparing.result_sentences(comparison, names)
    before, now = way_text(old.chain, names), way_text(new.chain, names)
    way = f"stays {now}" if old.chain == new.chain else f"changes from {before} to {now}"
    return [f"The best option {way}.", difference_sentence(comparison.best, names)]


def _result_sections(comparison: Comparison, names: Names) -> list[Section]:
    if comparison.has_same_results:
        return []
    rows = tuple(_option_row(pair, names) for pair in comparison.options)
    title = "Options before and now, matched by their chain of posts"
    sections = [Section(title, NOT_LISTED, comparing.OPTION_HEADER, rows)]
    attribution = comparison.attribution
    if attribution and attribution.shares and not attribution.change.is_nothing:
        shares = tuple(tuple(row) for row in comparing.share_rows(attribution))
        notes = (*comparing.SHARE_NOTES, *attribution.notes)
        title = "What changes the best option: mean over all orders of changing the keys"
        sections.append(Section(title, "", comparing.SHARE_HEADER, shares, notes))
    return sections


def _option_row(pair: OptionPair, names: Names) -> tuple[str, ...]:
    _, ranks, *amounts = comparing.option_cells(pair)
    return (way_text(pair.chain, names), ranks.replace("absent", "not listed").replace("->", "→"), *amounts)


def way_text(chain: ChainKey, names: Names) -> str:
    """The posts of a way as the rest of the report names them."""
    return " › ".join(short_post_name(names.get(post, post)) for post, _ in chain) or "a way without a border post"
