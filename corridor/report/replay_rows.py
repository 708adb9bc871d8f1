"""The section "Past disruptions replayed": what each would have done to a truck on the option it bars."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from corridor.analysis.assessment import Assessment
from corridor.analysis.disruptions import Episode
from corridor.analysis.replay import TRUCKS_MAX, OtherEpisode, Replay, ReplayedEpisode, Why
from corridor.analysis.replay_loss import Loss
from corridor.costs.money_cell import Reading
from corridor.evidence import Evidence
from corridor.report.calendar_wording import day_text, post_name
from corridor.report.numerals import NBSP, counted, joined
from corridor.report.sections import Section
from corridor.report.verdict import signed

HEADER = (
    "from", "to", "days", "trucks", "posts", "bars", "dearer than the best way", "told at departure",
    "told at the post", "if all wait",
)  # fmt: skip
WAYS_HEADER = ("from", "posts", "other way", "source")
OTHER_HEADER = ("from", "to", "posts", "what", "why no figures", "source")
RULE = (
    "A truck on the best option through the post comes there at midday of each day of the closure. It waits for the "
    "day of reopening, which it is taken to know, or goes another way, whichever costs less if the cargo's time counts."
)
LONG_CLOSURES = f"Closures of more than {TRUCKS_MAX} days have about so many trucks, evenly spread over a year at most."
INFORMATION = (
    "Told at departure: trucks that leave after the closure began go another way from the start; the others hear of it "
    "before the post. Told at the post: all of them come there first."
)
MEANS = (
    "Figures are means per truck against the same trip without the disruption. Minus is less: the other way may be "
    "the shorter or cheaper one, where the option was not the best way of the day. ≥ at least, ≤ at most, ? not "
    "settled: a part is unknown in one of the two ways."
)
TODAY = (
    "Prices, speeds and hours at posts are those of the tables, not of the day; queues that build up behind a closed "
    "post are not counted. A wait may cost more than its own hours where the drivers' weekly rest falls due after it."
)
SIGNS: Mapping[Reading, str] = MappingProxyType({"exact": "", "at least": "≥ ", "at most": "≤ ", "not settled": "? "})
WHY: Mapping[Why, str] = MappingProxyType(
    {
        "not_on_the_way": "on no option of the trip that was open otherwise",
        "no_hours": "trucks like this one could pass; what it cost them in hours is in no table",
    }
)


def replay_title(replay: Replay) -> str:
    """How many disruptions bar an option: "Past disruptions: 12 of 27 shut one of these ways"."""
    every = len(replay.replayed) + len(replay.others)
    verb = "shuts" if len(replay.replayed) == 1 else "shut"
    return f"Past disruptions: {len(replay.replayed)} of {every} {verb} one of these ways"


def build_replay_section(replay: Replay, assessment: Assessment) -> Section:
    """One row per disruption that bars an option, by first day."""
    rows = tuple(_cells(row, assessment.evidence) for row in replay.replayed)
    reading, *notes = replay_sentences(replay, assessment.evidence)
    return Section(replay_title(replay), reading, HEADER, rows, tuple(notes))


def build_ways_section(replay: Replay, assessment: Assessment) -> Section:
    """The ways that trucks take instead, in the same order."""
    rows = tuple(_way_cells(row, assessment.evidence) for row in replay.replayed)
    return Section("Ways taken instead", "", WAYS_HEADER, rows)


def build_other_section(replay: Replay, assessment: Assessment) -> Section:
    """One row per disruption without figures, by first day."""
    rows = tuple(_other_cells(row, assessment.evidence) for row in replay.others)
    title = f"{counted(len(rows), 'disruption', 'disruptions')} without figures"
    return Section(title, "", OTHER_HEADER, rows)


def replay_sentences(replay: Replay, evidence: Evidence) -> list[str]:
    """How to read the figures, and what is wrong with them."""
    if not replay.replayed:
        return [f"The tables know of no disruption up to {day_text(replay.known_until)} that bars an option."]
    has_long = any(row.every_days > 1 for row in replay.replayed)
    return [
        RULE,
        *([f"Only what lasted beyond {day_text(replay.since)}; corridor replay has all."] if replay.since else []),
        *([LONG_CLOSURES] if has_long else []),
        INFORMATION,
        MEANS,
        TODAY,
        *_early_sentences(replay, evidence),
    ]


def _early_sentences(replay: Replay, evidence: Evidence) -> list[str]:
    """Posts that a truck passes here before the day on which the tables have them opened."""
    passed = {(post, row.episode.start) for row in replay.replayed for post in _posts_passed(row)}
    return [
        f"{post_name(event.crossing, evidence)} is passed before {day_text(event.start)}, though the tables have it "
        f"open only since then: {event.note}."
        for event in evidence.events
        if event.effect == "open"
        and event.end is None
        and any(post == event.crossing and day < event.start for post, day in passed)
    ]


def _posts_passed(row: ReplayedEpisode) -> set[str]:
    ways = [row.posts, *(way for loss in (row.at_departure, row.on_the_road) for way, _ in loss.ways)]
    return {post for way in ways for post in way}


def _cells(row: ReplayedEpisode, evidence: Evidence) -> tuple[str, ...]:
    posts = way_text(row.posts, evidence)
    dearer = f"{row.dearer_usd:,.0f}{NBSP}USD" if round(row.dearer_usd) else "is the best"
    return (
        *_dates(row.episode),
        "not over" if row.closed_days is None else f"{row.closed_days:,}",
        str(row.at_departure.trucks),
        _posts(row.episode, evidence),
        f"{row.label}: {posts}" if row.label else posts,
        dearer,
        loss_text(row.at_departure),
        loss_text(row.on_the_road),
        loss_text(row.if_all_wait) if row.if_all_wait else "no end known",
    )


def _way_cells(row: ReplayedEpisode, evidence: Evidence) -> tuple[str, ...]:
    posts, source = _posts(row.episode, evidence), "; ".join(row.episode.source)
    return row.episode.start.isoformat(), posts, _other_way(row, evidence), source


def _other_cells(row: OtherEpisode, evidence: Evidence) -> tuple[str, ...]:
    episode = row.episode
    is_told = not episode.note or episode.note.startswith(episode.effect)
    what = episode.note or episode.effect if is_told else f"{episode.effect}: {episode.note}"
    return (*_dates(episode), _posts(episode, evidence), what, WHY[row.why], "; ".join(episode.source))


def _dates(episode: Episode) -> tuple[str, str]:
    """First day, and day of reopening."""
    return episode.start.isoformat(), episode.end.isoformat() if episode.end else "not over"


def _posts(episode: Episode, evidence: Evidence) -> str:
    return joined([post_name(post, evidence) for post in episode.posts])


def loss_text(loss: Loss) -> str:
    """What the trucks lose: "+1.3 days, ? −157 USD"; says how many are stranded."""
    if loss.days is None or loss.usd is None:
        return "no way left"
    stranded = f"; {loss.stranded} of {loss.trucks} stranded" if loss.stranded else ""
    usd = f"{SIGNS[loss.reading]}{signed(loss.usd, decimals=0)}{NBSP}USD"
    return f"{signed(loss.days, decimals=1)}{NBSP}days, {usd}{stranded}"


def _other_way(row: ReplayedEpisode, evidence: Evidence) -> str:
    """The way that most trucks take instead, from the start and from before the post; and how many wait."""
    told = [_way_taken(loss, evidence) for loss in (row.at_departure, row.on_the_road)]
    return told[0] if told[0] == told[1] else f"from the start {told[0]}; before the post {told[1]}"


def _way_taken(loss: Loss, evidence: Evidence) -> str:
    waiting = [f"{loss.waiting} of {loss.trucks} wait"] if loss.waiting else []
    ways = [f"{way_text(way, evidence)} ({number} of {loss.trucks})" for way, number in loss.ways[:1]]
    return ", ".join([*ways, *waiting]) or "none"


def way_text(posts: Sequence[str], evidence: Evidence) -> str:
    """Posts in the order of travel: "Torkham › Hairatan"."""
    return " › ".join(post_name(post, evidence) for post in posts)
