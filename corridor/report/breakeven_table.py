"""Break-evens as tables: all numbers of two options, nearest first, and those that the report shows."""

from __future__ import annotations

from collections.abc import Sequence

from corridor.futures.breakeven import BreakEven, BreakEvenTable
from corridor.futures.breakeven_study import QUEUE_MIN_H, SWINGS_MAX, BreakEvenStudy
from corridor.futures.switches import Switch
from corridor.report.change_words import closed_sentence, gap_phrase, lowered, value_text
from corridor.report.numerals import NBSP
from corridor.report.sections import Section
from corridor.report.verdict import signed

SHOWN_MAX = 12
"""Break-evens that a table of all numbers lists, nearest first."""

HEADER = (
    "number", "as it is", "both cost the same at", "change", "P10 to P90", "standard deviations", "within",
    "better than both there",
)  # fmt: skip
NOT_DRAWN = "not drawn"
NOTHING = "–"
COLUMNS = (
    "P10 to P90 is what is likely of a number; the distance is in standard deviations of what is not known about it. A "
    "third option may be better than both there."
)


def break_evens_section(table: BreakEvenTable) -> Section:
    """Which number alone is nearest to changing the order of two options.

    Parameters
    ----------
    table : numbers with a switch, nearest first, as from `find_break_evens`
    """
    a, b = table.labels
    text = (
        f"Each row moves one number alone, from a tenth to ten times its value, until {a} and {b} cost the same on "
        f"average in the same futures. {COLUMNS}"
    )
    if not table.rows:
        return Section(f"No number alone changes whether {a} or {b} is the better one", text)
    title = f"{table.rows[0].asked.label}: nearest to changing whether {a} or {b} is the better one"
    return Section(title, text, HEADER, tuple(map(_cells, table.rows[:SHOWN_MAX])))


def study_section(study: BreakEvenStudy, planned_gap_usd: float) -> Section:
    """How far the numbers that matter most would have to move before the other of two options is the better one.

    Parameters
    ----------
    planned_gap_usd : mean gap A less B where drivers' rest is planned anew in each future
    """
    table = study.table
    a, b = table.labels
    if not table.rows:
        return Section(study_title(table), f"No number that could be moved alone tells {a} from {b}.")
    text = (
        f"{likely_sentence(table.rows)} Each row moves one number alone, from a tenth to ten times its value (queues "
        f"to {QUEUE_MIN_H:.0f}{NBSP}h at least), until {a} and {b} cost the same on average in the same futures. These "
        f"are the numbers behind the {SWINGS_MAX} largest swings of the tornado, largest first (what has no single "
        "value, like the diesel price of all countries, has no row), then the other queues at posts that only one of "
        f"the two passes; {NOTHING} where none of these values changes the order. {COLUMNS}"
    )
    rest = rest_sentence(table.rows[0].line.gap_usd, planned_gap_usd, table.labels)
    sentences = [text, rest, closed_sentence(table.closed)]
    return Section(study_title(table), " ".join(filter(None, sentences)), HEADER, tuple(map(_cells, table.rows)))


def rest_sentence(smooth_usd: float, planned_usd: float, labels: tuple[str, str]) -> str:
    """Which rule of rest break-evens follow, and where they would lie by the other.

    Parameters
    ----------
    smooth_usd, planned_usd : mean gap A less B by the smooth rule, and with rest planned anew in each future
    """
    smooth, planned = (gap_phrase(gap_usd, labels) for gap_usd in (smooth_usd, planned_usd))
    if (smooth_usd < 0) != (planned_usd < 0):
        where = "the order hangs on that"
    else:
        where = f"break-evens then lie {'nearer' if abs(planned_usd) < abs(smooth_usd) else 'farther'}"
    return (
        f"Drivers' rest follows the smooth rule here, as in the tornado, by which {smooth}. With rest planned anew in "
        f"each future {planned}: {where}."
    )


def study_title(table: BreakEvenTable) -> str:
    """The number that has to move least, by what is not known about it: from what to what."""
    question = "How far a number must move before another option is better"
    movable = [(row, switch) for row in table.rows if (switch := row.nearest)]
    if not movable:
        return f"{question}: none does it alone"
    found, switch = min(movable, key=_remoteness)
    at = value_text(switch.value, found.asked.unit)
    return f"{question}: {lowered(found.asked.label)}, from {_now(found)} to {at}"


def _remoteness(movable: tuple[BreakEven, Switch]) -> float:
    """Standard deviations to a switch; infinite where nothing is drawn."""
    found, switch = movable
    distance = found.distance_sd(switch)
    return float("inf") if distance is None else distance


def likely_sentence(rows: Sequence[BreakEven]) -> str:
    """How many numbers would change the order within P10 to P90."""
    inside = sum(any(map(row.is_likely, row.switches)) for row in rows)
    if not inside:
        return "None of these numbers changes the order alone between its P10 and its P90."
    verb = "changes" if inside == 1 else "change"
    return f"{inside} of these {len(rows)} numbers {verb} the order alone between P10 and P90."


def _cells(found: BreakEven) -> tuple[str, ...]:
    label, switches = found.asked.label, found.switches
    if not switches:
        return label, _now(found), NOTHING, NOTHING, _likely(found), NOTHING, NOTHING, NOTHING
    return (
        label,
        _now(found),
        "; ".join(value_text(switch.value, found.asked.unit) for switch in switches),
        "; ".join(change_text(found, switch) for switch in switches),
        _likely(found),
        "; ".join(_distance_text(found, switch) for switch in switches),
        "; ".join(_within(found, switch) for switch in switches),
        "; ".join(found.overtaken_by(switch) or "none" for switch in switches),
    )


def _now(found: BreakEven) -> str:
    return value_text(found.asked.value, found.asked.unit)


def change_text(found: BreakEven, switch: Switch) -> str:
    """How far a number has to move, in its unit and in per cent: "+12.0 h (+120 %)"."""
    away = switch.value - found.asked.value
    share = signed(100 * away / found.asked.value, decimals=0)
    return f"{'+' if away > 0 else '−'}{value_text(abs(away), found.asked.unit)} ({share}{NBSP}%)"


def _likely(found: BreakEven) -> str:
    """P10 to P90, the unit once: "3.9 to 23.6 h"."""
    if found.likely is None:
        return NOT_DRAWN
    low, high = (value_text(end, found.asked.unit) for end in found.likely)
    return f"{low.partition(NBSP)[0]} to {high}"


def _within(found: BreakEven, switch: Switch) -> str:
    return {True: "yes", False: "no", None: NOTHING}[found.is_likely(switch)]


def _distance_text(found: BreakEven, switch: Switch) -> str:
    distance = found.distance_sd(switch)
    return NOTHING if distance is None else f"{distance:.1f}"
