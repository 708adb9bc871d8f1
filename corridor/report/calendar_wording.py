"""Sentences of the section "When to leave": what moves the options over the year, and what no table knows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from corridor.analysis.assessment import Assessment
from corridor.analysis.seasons import Season
from corridor.evidence import GRADES, MONTHS, Evidence
from corridor.futures.calendar import DAYS_PER_WEEK, DepartureCalendar
from corridor.report.naming import short_post_name
from corridor.report.numerals import HOURS_PER_DAY, NBSP, counted, joined, share_text

SMOOTH = (
    "Drivers' rest follows the smooth rule here, which makes slow trips too fast: hold the weeks against each other, "
    "not against days in which rest is planned anew in each future."
)
READING = (
    "Two numbers of days: half of the trips that leave in a week, as many on each day, take no longer than the first, "
    "95 of 100 no longer than the second. All weeks and options meet the same futures. USD are means per truck. Best "
    "is what costs least if the cargo's time and carbon count."
)
ALWAYS_MISSING = (
    "holidays at other posts, and what a holiday does to the queue before and after it",
    "snow on passes and roads, axle limits in the spring thaw, bans on hot days outside Kyrgyzstan",
    "the day of the week, on which bans on trucks hang: they count at their mean",
    "timetables of ferries, of which none was found: they are waited for equally long on any day",
)
"""What moves trucks over the year and is in no table."""


def calendar_sentences(calendar: DepartureCalendar, assessment: Assessment) -> list[str]:
    """How to read it, what moves the options, what is closed, and what no table knows; a sentence or two each."""
    evidence = assessment.evidence
    sentences = [READING, SMOOTH, *(season_sentence(season, evidence) for season in calendar.seasons)]
    return [
        *sentences,
        *_flat_sentences(calendar, evidence),
        *_ban_sentences(calendar, evidence),
        *closed_sentences(calendar, evidence),
        *_blocked_sentences(calendar),
        *_overtaking_sentences(calendar),
        f"Closures and rules are as known on {day_text(calendar.known_until)}; later weeks have the last known state.",
        f"Not in the tables, and so in no figure: {'; '.join(not_covered(calendar, evidence))}.",
    ]


def season_sentence(season: Season, evidence: Evidence) -> str:
    """How far the season of a post moves its queue, and on what that rests."""
    months = month_spans([month for month in MONTHS if season.month_factors[month - 1] > 1])
    options = f"{'option' if len(season.labels) == 1 else 'options'} {joined(season.labels)}"
    grade = GRADES[season.grade].split(",")[0]
    return (
        f"At {post_name(season.crossing_id, evidence)} ({options}) the mean queue is {season.least_h:.0f} to "
        f"{season.most_h:.0f}{NBSP}h over the year, longest from {months} (grade {season.grade}: {grade})."
    )


def _flat_sentences(calendar: DepartureCalendar, evidence: Evidence) -> list[str]:
    """For how many posts no season is known, and what is known of them in words."""
    flat, noted = calendar.posts_without_season, _noted(calendar, evidence)
    other = " other" if calendar.seasons else ""
    are = f"{counted(len(flat), f'{other} post'.strip(), f'{other} posts'.strip())} on these ways"
    why = "because no season is known there; that does not mean that there is none"
    told = [f"Told of posts in words only, and in no figure: {'; '.join(noted)}."] if noted else []
    return [f"{are}: taken to be the same all year, {why}.", *told] if flat else []


def _noted(calendar: DepartureCalendar, evidence: Evidence) -> list[str]:
    """What the tables say of the restrictions of posts that no dated event restricts."""
    limited = {event.crossing for event in evidence.events if event.effect in ("closed", "restricted")}
    posts = [evidence.crossings[post] for post in calendar.posts_without_season if post not in limited]
    return [f"{short_post_name(post.name)} ({post.status_note})" for post in posts if post.status == "restricted"]


def _ban_sentences(calendar: DepartureCalendar, evidence: Evidence) -> list[str]:
    """What bans on trucks take on which options, and in which countries there are any."""
    most_h = {label: max(cell.ban_h for cell in calendar.row(label)) for label in calendar.labels}
    taken = {label: hours for label, hours in most_h.items() if hours > 0}
    if not taken:
        return []
    countries = dict.fromkeys(evidence.countries[ban.country].name for ban in evidence.truck_bans)
    losses = joined([f"{hours:.1f}{NBSP}h on {label}" for label, hours in taken.items()])
    return [f"Bans on trucks take up to {losses}, as a mean over all days; known of {joined(sorted(countries))}."]


def closed_sentences(calendar: DepartureCalendar, evidence: Evidence) -> list[str]:
    """At which posts which options are closed in which weeks, and why; by the first post shut, then by the weeks."""
    weeks: dict[tuple[str, str], dict[str, list[date]]] = {}
    for cell in calendar.cells:
        for post in cell.shut_posts[:1]:
            weeks.setdefault((post.crossing_id, post.reason), {}).setdefault(cell.label, []).append(cell.departure)
    return [
        f"{post_name(post, evidence)}: {reason}. It shuts {'; '.join(_shut_phrases(days, calendar))}."
        for (post, reason), days in weeks.items()
    ]


def _shut_phrases(days: Mapping[str, Sequence[date]], calendar: DepartureCalendar) -> list[str]:
    """Options that are shut in the same weeks together: "A and B to trucks that leave on 2 September 2025"."""
    alike: dict[tuple[date, ...], list[str]] = {}
    for label in calendar.labels:
        if label in days:
            alike.setdefault(tuple(days[label]), []).append(label)
    return [f"{joined(labels)} to trucks that leave {_days_text(span)}" for span, labels in alike.items()]


def _days_text(days: Sequence[date]) -> str:
    if len(days) == 1:
        return f"on {day_text(days[0])}"
    return f"from {day_text(days[0])} to {day_text(days[-1])}"


def _blocked_sentences(calendar: DepartureCalendar) -> list[str]:
    """On which options some trips meet a closure that nobody knew of when they left."""
    shares = {label: max(cell.blocked_share for cell in calendar.row(label)) for label in calendar.labels}
    return [
        f"{share_text(share)} of the trips on {label} wait for a closure that begins after they leave."
        for label, share in shares.items()
        if share > 0
    ]


def _overtaking_sentences(calendar: DepartureCalendar) -> list[str]:
    late = [f"{cell.label} on {day_text(cell.departure)}" for cell in calendar.overtaken]
    return [f"Better to leave a week later than with {joined(late)}: the later truck comes first."] if late else []


def not_covered(calendar: DepartureCalendar, evidence: Evidence) -> list[str]:
    """What moves trucks over the year and is in no figure, as phrases."""
    posts = (*(season.crossing_id for season in calendar.seasons), *calendar.posts_without_season)
    return [
        *ALWAYS_MISSING,
        *_opening_phrases(posts, evidence),
        *_queue_phrases(posts, evidence),
    ]


def _opening_phrases(posts: Sequence[str], evidence: Evidence) -> list[str]:
    """Posts that keep hours; at which of them a truck comes is luck."""
    keeping = [
        post_name(post, evidence)
        for post in posts
        if evidence.parameter("open_hours_per_day", post).value < HOURS_PER_DAY
        or evidence.parameter("open_days_per_week", post).value < DAYS_PER_WEEK
    ]
    phrase = f"the hour of the week at which a truck comes to {joined(keeping)}, which keep hours: any is as likely"
    return [phrase] if keeping else []


def _queue_phrases(posts: Sequence[str], evidence: Evidence) -> list[str]:
    """Queues that were seen once and are not repeated every year."""
    seen = [event for event in evidence.events if event.effect == "queue" and event.crossing in posts]
    names = list(dict.fromkeys(post_name(event.crossing, evidence) for event in seen))
    years = sorted({event.start.year for event in seen})
    return [f"the queues of {joined(list(map(str, years)))} at {joined(names)}"] if seen else []


def month_spans(months: Sequence[int]) -> str:
    """Months as spans, December and January joined.

    Parameters
    ----------
    months : 1 to 12, ascending

    Examples
    --------
    >>> month_spans([1, 2, 8, 9, 10, 12])
    'August to October and December to February'
    """
    if len(months) in (0, len(MONTHS)):
        return "January to December" if months else ""
    starts = [month for month in months if (month - 2) % 12 + 1 not in months]
    return joined([_span(start, months) for start in starts])


def _span(start: int, months: Sequence[int]) -> str:
    last = start
    while last % 12 + 1 in months:
        last = last % 12 + 1
    first_name, last_name = (f"{date(2000, month, 1):%B}" for month in (start, last))
    return first_name if start == last else f"{first_name} to {last_name}"


def day_text(day: date) -> str:
    """A day as a reader writes it: 1 November 2026."""
    return f"{day.day} {day:%B %Y}"


def post_name(crossing_id: str, evidence: Evidence) -> str:
    """Short name of a post by its id."""
    return short_post_name(evidence.crossings[crossing_id].name)
