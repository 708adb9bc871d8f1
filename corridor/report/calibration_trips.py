"""Sections of the calibration page on observed trips and known distances."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import fmean

from corridor.analysis.assessment import Option
from corridor.analysis.observed import TripComparison
from corridor.evidence import ObservedTrip
from corridor.evidence.held_out import HeldOut
from corridor.network.check import DistanceCheck
from corridor.report.sections import Section

DISTANCE_GOAL_SHARE = 0.08
"""A distance farther off than this needs a sentence that says why."""

KINDS = {"measured": "trip made", "quoted": "quoted", "general_knowledge": "general knowledge"}

HOURS_SHOWN = ("driving h", "rest, stops h", "posts h")

USES = {
    "check": "kept out of the fit: the test of the network",
    "fit": "the two factors of the length correction are fitted on these",
    "published": "on roads whose length was set to a published figure: no test",
}


def days_section(comparisons: Sequence[TripComparison], held_out: HeldOut) -> Section:
    """Days of every trip that can be compared, scored or only shown."""
    timed = [c for c in comparisons if c.observed_days is not None]
    ordered = sorted(timed, key=lambda c: c.trip.id not in held_out.trips)
    return Section(
        "Days of trips",
        "`off` is to the nearer end of the published range, 0 inside it; scores are to its middle. `posts h` are all "
        "hours at border posts. The naive rival drives so many km a day on the model's roads and waits so long at "
        "every post (`naive_km_per_day`, `naive_days_per_post`). Waiting times in the model are those of the latest "
        "year measured, not of the year of the trip.",
        ("trip", "set", "posts", "published d", "model d", "P10-P90 d", "naive d", "off", *HOURS_SHOWN, "note"),
        tuple(_days_row(c, held_out) for c in ordered),
    )


def _days_row(comparison: TripComparison, held_out: HeldOut) -> tuple[str, ...]:
    trip, drive_h = comparison.trip, comparison.hours("drive")
    rest_h = comparison.hours("driver_rest", "road_stops")
    posts_h = comparison.option.ledger.time_h - drive_h - rest_h
    shown = held_out.shown.get(trip.id)
    return (
        trip.id,
        f"shown: {shown}" if shown else "held out, scored",
        _posts(comparison.option),
        published_days(trip),
        f"{comparison.days:.1f}",
        f"{comparison.p10_days:.1f}-{comparison.p90_days:.1f}",
        f"{comparison.naive_days:.1f}",
        f"{comparison.days_error_share or 0.0:+.0%}",
        *(f"{hours:.0f}" for hours in (drive_h, rest_h, posts_h)),
        trip.note,
    )


def distance_section(comparisons: Sequence[TripComparison]) -> Section:
    """Km of every trip whose distance is published."""
    rows = [_distance_row(c) for c in comparisons if c.distance_error_share is not None]
    return Section(
        "Distances of trips",
        f"Off by more than {DISTANCE_GOAL_SHARE:.0%} in bold, with the reason. Distances to a post are measured to a "
        "point 0.3 km before it. Figures of general knowledge come from no source and are good to 10 %.",
        ("trip", "kind", "posts", "published km", "model km", "off", "note"),
        tuple(rows),
    )


def _distance_row(comparison: TripComparison) -> tuple[str, ...]:
    trip, error_share = comparison.trip, comparison.distance_error_share or 0.0
    off = f"{error_share:+.1%}" if abs(error_share) <= DISTANCE_GOAL_SHARE else f"**{error_share:+.1%}**"
    lengths = (f"{trip.distance_km:,.0f}", f"{comparison.option.length_km:,.0f}")
    return trip.id, KINDS[trip.kind], _posts(comparison.option), *lengths, off, trip.note


def known_distance_sections(distances: Sequence[DistanceCheck]) -> tuple[Section, Section]:
    """City pairs of known distance: the groups, then each pair."""
    groups = [
        (use, str(len(group)), f"{mean_error(group):.1%}", f"{mean_error_to_middle(group):.1%}", _worst(group), text)
        for use, text in USES.items()
        if (group := [check for check in distances if check.use == use])
    ]
    rows = [
        (c.name, c.use, f"{c.low_km:,.0f}-{c.high_km:,.0f}", f"{c.length_km:,.0f}", f"{c.error_share:+.1%}")
        for c in distances
    ]
    return (
        Section(
            "Known distances",
            "City pairs whose road distance is known as a range, beside the shortest way on the network. The error is "
            "to the nearer end of the range, 0 inside it; the range is wide where maps disagree on the road taken, so "
            "the error to its middle is shown as well.",
            ("group", "n", "mean error", "mean error to the middle", "largest error", "what it is"),
            tuple(groups),
        ),
        Section("Known distances, pair by pair", "", ("pair", "group", "known km", "network km", "off"), tuple(rows)),
    )


def mean_error(checks: Sequence[DistanceCheck]) -> float:
    """Mean error, as a share, to the nearer end of the known ranges."""
    return fmean(abs(check.error_share) for check in checks)


def mean_error_to_middle(checks: Sequence[DistanceCheck]) -> float:
    """Mean error, as a share, to the middle of the known ranges."""
    return fmean(abs(check.length_km * 2 / (check.low_km + check.high_km) - 1) for check in checks)


def _worst(checks: Sequence[DistanceCheck]) -> str:
    worst = max(checks, key=lambda check: abs(check.error_share))
    return f"{worst.error_share:+.1%} ({worst.name})"


def left_out_section(trips: Sequence[ObservedTrip], held_out: HeldOut) -> Section:
    """What was published and cannot be run."""
    rows = [
        (
            trip.id,
            "held out, not scored" if trip.id in held_out.trips else f"shown: {held_out.shown.get(trip.id, 'no days')}",
            trip.mode,
            "-" if trip.distance_km is None else f"{trip.distance_km:,.0f}",
            published_days(trip),
            trip.note or "-",
        )
        for trip in trips
    ]
    return Section(
        "Published, but not comparable",
        "",
        ("trip", "set", "mode", "published km", "published d", "why not compared"),
        tuple(rows),
    )


def published_days(trip: ObservedTrip) -> str:
    """Days as published, a range where it is one."""
    low, high = trip.days_low, trip.days_high
    if low is None or high is None:
        return "-"
    return f"{low:.3g}" if low == high else f"{low:.3g}-{high:.3g}"


def _posts(option: Option) -> str:
    return " > ".join(option.post_ids) or "none"
