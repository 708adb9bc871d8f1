from itertools import islice, pairwise, permutations

import numpy as np
import pytest

from corridor.network.roads import RoadNetwork
from corridor.routing.chains import ChainSearch, Links
from corridor.routing.corridor_graph import CorridorGraph, Terminal, build_corridor_graph, gate_key
from corridor.routing.cut import find_cut, reachable_zones
from corridor.routing.steps import Chain, LegEnds, Move, Removed


def toy_graph(network: RoadNetwork) -> CorridorGraph:
    """The corridor graph of the toy network, with km as weights."""
    return build_corridor_graph(
        network,
        search_usd=network.length_km,
        is_usable=np.ones(network.edge_count, dtype=bool),
        crossings=sorted(network.crossing_edges),
        places={"islamabad": 0, "tashkent": network.node_count - 1},
        avoided_countries=frozenset(),
        free_movement_area="EU_EFTA",
    )


def moves_of(network: RoadNetwork, posts: dict[str, float]) -> list[Move]:
    """Both directions of each post with its weight."""
    moves = []
    for post, usd in posts.items():
        a, b = network.crossing_nodes(post)
        for left, entered in ((a, b), (b, a)):
            start, end = gate_key(post, left), gate_key(post, entered)
            moves.append(Move(post, f"{left}-{entered}", start, end, usd, "PAK", "PAK"))
    return moves


POSTS = {"torkham": 40.0, "chaman": 1.0, "hairatan": 12.0, "torghundi": 15.0, "farap": 8.0}


def search(network: RoadNetwork, posts: dict[str, float], required: tuple[frozenset[str], ...] = ()) -> list[Chain]:
    graph = toy_graph(network)
    links = Links(graph, moves_of(network, posts), lambda leg: graph.leg_usd(leg.start, leg.end))
    chains = ChainSearch(links, "islamabad", "tashkent", "PAK", required)
    return list(islice(chains.chains(), 50))


def posts_of(chain: Chain) -> list[str]:
    return [crossing for crossing, _ in chain.signature]


def test_the_cheapest_chain_comes_first_with_its_weight(toy_network: RoadNetwork) -> None:
    best = search(toy_network, POSTS)[0]
    assert posts_of(best) == ["torkham", "hairatan"]
    assert best.weight_usd == pytest.approx(100 + 40 + 500 + 12 + 400)


def test_chains_come_in_order_and_no_post_twice_in_one_direction(toy_network: RoadNetwork) -> None:
    chains = search(toy_network, POSTS)
    weights = [chain.weight_usd for chain in chains]
    assert weights == sorted(weights)
    assert len({chain.signature for chain in chains}) == len(chains)
    assert all(len(set(chain.signature)) == len(chain.signature) for chain in chains)


def test_requiring_a_post_of_the_best_chain_leaves_it(toy_network: RoadNetwork) -> None:
    free, forced = search(toy_network, POSTS)[0], search(toy_network, POSTS, (frozenset({"torkham"}),))[0]
    assert forced.signature == free.signature
    assert forced.weight_usd == pytest.approx(free.weight_usd)


def test_required_posts_are_passed_in_order(toy_network: RoadNetwork) -> None:
    forced = search(toy_network, POSTS, (frozenset({"chaman"}), frozenset({"torghundi"})))[0]
    assert posts_of(forced) == ["chaman", "torghundi", "farap"]
    assert forced.weight_usd == pytest.approx(600 + 1 + 500 + 15 + 500 + 8 + 400)


def test_one_of_several_alternatives_is_enough(toy_network: RoadNetwork) -> None:
    forced = search(toy_network, POSTS, (frozenset({"chaman", "torkham"}), frozenset({"farap"})))[0]
    assert posts_of(forced) == ["chaman", "torghundi", "farap"]  # 2,024; by torkham 100 + 40 + 1,200 + ... = 2,263


def test_no_chain_when_every_post_is_closed(toy_network: RoadNetwork) -> None:
    assert search(toy_network, {}) == []


@pytest.mark.parametrize("closed", sorted(POSTS))
def test_closing_a_crossing_never_makes_the_best_route_cheaper(toy_network: RoadNetwork, closed: str) -> None:
    rest = {post: usd for post, usd in POSTS.items() if post != closed}
    chains = search(toy_network, rest)
    assert not chains or chains[0].weight_usd >= search(toy_network, POSTS)[0].weight_usd


def random_zones(seed: int) -> tuple[CorridorGraph, list[Move], dict[tuple[str, str], float]]:
    """Four zones joined by eight posts with random leg weights between all gates of a zone."""
    rng = np.random.default_rng(seed)
    zones = ["PAK", "AFG", "UZB", "KAZ"]
    terminals = {
        "o": Terminal("o", "PAK", "PAK", 0, is_gate=False),
        "d": Terminal("d", "KAZ", "KAZ", 0, is_gate=False),
    }
    moves = []
    for number in range(8):
        a, b = rng.choice(4, size=2, replace=False)
        post = f"post{number}"
        for zone in (zones[a], zones[b]):
            terminals[gate_key(post, zone)] = Terminal(post, zone, zone, 0, is_gate=True)
        usd = float(rng.uniform(1, 50))
        for left, entered in ((zones[a], zones[b]), (zones[b], zones[a])):
            start, end = gate_key(post, left), gate_key(post, entered)
            moves.append(Move(post, f"{left}-{entered}", start, end, usd, "PAK", "PAK"))
    names = sorted(terminals)
    legs = {}
    for i, a_name in enumerate(names):
        for b_name in names[i:]:
            if terminals[a_name].zone == terminals[b_name].zone:
                legs[a_name, b_name] = legs[b_name, a_name] = float(rng.uniform(1, 100))
    return CorridorGraph(None, {}, terminals), moves, legs  # type: ignore[arg-type]


def brute_force(moves: list[Move], legs: dict[tuple[str, str], float]) -> list[float]:
    """Weights of all chains of up to four moves, none of them twice, sorted."""
    weights = [legs["o", "d"]] if ("o", "d") in legs else []
    for length in range(1, 5):
        for chain in permutations(moves, length):
            ends = ["o", *(end for move in chain for end in (move.start, move.end)), "d"]
            pairs = list(zip(ends[::2], ends[1::2], strict=True))
            no_repeat = len(set(chain)) == length and all(a.crossing_id != b.crossing_id for a, b in pairwise(chain))
            if no_repeat and all(pair in legs for pair in pairs):
                weights.append(sum(legs[pair] for pair in pairs) + sum(move.weight_usd for move in chain))
    return sorted(weights)


@pytest.mark.parametrize("seed", range(5))
def test_chains_equal_brute_force_on_random_corridors(seed: int) -> None:
    graph, moves, legs = random_zones(seed)
    links = Links(graph, moves, lambda leg: legs[leg.start, leg.end])
    found = ChainSearch(links, "o", "d", "PAK", ())
    chains = [chain.weight_usd for chain in found.chains() if len(chain.moves) <= 4]
    expected = brute_force(moves, legs)
    assert len(chains) == len(expected)
    np.testing.assert_allclose(chains, expected)


@pytest.mark.parametrize("seed", range(2))
def test_a_search_without_a_post_and_a_leg_finds_the_chains_of_the_whole_that_use_neither(seed: int) -> None:
    graph, moves, legs = random_zones(seed)
    links = Links(graph, moves, lambda leg: legs[leg.start, leg.end])
    whole = ChainSearch(links, "o", "d", "PAK", ())
    every, rng = list(whole.chains()), np.random.default_rng(seed)
    for number in rng.permutation(len(every))[:3]:
        post, leg = rng.choice(every[number].moves).crossing_id, every[number].steps[0]
        removed = Removed.of([post, (leg.start, leg.end)])
        left = list(whole.without(removed).chains())
        assert set(left) == {chain for chain in every if not removed.touches(chain)}
        assert np.diff([chain.weight_usd for chain in left]).min(initial=0.0) >= -1e-9
        assert whole.without(removed).posts_on_the_way >= {move.crossing_id for chain in left for move in chain.moves}
        assert post not in whole.without(removed).posts_on_the_way


def test_a_leg_knows_its_roads(toy_network: RoadNetwork) -> None:
    graph = toy_graph(toy_network)
    leg = graph.leg("torkham@AFG", "torghundi@AFG")  # 700 + 500 by chaman, or 500 + 800 by hairatan
    assert toy_network.length_km[leg.edges].tolist() == [700.0, 500.0]
    assert leg.nodes.tolist() == [2, 4, 7]


def test_the_cut_is_as_small_as_the_number_of_ways_that_share_no_post(toy_network: RoadNetwork) -> None:
    graph = toy_graph(toy_network)
    doors = dict.fromkeys(POSTS, False)
    cut = find_cut(graph, origin="islamabad", destination="tashkent", doors=doors)
    assert len(cut) == 2


def test_the_cut_names_closed_posts_only(toy_network: RoadNetwork) -> None:
    graph = toy_graph(toy_network)
    doors = {"torkham": True, "chaman": True, "hairatan": False, "torghundi": True, "farap": False}
    cut = find_cut(graph, origin="islamabad", destination="tashkent", doors=doors)
    assert cut == ("farap", "hairatan")
    assert reachable_zones(graph, origin="islamabad", doors=doors) == ("AFG", "PAK", "TKM")


def test_leaving_one_post_of_the_cut_open_reconnects(toy_network: RoadNetwork) -> None:
    for reopened in ("hairatan", "farap"):
        posts = {post: usd for post, usd in POSTS.items() if post not in {"hairatan", "farap"} - {reopened}}
        assert search(toy_network, posts)
    assert not search(toy_network, {"torkham": 1.0, "chaman": 1.0, "torghundi": 1.0})


def test_the_corridor_optimum_equals_the_road_optimum(toy_network: RoadNetwork) -> None:
    from corridor.network.shortest_paths import build_road_graph, find_tree

    usd = toy_network.length_km.copy()
    for post, edge in toy_network.crossing_edges.items():
        usd[edge] = POSTS[post]
    roads = build_road_graph(
        tail=toy_network.tail,
        head=toy_network.head,
        weight=usd,
        edge=np.arange(toy_network.edge_count),
        nodes=toy_network.node_count,
    )
    tree = find_tree(roads, 0)
    assert search(toy_network, POSTS)[0].weight_usd == pytest.approx(float(tree.weight[-1]))


def test_legs_end_where_moves_begin(toy_network: RoadNetwork) -> None:
    steps = search(toy_network, POSTS)[0].steps
    assert isinstance(steps[0], LegEnds)
    assert [step.end for step in steps if isinstance(step, LegEnds)] == [
        "torkham@PAK",
        "hairatan@AFG",
        "tashkent",
    ]
