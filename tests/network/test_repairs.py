from dataclasses import replace

import numpy as np
import pytest

from corridor.errors import DataError
from corridor.network.draft import DraftNetwork
from corridor.network.labels import apply_post_countries
from corridor.network.posts import PostPlacement, close_stray_borders, post_ends, split_at_posts
from corridor.network.repairs import Hole, close_holes, drop_islands, join_gaps

DEGREE_KM = 6371.0088 * np.pi / 180


def draft_of(lon: list[float], country: list[str], edges: list[tuple[int, int, float]]) -> DraftNetwork:
    """Nodes on the equator and edges (tail, head, km)."""
    tail, head, length_km = (np.array(column) for column in zip(*edges, strict=True))
    return DraftNetwork(
        source_id=np.arange(len(lon)) + 100,
        lon=np.array(lon),
        lat=np.zeros(len(lon)),
        country=np.array(country),
        tail=tail.astype(np.int32),
        head=head.astype(np.int32),
        length_km=length_km.astype(float),
    )


def placement(a: int, b: int, **changes: object) -> PostPlacement:
    post = PostPlacement("torkham", "PAK", "AFG", a, b, 3.0, 1.0, is_connected=True, note="")
    return replace(post, **changes)  # type: ignore[arg-type]


def test_a_gap_is_joined_when_the_way_round_is_long() -> None:
    half_km = 0.5 / DEGREE_KM
    gap = draft_of([0.0, 1.0, 1.0 + half_km, 2.0], ["PAK"] * 4, [(0, 1, 111.0), (2, 3, 111.0)])
    joined = join_gaps(gap)
    assert (joined.tail[-1], joined.head[-1]) == (1, 2)
    assert joined.length_km[-1] == pytest.approx(0.5, rel=1e-6)
    assert [repair.kind for repair in joined.repairs] == ["gap_joined"]


def test_a_gap_across_a_border_stays_open() -> None:
    half_km = 0.5 / DEGREE_KM
    gap = draft_of([0.0, 1.0, 1.0 + half_km, 2.0], ["PAK", "PAK", "AFG", "AFG"], [(0, 1, 111.0), (2, 3, 111.0)])
    assert len(join_gaps(gap).tail) == 2


def test_a_dead_end_with_a_short_way_round_stays_as_it_is() -> None:
    near = 0.5 / DEGREE_KM
    loop = draft_of([0.0, 0.0, near], ["PAK"] * 3, [(0, 1, 5.0), (0, 2, 5.0)])  # 10 km round, under 15
    assert len(join_gaps(loop).tail) == 2


def test_a_gap_of_more_than_a_kilometre_stays_open() -> None:
    wide = 1.2 / DEGREE_KM
    gap = draft_of([0.0, 1.0, 1.0 + wide, 2.0], ["PAK"] * 4, [(0, 1, 111.0), (2, 3, 111.0)])
    assert len(join_gaps(gap).tail) == 2


def test_holes_are_closed_with_the_length_of_the_table() -> None:
    draft = draft_of([0.0, 1.0, 2.0], ["IRN"] * 3, [(0, 1, 111.0)])
    closed = close_holes(draft, [Hole("bridge", "101", "102", 6.27, "known")], node_of=draft.node_of_source())
    assert closed.length_km.tolist() == [111.0, 6.27]
    assert closed.repairs[0].reason == "bridge: known"


def test_a_hole_at_an_unknown_node_is_refused_by_name() -> None:
    draft = draft_of([0.0, 1.0], ["IRN"] * 2, [(0, 1, 111.0)])
    with pytest.raises(DataError, match="nodes of bridge are not in the source"):
        close_holes(draft, [Hole("bridge", "101", "999", 6.27, "")], node_of=draft.node_of_source())


def test_edges_across_a_border_go_unless_a_post_stands_on_them() -> None:
    draft = draft_of([0.0, 1.0, 2.0], ["PAK", "AFG", "IRN"], [(0, 1, 111.0), (1, 2, 111.0)])
    closed = close_stray_borders(draft, [placement(100, 101)], free_movement=frozenset())
    assert list(zip(closed.tail, closed.head, strict=True)) == [(0, 1)]
    assert closed.repairs[0].reason == "AFG-IRN: no listed post on this road"


def test_borders_inside_the_free_movement_area_stay_open() -> None:
    draft = draft_of([0.0, 1.0], ["POL", "DEU"], [(0, 1, 111.0)])
    assert len(close_stray_borders(draft, [], free_movement=frozenset({"POL", "DEU"})).tail) == 1


def test_a_post_splits_its_edge_where_the_table_says() -> None:
    draft = draft_of([0.0, 1.0], ["PAK", "AFG"], [(0, 1, 100.0)])
    split, crossings = split_at_posts(draft, [placement(100, 101)])  # 3 km from a, 1 km from b
    edge = crossings["torkham"]
    assert split.length_km.tolist() == [75.0, 0.0, 25.0]
    assert split.country[[split.tail[edge], split.head[edge]]].tolist() == ["PAK", "AFG"]
    assert split.lon[split.tail[edge]] == 0.75


def test_two_posts_on_one_source_edge_get_a_road_each() -> None:
    draft = draft_of([0.0, 1.0], ["UZB", "KAZ"], [(0, 1, 100.0)])
    posts = [
        PostPlacement("yallama", "UZB", "KAZ", 100, 101, 10.0, 90.0, is_connected=True, note=""),
        PostPlacement("kaplanbek", "UZB", "KAZ", 100, 101, 90.0, 10.0, is_connected=True, note=""),
    ]
    split, crossings = split_at_posts(draft, posts)
    open_edges = np.ones(len(split.tail), dtype=bool)
    open_edges[crossings["kaplanbek"]] = False
    matrix = split.keeping_edges(open_edges, repairs=()).matrix()
    assert matrix[0, 2] == pytest.approx(10.0)
    assert matrix[3, 1] == pytest.approx(90.0)


def test_posts_correct_the_country_of_their_end_nodes_and_of_the_bend_beside_them() -> None:
    # 0 (PAK) - 1 - 2 - 3 (AFG): polygons put 1 and 2 into PAK although the post stands between 0 and 1
    draft = draft_of([0.0, 0.1, 0.2, 1.0], ["PAK", "PAK", "PAK", "AFG"], [(0, 1, 11.0), (1, 2, 11.0), (2, 3, 90.0)])
    mended = apply_post_countries(draft, ends=post_ends(draft, [placement(100, 101)]))
    assert mended.country.tolist() == ["PAK", "AFG", "AFG", "AFG"]
    assert [repair.kind for repair in mended.repairs] == ["country_relabelled"] * 2


def test_the_bulk_of_a_country_is_never_relabelled() -> None:
    # node 1 belongs to AFG by the post, but a road of 200 km in PAK hangs on it
    draft = draft_of([0.0, 0.1, 2.0], ["PAK", "PAK", "PAK"], [(0, 1, 11.0), (1, 2, 211.0), (0, 2, 222.0)])
    mended = apply_post_countries(draft, ends=post_ends(draft, [placement(100, 101)]))
    assert mended.country.tolist() == ["PAK", "AFG", "PAK"]


def test_islands_go_unless_they_hold_a_post() -> None:
    draft = draft_of([0.0, 1.0, 5.0, 6.0], ["PAK"] * 4, [(0, 1, 1.0), (2, 3, 1.0)])
    kept = drop_islands(draft, keep_nodes=np.array([3]), least_nodes=3)
    assert kept.source_id.tolist() == [102, 103]


def test_of_parallel_edges_the_cheapest_counts_and_they_are_not_added() -> None:
    draft = draft_of([0.0, 1.0], ["PAK", "PAK"], [(0, 1, 7.0), (1, 0, 5.0)])
    assert draft.matrix()[0, 1] == draft.matrix()[1, 0] == pytest.approx(5.0)
