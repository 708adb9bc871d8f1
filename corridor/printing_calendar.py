"""The departure calendar and the replay of disruptions on the terminal: tables for people, JSON for programs."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from corridor.analysis.assessment import Assessment
from corridor.analysis.disruptions import Episode
from corridor.analysis.replay import Replay, ReplayedEpisode
from corridor.analysis.replay_loss import Loss
from corridor.futures.calendar import CalendarCell, DepartureCalendar
from corridor.printing import print_json, print_table
from corridor.report.calendar_rows import build_calendar_section, build_closed_days_section, build_week_section
from corridor.report.calendar_wording import calendar_sentences, not_covered
from corridor.report.numerals import NBSP
from corridor.report.replay_rows import (
    build_other_section,
    build_replay_section,
    build_ways_section,
    replay_sentences,
)
from corridor.report.sections import Section

DAYS_DIGITS, HOURS_DIGITS, USD_DIGITS, SHARE_DIGITS = 3, 2, 2, 4


def print_calendar(calendar: DepartureCalendar, assessment: Assessment, *, as_json: bool) -> None:
    """Every option by week of departure, what moves it, and what no table knows."""
    if as_json:
        print_json(calendar_document(calendar, assessment))
        return
    options, weeks = build_calendar_section(calendar, assessment), build_week_section(calendar)
    closed = build_closed_days_section(calendar, assessment.evidence)
    _print_section(options, calendar_sentences(calendar, assessment), right=(1, 2, 3))
    _print_section(closed, [closed.text] if closed.rows else [], right=(5,))
    _print_section(weeks, ())


def print_replay(replay: Replay, assessment: Assessment, *, as_json: bool) -> None:
    """Every past disruption that bars an option, the ways taken instead, then the others with the reason."""
    if as_json:
        print_json(replay_document(replay, assessment))
        return
    losses = build_replay_section(replay, assessment)
    _print_section(losses, replay_sentences(replay, assessment.evidence), right=(2, 3))
    _print_section(build_ways_section(replay, assessment), ())
    _print_section(build_other_section(replay, assessment), ())


def _print_section(section: Section, sentences: Sequence[str], *, right: Sequence[int] = ()) -> None:
    """Title, table and sentences, with an empty line after each; nothing where there is nothing to tell."""
    if not (section.rows or sentences):
        return
    sys.stdout.write(f"{_plain(section.title)}\n\n")
    if section.rows:
        print_table(section.header, [[_plain(cell) for cell in row] for row in section.rows], right=right)
        sys.stdout.write("\n")
    for sentence in sentences:
        sys.stdout.write(f"{_plain(sentence)}\n")
    sys.stdout.write("\n" if sentences else "")


def _plain(text: str) -> str:
    return text.replace(NBSP, " ")


def calendar_document(calendar: DepartureCalendar, assessment: Assessment) -> dict[str, Any]:
    """Weeks with the figures of every option, seasons, and what is not covered."""
    return {
        "options": {
            option.label: list(option.post_ids) for option in assessment.all_options if option.label in calendar.labels
        },
        "weeks": [
            {
                "departure": day.isoformat(),
                "best": best.label if (best := calendar.best(day)) else None,
                "options": {cell.label: _cell_document(cell) for cell in calendar.week(day)},
            }
            for day in calendar.departures
        ],
        "seasons": [asdict(season) for season in calendar.seasons],
        "posts_without_season": list(calendar.posts_without_season),
        "overtaken_by_the_next_week": [[cell.label, cell.departure.isoformat()] for cell in calendar.overtaken],
        "known_until": calendar.known_until.isoformat(),
        "not_covered": not_covered(calendar, assessment.evidence),
    }


def _cell_document(cell: CalendarCell) -> dict[str, Any]:
    return {
        "is_open": cell.is_open,
        "p50_days": round(cell.p50_days, DAYS_DIGITS),
        "p95_days": round(cell.p95_days, DAYS_DIGITS),
        "mean_usd": round(cell.mean_usd, USD_DIGITS),
        "mean_usd_is_lower_bound": cell.is_lower_bound,
        "mean_generalised_cost_usd": round(cell.mean_generalised_usd, USD_DIGITS),
        "blocked_share": round(cell.blocked_share, SHARE_DIGITS),
        "ban_h": round(cell.ban_h, HOURS_DIGITS),
        "closed_days_h": {key: round(hours, HOURS_DIGITS) for key, hours in cell.closed_days.items()},
        "shut_posts": [asdict(post) for post in cell.shut_posts],
    }


def replay_document(replay: Replay, assessment: Assessment) -> dict[str, Any]:
    """Disruptions with their losses, and those without figures."""
    return {
        "replayed": [_replayed_document(row) for row in replay.replayed],
        "without_figures": [_episode_document(row.episode) | {"why": row.why} for row in replay.others],
        "known_until": replay.known_until.isoformat(),
        "notes": [_plain(sentence) for sentence in replay_sentences(replay, assessment.evidence)],
    }


def _replayed_document(row: ReplayedEpisode) -> dict[str, Any]:
    return {
        **_episode_document(row.episode),
        "option": row.label or None,
        "chain": list(row.posts),
        "barred_at": row.crossing_id,
        "best_chain_of_those_days": list(row.best_posts),
        "dearer_than_best_generalised_usd": round(row.dearer_usd, USD_DIGITS),
        "closed_days": row.closed_days,
        "days_between_trucks": row.every_days,
        "told_at_departure": _loss_document(row.at_departure),
        "told_at_the_post": _loss_document(row.on_the_road),
        "if_all_wait": _loss_document(row.if_all_wait) if row.if_all_wait else None,
    }


def _episode_document(episode: Episode) -> dict[str, Any]:
    return {
        "posts": list(episode.posts),
        "effect": episode.effect,
        "plates": list(episode.plates),
        "start": episode.start.isoformat(),
        "end": episode.end.isoformat() if episode.end else None,
        "note": episode.note,
        "source": list(episode.source),
    }


def _loss_document(loss: Loss) -> dict[str, Any]:
    return {
        "trucks": loss.trucks,
        "stranded": loss.stranded,
        "waiting": loss.waiting,
        "mean_days_lost": None if loss.days is None else round(loss.days, DAYS_DIGITS) + 0.0,
        "mean_extra_usd": None if loss.usd is None else round(loss.usd, USD_DIGITS) + 0.0,
        "extra_usd_reading": loss.reading,
        "other_ways": [{"chain": list(posts), "trucks": number} for posts, number in loss.ways],
    }
