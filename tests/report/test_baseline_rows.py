"""The section on the baseline: what it says in its title, and which tables it has."""

from __future__ import annotations

from dataclasses import replace

from corridor.analysis.accounts import Entry, OptionAccount
from corridor.analysis.attribution import Attribution, BestFigures, Share
from corridor.analysis.comparison import ChangedInput, Comparison, OptionPair, ReportedOption
from corridor.analysis.explain import explain
from corridor.report.baseline_rows import baseline_title, build_baseline_sections
from corridor.report.numerals import with_plain_spaces

CHAIN = (("alpha", "PAK-CHN"),)
KEY = ChangedInput("override.crossings.alpha.PAK-CHN.queue_h", "24 h", "12 h", "survey", "scenario mine")


def option(*, time_h: float, money_usd: float) -> ReportedOption:
    return ReportedOption("A", CHAIN, 1, 1000.0, time_h, money_usd, is_lower_bound=False, generalised_cost_usd=5000.0)


def account(label: str, *, hours: float, usd: float) -> OptionAccount:
    entries = (
        Entry("time", "border_queue", "PAK", "alpha", is_post=True, amount=hours),
        Entry("money", "driver", "PAK", "alpha", is_post=True, amount=usd),
    )
    return OptionAccount(label, entries, cargo_time_usd=0.0, carbon_usd=0.0, km_by_country={"PAK": 1000.0})


def comparison() -> Comparison:
    """A queue halved: 12 hours and 60 USD less."""
    pair = OptionPair(CHAIN, option(time_h=100.0, money_usd=1000.0), option(time_h=88.0, money_usd=940.0))
    change = BestFigures(-60.0, -60.0, -12.0)
    share = Share((KEY.key,), change, change, change)
    difference = explain(account("before", hours=24.0, usd=120.0), account("now", hours=12.0, usd=60.0))
    attribution = Attribution((share,), BestFigures(0.0, 0.0, 0.0), ())
    return Comparison("old-run", "mine", (KEY,), (), (), (), (pair,), difference, attribution)


def test_the_title_says_by_how_much_the_best_option_differs() -> None:
    title = with_plain_spaces(baseline_title(comparison()))
    assert title == "Against old: the best option has 60 USD less and 0.5 days less"


def test_inputs_options_and_shares_have_a_table_each() -> None:
    inputs, options, shares = build_baseline_sections(comparison(), {"alpha": "Alpha"})
    assert inputs.rows == ((KEY.key, "24 h", "12 h", "survey", "scenario mine"),)
    assert options.rows[0][:4] == ("Alpha", "1 → 1", "3.7", "−0.5")
    assert shares.rows[0][0] == KEY.key
    assert shares.rows[0][-1] == "−12.00"


def test_without_a_best_option_the_title_says_so() -> None:
    without = replace(comparison(), best=None, attribution=None)
    assert baseline_title(without) == "Against old: one of the two has no open option"


def test_where_nothing_differs_there_is_no_table_of_options() -> None:
    same = option(time_h=100.0, money_usd=1000.0)
    nothing = replace(comparison(), changed_keys=(), options=(OptionPair(CHAIN, same, same),))
    (section,) = build_baseline_sections(nothing, {})
    assert "No result differs." in section.text
    assert section.header == ()
