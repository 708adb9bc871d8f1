"""What the map of two numbers says: its title, and a text for those who cannot see it."""

from __future__ import annotations

from corridor.evidence import Evidence
from corridor.futures.breakeven import BreakEven
from corridor.futures.breakeven_study import BreakEvenStudy
from corridor.futures.indifference import Indifference
from corridor.report.calendar_wording import post_name
from corridor.report.change_words import value_text


def indifference_title(found: Indifference) -> str:
    """Which of two options is better over two numbers of any kind."""
    a, b = found.labels
    if not found.contours:
        return f"{a if found.share_of_a else b} is the better one over the whole of both ranges"
    return f"Where {a} is the better one, and where {b} is"


def queues_title(found: Indifference, alone: tuple[BreakEven, BreakEven], evidence: Evidence) -> str:
    """From which queue on the other option is better, and which queue at the other post brings that nearer.

    Parameters
    ----------
    alone : break-evens of x and y, each with the other as it is
    """
    if not found.contours:
        return indifference_title(found)
    now = alone[0].better_now
    other = next(label for label in found.labels if label != now)
    able = [row for row in alone if row.nearest]
    unable = [row for row in alone if not row.nearest]
    if not able:
        together = " and ".join(f"{_more(row)} at {_post(row, evidence)}" for row in alone)
        return f"{other} is better than {now} only with both: {together}"
    reached = " or ".join(f"{_beyond(row)} at {_post(row, evidence)}" for row in able)
    sooner = "".join(f", sooner with {_more(row)} at {_post(row, evidence)}" for row in unable)
    return f"{other} is better than {now} {reached}{sooner}"


def queues_alt(study: BreakEvenStudy, evidence: Evidence) -> str:
    """What the map of two queues shows; empty where there is none."""
    found = study.queues
    if found is None:
        return ""
    a, b = found.labels
    alone = study.row(found.x), study.row(found.y)
    ends = [
        f"{value_text(each.high, each.unit)} at {_post(row, evidence)}"
        for each, row in zip((found.x, found.y), alone, strict=True)
    ]
    return (
        f"{queues_title(found, alone, evidence)}. Map of the queues at two posts, up to {' and '.join(ends)}, in the "
        f"colours of {a} and {b}, with the line on which both cost the same."
    )


def _more(row: BreakEven) -> str:
    """Which way a queue has to go for the other option."""
    return "a longer queue" if _is_up(row) else "a shorter queue"


def _beyond(row: BreakEven) -> str:
    value = value_text(row.nearest.value, row.asked.unit) if row.nearest else ""
    return f"{'above' if _is_up(row) else 'below'} {value} of queue"


def _is_up(row: BreakEven) -> bool:
    """Whether more of a number speaks for the option that is not the better one now."""
    if row.nearest:
        return row.nearest.value > row.asked.value
    gap_rises = row.line.gaps_usd[-1] > row.line.gaps_usd[0]
    return gap_rises == (row.line.gap_usd < 0)


def _post(row: BreakEven, evidence: Evidence) -> str:
    return post_name(row.asked.key.split(".")[1], evidence)
