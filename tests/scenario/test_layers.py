from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from corridor.scenario.faults import Origin
from corridor.scenario.layers import Change, laid_over, stack
from corridor.scenario.yaml_tree import Node

BELOW, ABOVE = Origin("base.yaml", 3), Origin("x.yaml", 7)


def tree(value: Any, origin: Origin = BELOW) -> Node:
    if isinstance(value, Mapping):
        return Node({key: tree(inner, origin) for key, inner in value.items()}, origin)
    if isinstance(value, list):
        return Node(tuple(tree(item, origin) for item in value), origin)
    return Node(value, origin)


def over(below: Any, above: Any) -> Any:
    return laid_over(tree(below), tree(above, ABOVE)).plain()


def test_mappings_are_laid_over_key_by_key() -> None:
    assert over({"cargo": {"kind": "rice", "mass_t": 18}}, {"cargo": {"mass_t": 20}}) == {
        "cargo": {"kind": "rice", "mass_t": 20}
    }


def test_lists_are_replaced_whole() -> None:
    assert over({"via": ["a", "b"]}, {"via": ["c"]}) == {"via": ("c",)}


def test_null_takes_an_inherited_key_away() -> None:
    assert over({"a": {"b": 1}, "c": 2}, {"a": None}) == {"c": 2}


def test_a_section_taken_away_can_be_written_anew() -> None:
    merged, _ = stack([tree({"a": {"b": 1}}), tree({"a": None}), tree({"a": {"c": 2}})])
    assert merged.plain() == {"a": {"c": 2}}


def test_every_value_is_told_with_what_it_was_and_where_it_was_set() -> None:
    layers = [tree({"cargo": {"mass_t": 18, "kind": "rice"}}), tree({"cargo": {"mass_t": 20}}, ABOVE)]
    assert stack(layers)[1] == (
        Change("cargo.mass_t", None, 18, "base.yaml:3"),
        Change("cargo.kind", None, "rice", "base.yaml:3"),
        Change("cargo.mass_t", 18, 20, "x.yaml:7"),
    )


def test_saying_the_same_again_is_no_change() -> None:
    assert len(stack([tree({"a": 1}), tree({"a": 1}, ABOVE)])[1]) == 1


def test_taking_a_section_away_is_told_key_by_key() -> None:
    log = stack([tree({"a": {"b": 1, "c": 2}}), tree({"a": None}, ABOVE)])[1]
    assert log[2:] == (Change("a.b", 1, None, "x.yaml:7"), Change("a.c", 2, None, "x.yaml:7"))


def test_first_settings_are_no_changes_but_overrides_of_the_tables_are() -> None:
    assert not Change("cargo.mass_t", None, 18, "x").is_change
    assert Change("cargo.mass_t", 18, None, "x").is_change
    assert Change("override.crossings.torkham.status", None, "open", "x").is_change


leaves = st.integers(0, 3) | st.none() | st.lists(st.integers(0, 3), max_size=2)
sections = st.fixed_dictionaries({}, optional={"p": leaves, "q": leaves})
documents = st.fixed_dictionaries({}, optional={"a": sections, "b": sections, "c": leaves})


@settings(deadline=None)
@given(documents, documents, documents)
def test_it_does_not_matter_which_two_layers_are_joined_first(one: Any, two: Any, three: Any) -> None:
    a, b, c = tree(one), tree(two), tree(three)
    assert laid_over(laid_over(a, b), c) == laid_over(a, laid_over(b, c))


@settings(deadline=None)
@given(documents, documents)
def test_the_upper_layer_wins_and_the_lower_shows_through_elsewhere(lower: Any, upper: Any) -> None:
    merged = over(lower, upper)
    for section in ("a", "b"):
        for key in ("p", "q"):
            above, below = upper.get(section, {}), lower.get(section, {})
            expected = tree(above[key] if key in above else below.get(key)).plain()
            assert merged.get(section, {}).get(key) == expected


@settings(deadline=None)
@given(documents, documents)
def test_playing_the_log_back_gives_the_result(lower: Any, upper: Any) -> None:
    merged, log = stack([tree(lower), tree(upper, ABOVE)])
    played: dict[str, object] = {}
    for change in log:
        assert played.get(change.key) == change.old
        played[change.key] = change.new
    flat = {f"{section}.{key}": value for section in "ab" for key, value in merged.plain().get(section, {}).items()}
    if "c" in merged.plain():
        flat["c"] = merged.plain()["c"]
    assert {key: value for key, value in played.items() if value is not None} == flat
