"""Published trips beside the model: every miss has its reason, and docs/validation.md says what the model says."""

from __future__ import annotations

import pytest

from benchmarks.observed_trips import (
    DISTANCE_GOAL,
    DOCUMENT,
    Comparison,
    build_document,
    compare_observed_trips,
    measure_distances,
)
from corridor.evidence import read_evidence


@pytest.fixture(scope="module")
def comparisons() -> tuple[Comparison, ...]:
    return compare_observed_trips()


def test_a_distance_off_by_more_than_the_goal_has_its_reason_beside_it(comparisons: tuple[Comparison, ...]) -> None:
    unexplained = [
        comparison.trip.id
        for comparison in comparisons
        if abs(comparison.distance_error_share or 0.0) > DISTANCE_GOAL and not comparison.trip.note
    ]
    assert unexplained == []


def test_the_model_takes_the_posts_that_a_trip_names(comparisons: tuple[Comparison, ...]) -> None:
    posts = read_evidence().crossings
    for comparison in comparisons:
        named = [name for name in comparison.trip.via if name in posts]
        assert [post for post in comparison.option.post_ids if post in named] == named, comparison.trip.id


def test_the_validation_page_says_what_the_model_says_now(comparisons: tuple[Comparison, ...]) -> None:
    """If not, look at what moved, then write it again: `python -m benchmarks.observed_trips`."""
    assert (
        DOCUMENT.read_text(encoding="utf-8").splitlines()
        == build_document(comparisons, measure_distances()).splitlines()
    )


def test_a_trip_that_is_not_compared_says_why() -> None:
    assert [trip.id for trip in read_evidence().observed_trips if not trip.is_comparable and not trip.note] == []
