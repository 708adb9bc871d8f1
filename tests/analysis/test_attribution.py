"""Shares of changed inputs: by hand where two of them interact, and always adding up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corridor.analysis.attribution import (
    GROUPS_MAX,
    Attribution,
    BestFigures,
    Group,
    Share,
    build_shares,
    grouped,
    subsets,
    total,
)

MASS, CREW, DATE = ("cargo.mass_t",), ("vehicle.crew",), ("trip.departure",)
NOTHING = BestFigures(0.0, 0.0, 0.0)


def usd(amount: float) -> BestFigures:
    return BestFigures(amount, amount, 0.0)


def shares_of(values: dict[frozenset[Group], float], *groups: Group) -> dict[Group, Share]:
    return {share.keys: share for share in build_shares(groups, {key: usd(value) for key, value in values.items()})}


def test_an_interaction_of_two_keys_is_halved_between_them() -> None:
    # 1000 + 60 (mass) + 200 (crew) + 40 (both): alone 60 and 200, last 100 and 240, mean 80 and 220
    found = shares_of(
        {frozenset(): 1000, frozenset({MASS}): 1060, frozenset({CREW}): 1200, frozenset({MASS, CREW}): 1300}, MASS, CREW
    )
    mass, crew = found[MASS], found[CREW]
    assert (mass.from_old.money_usd, mass.from_new.money_usd, mass.mean.money_usd) == (60, 100, 80)
    assert (crew.from_old.money_usd, crew.from_new.money_usd, crew.mean.money_usd) == (200, 240, 220)


def test_an_interaction_of_three_keys_is_split_in_thirds() -> None:
    effects: dict[Group, float] = {MASS: 10.0, CREW: 20.0, DATE: 30.0}
    values = {
        some: sum(effects[key] for key in some) + (9.0 if len(some) == 3 else 0.0)
        for some in subsets([MASS, CREW, DATE])
    }
    found = shares_of(values, MASS, CREW, DATE)
    means = [found[key].mean.money_usd for key in (MASS, CREW, DATE)]
    assert means == pytest.approx([13.0, 23.0, 33.0])  # each + 9 / 3


def test_without_interaction_alone_last_and_mean_are_one() -> None:
    values: dict[frozenset[Group], float] = {
        some: 5.0 * (MASS in some) + 7.0 * (CREW in some) for some in subsets([MASS, CREW])
    }
    share = shares_of(values, MASS, CREW)[CREW]
    assert share.from_old.money_usd == share.from_new.money_usd == pytest.approx(share.mean.money_usd) == 7.0


@given(st.integers(1, 5), st.data())
def test_the_shares_of_any_values_add_up_to_the_change(count: int, data: st.DataObject) -> None:
    groups = tuple((f"key_{number}",) for number in range(count))
    some = subsets(groups)
    drawn = data.draw(st.lists(st.floats(0, 1e5), min_size=len(some), max_size=len(some)))
    values = {changed: BestFigures(size, size / 2, size / 100) for changed, size in zip(some, drawn, strict=True)}
    change = values[frozenset(groups)] - values[frozenset()]
    added = total(share.mean for share in build_shares(groups, values))
    assert added.generalised_cost_usd == pytest.approx(change.generalised_cost_usd, abs=1e-6)
    assert added.time_h == pytest.approx(change.time_h, abs=1e-6)


def test_a_single_changed_key_has_all_of_the_change() -> None:
    assert shares_of({frozenset(): 100, frozenset({MASS}): 130}, MASS)[MASS].mean.money_usd == 30


def test_up_to_six_keys_are_told_apart_and_more_by_section() -> None:
    six = [f"override.key_{number}" for number in range(GROUPS_MAX)]
    assert len(grouped(six)) == 6
    assert grouped([*six, "cargo.mass_t"]) == (tuple(six), ("cargo.mass_t",))


def test_where_fewer_groups_are_asked_for_sections_begin_sooner() -> None:
    four = [f"override.key_{number}" for number in range(4)]
    assert len(grouped(four, most=4)) == 4
    assert grouped([*four, "cargo.mass_t"], most=4) == (tuple(four), ("cargo.mass_t",))
    assert grouped(["a.key", "b.key", "c.key"], most=2) == (("a.key",), ("b.key", "c.key"))


def test_more_than_six_sections_share_the_last_group() -> None:
    keys = [f"section_{number}.key" for number in range(8)]
    groups = grouped(keys)
    assert len(groups) == GROUPS_MAX
    assert groups[-1] == ("section_5.key", "section_6.key", "section_7.key")


def test_the_change_is_all_shares_and_the_rest() -> None:
    share = Share(MASS, usd(1.0), usd(3.0), usd(2.0))
    attribution = Attribution((share,), rest=usd(0.5), notes=())
    assert attribution.change == usd(2.5)
    frame = attribution.to_frame()
    assert frame.loc[frame["quantity"] == "money_usd", "mean"].sum() == 2.5


def test_nothing_is_nothing_once_the_noise_of_binary_fractions_is_gone() -> None:
    assert (usd(0.1 + 0.2) - usd(0.3)).rounded().is_nothing
    assert NOTHING.is_nothing
    assert not usd(0.01).is_nothing
