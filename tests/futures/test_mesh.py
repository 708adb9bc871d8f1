"""Ways put together from the steps of known chains, the cheapest in every future."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import networkx as nx
import numpy as np
import pytest

from corridor.futures.mesh import Mesh, Step, Way
from corridor.routing.steps import NOTHING_REMOVED, Chain, LegEnds, Move, Removed

PLATE = "PAK"


def move(post: str, left: str, entered: str) -> Move:
    return Move(post, f"{left}-{entered}", f"{post}@{left}", f"{post}@{entered}", 1.0, PLATE, PLATE)


def chain(*moves: Move) -> Chain:
    """A chain from home to mill through some posts."""
    ends = ["home", *(end for each in moves for end in (each.start, each.end)), "mill"]
    steps: list[Step] = []
    for number, (start, end) in enumerate(zip(ends[::2], ends[1::2], strict=True)):
        steps.append(LegEnds(start, end, PLATE))
        steps += moves[number : number + 1]
    return Chain(tuple(steps), 0.0)


NORTH, SOUTH = move("north", "A", "B"), move("south", "A", "B")
EAST, WEST = move("east", "B", "C"), move("west", "B", "C")


def posts_of(ways: Sequence[Way]) -> set[tuple[str, ...]]:
    return {tuple(step.crossing_id for step in way if isinstance(step, Move)) for way in ways}


def mesh_of(chains: Sequence[Chain], usd: dict[Step, list[float]], required: tuple[frozenset[str], ...] = ()) -> Mesh:
    """A mesh whose steps cost 1 USD in every future unless told otherwise."""
    futures = len(next(iter(usd.values())))
    steps = dict.fromkeys(step for each in chains for step in each.steps)
    return Mesh(chains, required, {step: np.array(usd.get(step, [1.0] * futures)) for step in steps})


CROSSING = (chain(NORTH, EAST), chain(SOUTH, EAST), chain(NORTH, WEST))
"""South and West are never passed by one of these chains, and there is no leg between them."""


def test_each_future_has_its_own_cheapest_way() -> None:
    mesh = mesh_of(CROSSING, {NORTH: [5.0, 1.0, 1.0], SOUTH: [1.0, 5.0, 5.0], EAST: [1.0, 1.0, 9.0]})
    # three legs and two posts: by south 3 + 1 + 1, by north and east 3 + 1 + 1, by north and west 3 + 1 + 1
    assert posts_of(mesh.cheapest()) == {("south", "east"), ("north", "east"), ("north", "west")}


def test_a_way_may_begin_as_one_chain_and_end_as_another() -> None:
    between = chain(move("north", "A", "B"), EAST, move("far", "C", "D"))
    other = chain(SOUTH, EAST, move("near", "C", "D"))
    mesh = mesh_of([between, other], {NORTH: [1.0, 9.0], between.moves[-1]: [9.0, 1.0]})
    assert posts_of(mesh.cheapest()) == {("north", "east", "near"), ("south", "east", "far")}


def test_what_is_removed_is_on_no_way() -> None:
    mesh = mesh_of(CROSSING, {NORTH: [1.0, 1.0]})
    assert posts_of(mesh.cheapest(Removed(posts=frozenset({"north"})))) == {("south", "east")}
    barred = Removed(legs=frozenset({("north@B", "east@B"), ("south@B", "east@B")}))
    assert posts_of(mesh.cheapest(barred)) == {("north", "west")}
    assert mesh.cheapest(Removed(posts=frozenset({"north", "east"}))) == []


def test_a_way_without_a_post_is_one_leg() -> None:
    assert mesh_of([chain()], {LegEnds("home", "mill", PLATE): [3.0]}).cheapest() == [chain().steps]


def test_a_required_post_is_not_passed_by_where_the_start_of_one_chain_meets_the_end_of_another() -> None:
    both = [chain(NORTH, EAST), chain(EAST, NORTH)]
    assert posts_of(mesh_of(both, {EAST: [0.5]}).cheapest()) == {("east",)}
    required = (frozenset({"north"}),)
    assert posts_of(mesh_of(both, {EAST: [0.5]}, required).cheapest()) == {("north",)}


def test_a_truck_that_has_driven_up_to_a_post_passes_it() -> None:
    # out by south and west, or out by north, back by south and out by west: no leg leads from home to west
    back, west = move("south", "B", "A"), move("west", "A", "C")
    mesh = mesh_of([chain(SOUTH, EAST), chain(NORTH, back, west)], {SOUTH: [9.0], EAST: [9.0], NORTH: [5.0]})
    assert posts_of(mesh.cheapest()) == {("north", "south", "west")}


@pytest.mark.parametrize("seed", range(8))
def test_the_cheapest_ways_are_those_of_networkx_in_each_future(seed: int) -> None:
    rng = np.random.default_rng(seed)
    borders = (("A", "B"), ("B", "C"), ("C", "D"))
    posts = [[move(f"{a}{b}{number}", a, b) for number in range(4)] for a, b in borders]
    chains = [chain(*(row[rng.integers(4)] for row in posts)) for _ in range(9)]
    steps = dict.fromkeys(step for each in chains for step in each.steps)
    usd = {step: rng.uniform(1, 10, size=16).tolist() for step in steps}
    found = mesh_of(chains, usd).cheapest(NOTHING_REMOVED)
    assert set(found) == {shortest(usd, future) for future in range(16)}


def shortest(usd: dict[Step, list[float]], future: int) -> Way:
    """The cheapest way in one future by networkx, whose nodes are gates and places."""
    roads = nx.DiGraph()
    for step, amounts in usd.items():
        roads.add_edge(step.start, step.end, weight=amounts[future], step=step)
    nodes = nx.shortest_path(roads, "home", "mill", weight="weight")
    return tuple(roads.edges[pair]["step"] for pair in pairwise(nodes))
