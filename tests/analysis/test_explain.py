"""A difference of two options: parts that add up, and unknown parts that say what is not settled."""

from math import fsum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corridor.analysis.accounts import Entry, OptionAccount, Quantity
from corridor.analysis.explain import Difference, bound_of, explain

CENT = 0.005


def money(component: str, country: str, usd: float | None, *, post: str = "", leg: str = "leg") -> Entry:
    return Entry("money", component, country, post or leg, bool(post), usd)


def account(label: str, *entries: Entry, km: dict[str, float] | None = None) -> OptionAccount:
    return OptionAccount(label, entries, cargo_time_usd=0.0, carbon_usd=0.0, km_by_country=km or {})


amounts = st.none() | st.floats(0, 1e5, allow_nan=False).map(lambda usd: round(usd, 6))
entries = st.builds(
    Entry,
    quantity=st.sampled_from(["money", "time", "co2e"]),
    component=st.sampled_from(["fuel", "toll", "border_fee", "driver", "drive"]),
    country=st.sampled_from(["PAK", "CHN", "KAZ", "RUS"]),
    place=st.sampled_from(["khunjerab", "torugart", "Islamabad - Khunjerab"]),
    is_post=st.booleans(),
    amount=amounts,
)
accounts = st.builds(
    OptionAccount,
    label=st.just("X"),
    entries=st.lists(entries, max_size=30).map(tuple),
    cargo_time_usd=st.floats(0, 1e4),
    carbon_usd=st.floats(0, 1e4),
    km_by_country=st.just({"RUS": 1000.0}),
)


def known(of: OptionAccount, quantity: Quantity) -> float:
    return fsum(entry.amount or 0.0 for entry in of.entries if entry.quantity == quantity)


@given(accounts, accounts)
def test_the_parts_of_any_two_accounts_add_up_to_their_difference_to_the_cent(
    a: OptionAccount, b: OptionAccount
) -> None:
    difference = explain(a, b)
    quantities: tuple[Quantity, ...] = ("money", "time", "co2e")
    for quantity in quantities:
        parts = fsum(part.amount for part in difference.parts if part.quantity == quantity)
        assert parts == pytest.approx(known(b, quantity) - known(a, quantity), abs=CENT)


@given(accounts)
def test_an_option_differs_from_itself_in_nothing(a: OptionAccount) -> None:
    difference = explain(a, a)
    assert all(part.amount == 0.0 for part in difference.parts)
    assert (difference.generalised_cost_usd, difference.bound) == (0.0, "exact")


@given(accounts, accounts)
def test_turning_the_question_round_turns_every_sign_and_bound(a: OptionAccount, b: OptionAccount) -> None:
    there, back = explain(a, b), explain(b, a)
    assert [part.amount for part in there.parts] == [-part.amount for part in back.parts]
    turned = {"at_least": "at_most", "at_most": "at_least"}
    assert back.bound == turned.get(there.bound, there.bound)
    assert there.unknown_in_a == tuple(
        type(u)(u.component, u.country, u.place, km_a=u.km_b, km_b=u.km_a) for u in back.unknown_in_b
    )


def test_a_part_is_what_b_pays_less_what_a_pays() -> None:
    a = account("A", money("toll", "RUS", 100.0), money("fuel", "RUS", 300.0))
    b = account("B", money("toll", "RUS", 530.0), money("fuel", "RUS", 222.0))
    found = {part.component: part.amount for part in explain(a, b).parts}
    assert found == {"toll": 430.0, "fuel": -78.0}
    assert explain(a, b).total("money") == 352.0  # 430 - 78


def unknown_case(*, in_a: bool, in_b: bool) -> Difference:
    a = account("A", money("fuel", "PAK", 10.0), *([money("toll", "KGZ", None)] if in_a else []))
    b = account("B", money("fuel", "PAK", 15.0), *([money("toll", "RUS", None)] if in_b else []))
    return explain(a, b)


def test_what_only_a_leaves_out_makes_the_difference_at_most() -> None:
    assert unknown_case(in_a=True, in_b=False).bound == "at_most"  # B - A = 5 - unknown toll of A


def test_what_only_b_leaves_out_makes_the_difference_at_least() -> None:
    assert unknown_case(in_a=False, in_b=True).bound == "at_least"  # B - A = 5 + unknown toll of B


def test_what_each_leaves_out_for_itself_leaves_the_sign_open() -> None:
    assert unknown_case(in_a=True, in_b=True).bound == "not_settled"


def test_the_same_unknown_in_both_cancels_and_is_listed_with_the_km_of_each() -> None:
    a = account("A", money("toll", "RUS", None), km={"RUS": 1270.0})
    b = account("B", money("toll", "RUS", None), km={"RUS": 1395.0})
    difference = explain(a, b)
    assert difference.bound == bound_of(has_a=False, has_b=False) == "exact"
    assert [(u.component, u.km_a, u.km_b) for u in difference.unknown_in_both] == [("toll", 1270.0, 1395.0)]


def test_unknown_fees_of_two_posts_of_one_country_do_not_cancel() -> None:
    a = account("A", money("border_fee", "KAZ", None, post="taskala"))
    b = account("B", money("border_fee", "KAZ", None, post="zhaisan"))
    assert explain(a, b).bound == "not_settled"


def test_an_entry_fee_of_one_country_is_the_same_at_every_post() -> None:
    a = account("A", money("entry_fee", "RUS", None, post="taskala"))
    b = account("B", money("entry_fee", "RUS", None, post="samur"))
    assert explain(a, b).bound == "exact"


def test_a_component_has_its_own_bound() -> None:
    difference = unknown_case(in_a=False, in_b=True)
    assert (difference.component_bound("toll"), difference.component_bound("fuel")) == ("at_least", "exact")


def test_generalised_cost_adds_cargo_time_and_carbon() -> None:
    a = OptionAccount("A", (money("fuel", "PAK", 10.0),), 100.0, 5.0, {})
    b = OptionAccount("B", (money("fuel", "PAK", 12.0),), 130.0, 4.0, {})
    assert explain(a, b).generalised_cost_usd == 31.0  # 2 + 30 - 1


def test_the_frame_has_a_row_per_part_and_sums_to_the_totals() -> None:
    difference = unknown_case(in_a=True, in_b=True)
    frame = difference.to_frame()
    assert list(frame.columns[:5]) == ["quantity", "unit", "component", "country", "post"]
    assert frame["difference"].sum() == difference.total("money") == 5.0
