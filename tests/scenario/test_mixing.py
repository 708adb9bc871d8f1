"""Two scenarios key by key, and the scenarios in between."""

import pytest

from corridor.errors import ScenarioError
from corridor.scenario import Scenario, changed_keys, read_scenario, with_new_keys


def scenario(*assignments: str) -> Scenario:
    return read_scenario("islamabad-minsk", known=None, assignments=assignments).scenario


def test_a_scenario_does_not_differ_from_itself() -> None:
    assert changed_keys(scenario(), scenario(), origin="new") == ()


def test_names_of_a_scenario_are_no_change() -> None:
    assert changed_keys(scenario(), scenario("title=Another", "why=Other reasons", "id=other"), origin="new") == ()


def test_changed_keys_come_in_the_order_of_the_schema_with_overrides_as_one_key() -> None:
    new = scenario("override.crossings.torkham.status=open", "cargo.mass_t=20", "vehicle.crew=1")
    changes = changed_keys(scenario(), new, origin="run-2")
    assert [(change.key, change.old, change.new) for change in changes] == [
        ("vehicle.crew", 2, 1),
        ("cargo.mass_t", 18, 20),
        ("override.crossings.torkham.status", None, "open"),
    ]


def test_with_no_key_it_is_the_old_scenario_and_with_all_the_new_one() -> None:
    old = scenario("override.crossings.chaman.status=open")
    new = scenario("override.crossings.torkham.status=open", "cargo.mass_t=20", "routes.via=[tashkent]")
    keys = [change.key for change in changed_keys(old, new, origin="new")]
    assert with_new_keys(old, new, [], known=None) == old
    assert with_new_keys(old, new, keys, known=None) == new


def test_an_override_that_the_new_scenario_lacks_is_taken_away() -> None:
    old, new = scenario("override.crossings.chaman.status=open", "cargo.mass_t=20"), scenario()
    mixed = with_new_keys(old, new, ["override.crossings.chaman.status"], known=None)
    assert (dict(mixed.override), mixed.cargo.mass_t) == ({}, 20)


def test_values_that_do_not_go_together_are_refused() -> None:
    old, new = scenario(), scenario("trip.origin=minsk", "trip.destination=islamabad")
    with pytest.raises(ScenarioError, match="origin and destination are one"):
        with_new_keys(old, new, ["trip.origin"], known=None)
