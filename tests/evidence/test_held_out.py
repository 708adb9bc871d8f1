"""What is held out stays held out."""

from __future__ import annotations

import csv
from dataclasses import replace

import pytest

from corridor.bundled import data_path
from corridor.errors import DataError
from corridor.evidence import Evidence, read_evidence
from corridor.evidence.held_out import HeldOut, check_held_out, read_held_out


@pytest.fixture(scope="module")
def evidence() -> Evidence:
    return read_evidence()


@pytest.fixture(scope="module")
def held_out() -> HeldOut:
    return read_held_out(data_path("held_out.toml"))


@pytest.fixture(scope="module")
def pair_uses() -> dict[str, str]:
    with data_path("snapshot", "city_pairs.csv").open(encoding="utf-8", newline="") as file:
        return {row["name"]: row["use"] for row in csv.DictReader(file)}


def test_no_held_out_record_sets_a_number_of_the_model(
    evidence: Evidence, held_out: HeldOut, pair_uses: dict[str, str]
) -> None:
    check_held_out(held_out, evidence, pair_uses=pair_uses)


def test_a_list_that_changes_without_its_digest_is_refused(
    evidence: Evidence, held_out: HeldOut, pair_uses: dict[str, str]
) -> None:
    shorter = replace(held_out, trips=held_out.trips[1:], shown={**held_out.shown, held_out.trips[0]: "a miss"})
    with pytest.raises(DataError, match="the list or a record on it was changed"):
        check_held_out(shorter, evidence, pair_uses=pair_uses)


def test_changed_days_of_a_held_out_trip_are_refused(
    evidence: Evidence, held_out: HeldOut, pair_uses: dict[str, str]
) -> None:
    trips = tuple(
        replace(trip, days_high=99.0) if trip.id == held_out.trips[0] else trip for trip in evidence.observed_trips
    )
    with pytest.raises(DataError, match="the list or a record on it was changed"):
        check_held_out(held_out, replace(evidence, observed_trips=trips), pair_uses=pair_uses)


def test_a_held_out_pair_used_in_the_fit_is_refused(
    evidence: Evidence, held_out: HeldOut, pair_uses: dict[str, str]
) -> None:
    with pytest.raises(DataError, match="city pair 'Minsk - Berlin': expected use 'check', got 'fit'"):
        check_held_out(held_out, evidence, pair_uses=pair_uses | {"Minsk - Berlin": "fit"})


def test_a_parameter_taken_from_a_held_out_trip_is_refused(
    evidence: Evidence, held_out: HeldOut, pair_uses: dict[str, str]
) -> None:
    key = ("clear_h", "*")
    taken = replace(evidence.parameters[key], source=("kinnow-derbent-2024",))
    changed = replace(evidence, parameters={**evidence.parameters, key: taken})
    with pytest.raises(DataError, match=r"trip 'sargodha-derbent-2024': its source .* also sets"):
        check_held_out(held_out, changed, pair_uses=pair_uses)


def test_a_trip_with_days_is_either_held_out_or_shown_with_its_reason(
    evidence: Evidence, held_out: HeldOut, pair_uses: dict[str, str]
) -> None:
    shown = {name: why for name, why in held_out.shown.items() if name != "alat-kuryk"}
    with pytest.raises(DataError, match="'alat-kuryk' has published days"):
        check_held_out(replace(held_out, shown=shown), evidence, pair_uses=pair_uses)
