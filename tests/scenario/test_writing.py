from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corridor.scenario import Scenario, ScenarioFileError, parse_scenario, write_resolved
from corridor.scenario.writing import quoted

IDS = st.from_regex(r"[a-z0-9][a-z0-9_-]{0,12}", fullmatch=True)
PRINTED = st.characters(codec="utf-8", exclude_categories=["C", "Z"]) | st.sampled_from(" \u200c")
TITLES = st.text(PRINTED, min_size=1, max_size=60).filter(lambda text: text.split() != [])
WORDS = TITLES.filter(str.isprintable)
OWN_VALUES = st.dictionaries(st.text(max_size=20), st.floats(-1e9, 1e9) | WORDS, max_size=3)
CODES = st.from_regex(r"[A-Z]{3}", fullmatch=True)
POSITIVE = st.floats(min_value=1e-6, max_value=1e12)


def several(names: st.SearchStrategy[str]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(names, max_size=4, unique=True).map(tuple)


@st.composite
def scenarios(draw: st.DrawFn) -> dict[str, Any]:
    origin, destination = draw(st.lists(IDS | st.just("73.05,-33.7"), min_size=2, max_size=2, unique=True))
    via = draw(several(IDS))
    return {
        "id": draw(st.from_regex(r"[a-z0-9][a-z0-9-]{0,79}", fullmatch=True)),
        "title": draw(TITLES),
        "why": draw(TITLES),
        "trip": {"origin": origin, "destination": destination, "departure": draw(st.dates(min_value=date(1000, 1, 1)))},
        "vehicle": {
            "type": draw(IDS),
            "plate": draw(CODES),
            "crew": draw(st.integers(1, 2)),
            "empty_return_share": draw(st.floats(0, 1)),
        },
        "cargo": {"kind": draw(IDS), "mass_t": draw(POSITIVE), "value_usd": draw(POSITIVE)},
        "routes": {
            "alternatives": draw(st.integers(1, 20)),
            "presets": draw(several(IDS)),
            "via": via,
            "avoid": {
                "countries": draw(several(CODES)),
                "posts": tuple(post for post in draw(several(IDS)) if post not in via),
            },
        },
        "network": draw(st.just("embedded") | WORDS),
        "measures": draw(several(IDS)),
        "override": draw(OWN_VALUES),
        "override_after_measures": draw(OWN_VALUES),
        "uncertainty": {"draws": 2 ** draw(st.integers(0, 20)), "seed": draw(st.integers(0, 2**40))},
        "criteria": {"carbon_usd_per_t": draw(st.floats(0, 1e6)), "reliability": "none"},
    }


@settings(deadline=None)
@given(scenarios())
def test_a_scenario_written_and_read_is_the_same_scenario(values: dict[str, Any]) -> None:
    scenario = Scenario.model_validate(values)
    text = write_resolved(scenario)
    assert parse_scenario(text) == scenario
    assert write_resolved(parse_scenario(text)) == text


def test_the_order_in_which_overrides_were_written_does_not_matter(complete: str) -> None:
    one = parse_scenario(f"{complete}override: {{b.c: 1, a.b: 2}}\n")
    other = parse_scenario(f"{complete}override: {{a.b: 2, b.c: 1}}\n")
    assert write_resolved(one) == write_resolved(other)


def test_zero_has_no_sign(complete: str) -> None:
    text = complete.replace("carbon_usd_per_t: 0", "carbon_usd_per_t: -0.0")
    assert "  carbon_usd_per_t: 0\n" in write_resolved(parse_scenario(text))


def test_numbers_are_written_the_short_way(complete: str) -> None:
    lines = write_resolved(parse_scenario(complete.replace("90000", "90000.0"))).splitlines()
    assert {"  mass_t: 18", "  value_usd: 90000", "  empty_return_share: 0.4"} <= set(lines)


@pytest.mark.parametrize(
    "text", ["null", "true", "22:30", "2026-11-01", "1e3", "", "a: b", "# x", '"', "\\", "a\u0085b", "- a"]
)
def test_text_that_could_be_read_as_something_else_is_quoted(text: str) -> None:
    assert quoted(text).startswith('"')


def test_a_scenario_cannot_be_changed_after_it_was_read(complete: str) -> None:
    scenario = parse_scenario(complete)
    with pytest.raises(ValueError, match="frozen"):
        scenario.cargo.mass_t = 3.0


def test_unprintable_overrides_are_refused(complete: str) -> None:
    with pytest.raises(ScenarioFileError, match=r"override\.a\.b: wrong kind of value"):
        parse_scenario(f'{complete}override: {{a.b: "\\e"}}\n')
