"""Posts, legs and pairs that a trip cannot easily do without, and the smallest sets of posts that cut it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from types import SimpleNamespace
from typing import cast

import networkx as nx
import numpy as np
import pytest

from corridor.analysis.assess import assess, open_ways
from corridor.analysis.criticality import find_criticality
from corridor.analysis.losses import Criticality
from corridor.analysis.minimum_cut import find_minimum_cuts
from corridor.analysis.options import MARGIN_SHARE, Ways
from corridor.analysis.trip import Trip, build_trip
from corridor.errors import RouteError
from corridor.evidence import Evidence, read_evidence
from corridor.evidence.layering import with_layers
from corridor.network.files import read_network
from corridor.network.roads import RoadNetwork
from corridor.routing.chains import ChainSearch, Links
from corridor.routing.corridor_graph import CorridorGraph, build_corridor_graph, gate_key
from corridor.routing.steps import NOTHING_REMOVED, Element, Move, Removed, element_of, posts_at_ends
from corridor.run import network_folder
from corridor.scenario import read_scenario
from tests.analysis.conftest import toy_scenario
from tests.conftest import build_toy_network

POSTS = ("chaman", "farap", "hairatan", "torghundi", "torkham")
BEST = ("torkham", "hairatan")


@pytest.fixture
def found(toy_trip: Trip) -> Criticality:
    return find_criticality(toy_trip)


def best_usd_without(posts: Sequence[str], evidence: Evidence, network: RoadNetwork) -> float | None:
    """The scenario run again with some posts avoided; None where no way is left."""
    scenario = toy_scenario(f"routes.avoid.posts=[{', '.join(posts)}]")
    try:
        return assess(build_trip(scenario, evidence, network)).options[0].generalised_cost_usd
    except RouteError:
        return None


CLOSED = [*((post,) for post in POSTS), *combinations(POSTS, 2)]


@pytest.mark.parametrize("closed", CLOSED)
def test_a_loss_equals_removing_the_posts_and_running_again(
    found: Criticality, toy_evidence: Evidence, toy_network: RoadNetwork, closed: tuple[str, ...]
) -> None:
    everything_usd = best_usd_without((), toy_evidence, toy_network)
    without_usd = best_usd_without(closed, toy_evidence, toy_network)
    assert everything_usd is not None
    expected = None if without_usd is None else pytest.approx(without_usd - everything_usd, abs=1e-6)
    assert found.loss_usd(closed) == expected


def test_the_posts_of_the_best_way_are_closed_and_all_others_cost_nothing(found: Criticality) -> None:
    assert found.best.post_ids == BEST
    assert {loss.without[0] for loss in found.posts} == set(BEST)
    assert found.spare_posts == ("chaman", "farap", "torghundi")
    assert [found.loss_usd([post]) for post in found.spare_posts] == [0.0, 0.0, 0.0]


def test_amounts_of_a_loss_are_those_of_the_way_left_less_those_of_the_best(found: Criticality) -> None:
    loss = found.posts[0]
    assert loss.way is not None
    assert loss.money is not None
    assert loss.money.known_usd == loss.way.ledger.money_usd - found.best.ledger.money_usd
    assert loss.time_h == loss.way.ledger.time_h - found.best.ledger.time_h
    assert loss.co2e_wtw_kg == loss.way.ledger.co2e_wtw_kg - found.best.ledger.co2e_wtw_kg
    frame = found.to_frame()
    assert frame.loc[0, "generalised_usd"] == loss.generalised_usd
    assert list(frame["kind"].unique()) == ["post", "leg", "pair"]


def test_losses_come_greatest_first_and_are_never_below_0(found: Criticality) -> None:
    for losses in (found.posts, found.pairs):
        amounts = [np.inf if loss.generalised_usd is None else loss.generalised_usd for loss in losses]
        assert amounts == sorted(amounts, reverse=True)
        assert min(amounts) >= 0


@pytest.fixture
def every_way(toy_trip: Trip) -> dict[frozenset[Element], float]:
    """Posts and legs of each chain there is -> its generalised cost in USD."""
    ways = open_ways(toy_trip)
    candidates = ways.priced([ways.candidate(chain) for chain in ways.search(()).chains()])
    return {frozenset(map(element_of, each.chain.steps)): each.generalised_cost_usd for each in candidates}


def test_any_one_or_two_posts_or_legs_cost_what_the_cheapest_of_all_chains_without_them_costs_more(
    found: Criticality, every_way: dict[frozenset[Element], float]
) -> None:
    elements = frozenset[Element]().union(*every_way)
    cases = [*combinations(elements, 1), *combinations(elements, 2)]
    assert len(cases) > 200
    assert any(len(Removed.of(case).legs) == 2 for case in cases)
    for case in cases:
        left = [usd for used, usd in every_way.items() if used.isdisjoint(case)]
        expected = pytest.approx(min(left) - min(every_way.values()), abs=1e-6) if left else None
        assert found.loss_usd(case) == expected, case


def test_legs_stand_in_the_order_of_travel(found: Criticality) -> None:
    assert [loss.without for loss in found.legs] == [
        (("islamabad", "torkham@PAK"),),
        (("torkham@AFG", "hairatan@AFG"),),
        (("hairatan@UZB", "tashkent"),),
    ]


def test_a_pair_costs_more_than_the_dearer_of_the_two_alone(found: Criticality) -> None:
    for pair in found.pairs:
        alone_usd = [found.loss_usd([element]) for element in pair.without]
        assert None not in alone_usd
        assert pair.generalised_usd is None or all(pair.generalised_usd > usd for usd in alone_usd if usd is not None)


def test_a_leg_and_the_post_at_its_end_are_no_pair(found: Criticality) -> None:
    # who closes Torkham bars the leg to it as well
    assert found.loss_usd(["torkham", ("islamabad", "torkham@PAK")]) == found.loss_usd(["torkham"])
    for pair in found.pairs:
        assert not {post for element in pair.without for post in posts_at_ends(element)} & set(pair.without)


def test_pairs_that_repeat_what_posts_at_the_ends_of_their_legs_cost_are_not_telling(found: Criticality) -> None:
    # the leg from Islamabad is the only one to Torkham, which Chaman replaces
    repeated = ("chaman", ("islamabad", "torkham@PAK"))
    assert found.loss_usd(repeated) == found.loss_usd(["chaman", "torkham"])
    assert repeated in {pair.without for pair in found.pairs}
    assert repeated not in {pair.without for pair in found.telling_pairs}
    assert ("chaman", "torkham") in {pair.without for pair in found.telling_pairs}
    assert all(isinstance(element, str) for pair in found.telling_pairs for element in pair.without)


def test_pairs_that_leave_no_way_are_listed_without_amounts(found: Criticality) -> None:
    # out of Pakistan by Torkham or Chaman; into Uzbekistan by Hairatan, or by Torghundi and Farap one after the other
    assert set(found.cutting_pairs) == {("chaman", "torkham"), ("farap", "hairatan"), ("hairatan", "torghundi")}
    assert {loss.money for loss in found.pairs if loss.is_isolation} == {None}
    frame = found.to_frame()
    assert set(frame.loc[frame["generalised_usd"].isna(), "without"]) >= {"chaman + torkham", "farap + hairatan"}


def test_a_post_without_which_no_way_is_left_is_listed_and_its_pairs_are_not(
    toy_network: RoadNetwork, toy_evidence: Evidence
) -> None:
    found = find_criticality(build_trip(toy_scenario("routes.avoid.posts=[chaman]"), toy_evidence, toy_network))
    assert found.posts[0].without == ("torkham",)
    assert found.posts[0].is_isolation
    assert not any("torkham" in pair.without for pair in found.pairs)
    assert found.loss_usd(["torkham", "farap"]) is None
    assert found.cuts == (("torkham",),)


def test_a_post_that_the_scenario_asks_for_cuts_its_trip(toy_network: RoadNetwork, toy_evidence: Evidence) -> None:
    found = find_criticality(build_trip(toy_scenario("routes.via=[hairatan]"), toy_evidence, toy_network))
    assert found.loss_usd(["hairatan"]) is None
    assert found.cuts == (("hairatan",),)


def test_no_way_at_all_is_an_error_with_its_certificate(toy_network: RoadNetwork, toy_evidence: Evidence) -> None:
    closed = toy_scenario("routes.avoid.posts=[chaman, torkham]")
    with pytest.raises(RouteError, match="no way is left"):
        find_criticality(build_trip(closed, toy_evidence, toy_network))


def has_way(trip: Trip, closed: Sequence[str]) -> bool:
    return open_ways(trip).has_way((), Removed(posts=frozenset(closed)))


def test_closing_a_smallest_cut_leaves_no_way_and_any_of_its_posts_reopened_leaves_one(
    toy_trip: Trip, found: Criticality
) -> None:
    assert found.cuts == (("chaman", "torkham"), ("farap", "hairatan"))  # nearest Islamabad, nearest Tashkent
    for cut in found.cuts:
        assert not has_way(toy_trip, cut)
        assert all(has_way(toy_trip, [post for post in cut if post != reopened]) for reopened in cut)


def test_no_single_post_cuts_what_a_smallest_cut_of_two_does(toy_trip: Trip) -> None:
    assert all(has_way(toy_trip, [post]) for post in POSTS)


@dataclass(frozen=True)
class PlainWays:
    """Ways over a corridor graph without evidence: every move given may be made, legs weigh their km."""

    graph: CorridorGraph
    moves: Sequence[Move]
    origin: str = "start"
    destination: str = "end"

    @property
    def trip(self) -> SimpleNamespace:
        return SimpleNamespace(graph=self.graph)

    def search(self, required: Sequence[frozenset[str]], removed: Removed = NOTHING_REMOVED) -> ChainSearch:
        links = Links(self.graph, self.moves, lambda leg: self.graph.leg_usd(leg.start, leg.end))
        return ChainSearch(links, self.origin, self.destination, "PAK", required, removed)

    def has_way(self, required: Sequence[frozenset[str]], removed: Removed = NOTHING_REMOVED) -> bool:
        return next(self.search(required, removed).chains(), None) is not None


def plain_ways(doors: Mapping[str, tuple[str, str]], one_way: frozenset[str] = frozenset()) -> PlainWays:
    """Countries as stars of roads around one place, joined by posts; the trip leads from country A to country Z."""
    countries = sorted({"A", "Z", *(country for pair in doors.values() for country in pair)})
    hubs = [(country, country, 10.0 * number, 0.0) for number, country in enumerate(countries)]
    gates = [(f"{post}@{c}", c, 10.0 * countries.index(c), 1.0) for post, pair in doors.items() for c in pair]
    network = build_toy_network(
        nodes=[*hubs, *gates],
        roads=[(country, gate, 10.0) for gate, country, _, _ in gates],
        posts={post: (f"{post}@{a}", f"{post}@{b}") for post, (a, b) in doors.items()},
    )
    graph = build_corridor_graph(
        network,
        search_usd=network.length_km,
        is_usable=np.ones(network.edge_count, dtype=bool),
        crossings=sorted(doors),
        places={"start": countries.index("A"), "end": countries.index("Z")},
        avoided_countries=frozenset(),
        free_movement_area="EU_EFTA",
    )
    moves = [
        Move(post, f"{left}-{entered}", gate_key(post, left), gate_key(post, entered), 1.0, "PAK", "PAK")
        for post, (a, b) in doors.items()
        for left, entered in (((a, b),) if post in one_way else ((a, b), (b, a)))
    ]
    return PlainWays(graph, moves)


def cuts_of(ways: PlainWays) -> tuple[tuple[str, ...], ...]:
    return find_minimum_cuts(cast(Ways, ways), ())


def disjoint_ways(doors: Mapping[str, tuple[str, str]]) -> int:
    """How many ways from A to Z share no post, counted by networkx over posts that meet in a country."""
    meeting = nx.Graph()
    meeting.add_nodes_from(["start", "end"])
    stands = {"start": {"A"}, "end": {"Z"}, **{post: set(pair) for post, pair in doors.items()}}
    meeting.add_edges_from((a, b) for a, b in combinations(stands, 2) if stands[a] & stands[b])
    if not nx.has_path(meeting, "start", "end"):
        return 0
    return len(list(nx.node_disjoint_paths(meeting, "start", "end")))


@pytest.mark.parametrize("seed", range(25))
def test_a_smallest_cut_has_as_many_posts_as_there_are_ways_that_share_none(seed: int) -> None:
    rng = np.random.default_rng(seed)
    pairs = list(combinations("ABCDYZ", 2))
    pairs.remove(("A", "Z"))
    doors = {f"post{number}": pairs[rng.integers(len(pairs))] for number in range(int(rng.integers(5, 14)))}
    ways = plain_ways(doors)
    cuts, expected = cuts_of(ways), disjoint_ways(doors)
    assert {len(cut) for cut in cuts} == ({expected} if expected else set())
    for cut in cuts:
        assert not ways.has_way((), Removed(posts=frozenset(cut)))
        assert all(ways.has_way((), Removed(posts=frozenset(cut) - {post})) for post in cut)


def test_a_post_that_only_lets_out_of_the_destination_is_in_no_cut() -> None:
    # A to B and A to C, both on to Z: from B by `into`; the post between Z and C lets trucks out of Z only
    doors = {"a_b": ("A", "B"), "a_c": ("A", "C"), "b_c": ("B", "C"), "into": ("B", "Z"), "out": ("Z", "C")}
    assert cuts_of(plain_ways(doors, one_way=frozenset({"out"}))) == (("into",),)
    assert {len(cut) for cut in cuts_of(plain_ways(doors))} == {2}


def test_a_trip_that_passes_no_post_has_no_cut() -> None:
    ways = plain_ways({"a_b": ("A", "B")})
    assert cuts_of(PlainWays(ways.graph, ways.moves, destination="start")) == ()


def test_on_the_real_network_the_way_left_is_the_best_of_the_scenario_that_avoids_the_post() -> None:
    tables = read_evidence()
    scenario = read_scenario("islamabad-minsk", known=tables.known_names()).scenario
    evidence, _ = with_layers(tables.with_ferries(), scenario, ())
    roads = read_network(network_folder(scenario)).roads
    whole = build_trip(scenario, evidence, roads)
    found = find_criticality(whole)
    assert found.is_proven
    first = found.posts[0]
    avoid = scenario.routes.avoid.model_copy(update={"posts": first.without})
    routes = scenario.routes.model_copy(update={"avoid": avoid})
    trip = build_trip(scenario.model_copy(update={"routes": routes}), evidence, roads)
    alone_usd = open_ways(trip).best(1, required=()).options[0].candidate.generalised_cost_usd
    assert first.way is not None  # the pool of all searches may know a chain that one search alone stops before
    assert alone_usd / (1 + MARGIN_SHARE) <= first.way.generalised_cost_usd <= alone_usd + 1e-6
    cut = found.cuts[0]
    assert not has_way(whole, cut)
    assert all(has_way(whole, [post for post in cut if post != reopened]) for reopened in cut)
