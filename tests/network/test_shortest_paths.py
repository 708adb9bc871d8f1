import networkx as nx
import numpy as np
import pytest

from corridor.network.shortest_paths import build_road_graph, find_tree


def random_roads(seed: int, *, nodes: int = 60, edges: int = 180) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    tail = rng.integers(0, nodes, edges).astype(np.int32)
    head = rng.integers(0, nodes, edges).astype(np.int32)
    keep = tail != head
    return tail[keep], head[keep], np.round(rng.uniform(0.5, 500.0, edges)[keep], 4)


@pytest.mark.parametrize("seed", range(8))
def test_trees_agree_with_networkx_on_random_roads_with_parallel_edges(seed: int) -> None:
    tail, head, usd = random_roads(seed)
    graph = build_road_graph(tail=tail, head=head, weight=usd, edge=np.arange(len(tail)), nodes=60)
    other = nx.MultiGraph()
    other.add_nodes_from(range(60))
    other.add_weighted_edges_from(zip(tail.tolist(), head.tolist(), usd.tolist(), strict=True))
    tree = find_tree(graph, 0)
    expected = nx.single_source_dijkstra_path_length(other, 0)
    for node in range(60):
        assert tree.weight[node] == pytest.approx(expected.get(node, np.inf), abs=1e-9)


@pytest.mark.parametrize("seed", range(4))
def test_the_edges_of_a_way_add_up_to_its_weight(seed: int) -> None:
    tail, head, usd = random_roads(seed)
    graph = build_road_graph(tail=tail, head=head, weight=usd, edge=np.arange(len(tail)), nodes=60)
    tree = find_tree(graph, 3)
    reached = np.flatnonzero(np.isfinite(tree.weight))
    for node in reached.tolist():
        edges = graph.edges_of_way(tree.way_to(node))
        assert usd[edges].sum() == pytest.approx(tree.weight[node], abs=1e-9)


def test_a_closed_road_must_be_absent_and_never_dear() -> None:
    ends = np.array([0], np.int32), np.array([1], np.int32)
    for weight in (np.inf, np.nan, -1.0):
        with pytest.raises(ValueError, match="finite and >= 0"):
            build_road_graph(tail=ends[0], head=ends[1], weight=np.array([weight]), edge=np.array([0]), nodes=2)
