"""OpenStreetMap extracts of any size, put together as those of countries are: mostly buildings, few main roads.

Nothing in them is real. The ways of a round are buildings, lanes, paths and the like, each on nodes of its own; beside
them lies a lattice of trunk and primary roads in which every way meets the next. Of each block of nodes the first few
belong to the lattice, so that the roads lie scattered over the whole file. There are no relations.
"""

from __future__ import annotations

import io
import math
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from benchmarks.drawn_shares import drawn_shares
from benchmarks.pbf_blocks import write_header, write_nodes, write_ways


@dataclass(frozen=True, slots=True)
class Area:
    """Where the objects of a file lie, degrees."""

    west: float
    south: float
    east: float
    north: float


TOWNS = Area(68.2, 27.2, 71.2, 30.2)
"""The plain of the Indus: a quarter of it is so near to a listed place that lower roads are looked at."""

DESERT = Area(64.0, 27.2, 66.2, 28.9)
"""Balochistan, where no place or post is listed: of a file that lies here only main roads are kept."""

Floats = NDArray[np.float64]
Places = tuple[Floats, Floats]
"""Longitudes and latitudes, degrees."""

E7 = 1e7
BYTES_PER_MB = 1_000_000
BLOCK_NODES = 8000
WAYS_PER_ROUND = 8000
SAMPLE_ROUNDS, SAMPLE_CELLS = 4, 8
"""How much is written to find out how many bytes a round and a way of the lattice take."""

FIRST_NODE_ID, FIRST_WAY_ID = 11_000_000_000, 1_200_000_000
"""Node ids do not fit into 32 bits, as in real extracts."""

ID_STEP = 3
SQUARE_NODES, NEIGHBOURHOOD_NODES = 4, 64
SQUARE_DEGREES, NEIGHBOURHOOD_DEGREES = 1e-4, 3e-3
TAGGED_NODES_SHARE = 0.02

ROAD_SHARE = 0.018
"""Of main roads among all ways: by judgement, on the high side, as these are what memory is spent on."""

CHAIN_WAYS, WAY_STRETCHES = 4, 15
CHAIN_STRETCHES = CHAIN_WAYS * WAY_STRETCHES
ROAD_WOBBLE_DEGREES = 2e-4
WAYS_OF_ONE_KIND = 32
"""Ways of the lattice that follow one another with the same tags."""

NODE_STRINGS = ("", "natural", "tree", "amenity", "place", "highway", "crossing", "power", "tower")
NODE_TAGS = np.array([[1, 2], [5, 6], [7, 8], [3, 4]])
ROAD_STRINGS = ("", "highway", "surface", "maxspeed", "ref", "trunk", "primary", "asphalt", "gravel", "60", "80")
ROAD_KEYS = np.array([1, 2, 3, 4])


@dataclass(frozen=True, slots=True)
class WayKind:
    """A kind of way besides the main roads: its tag, values and nodes, and its share of all such ways."""

    key: str
    values: tuple[str, ...]
    nodes: int
    is_closed: bool
    share: float

    @property
    def ways(self) -> int:
        """How many of them are in a round."""
        return round(self.share * WAYS_PER_ROUND)


OTHER_WAYS = (
    WayKind("building", ("yes", "house", "residential", "school"), nodes=4, is_closed=True, share=0.66),
    WayKind("highway", ("residential", "living_street"), nodes=7, is_closed=False, share=0.13),
    WayKind("landuse", ("farmland", "residential", "orchard"), nodes=14, is_closed=True, share=0.05),
    WayKind("highway", ("footway", "path", "steps"), nodes=6, is_closed=False, share=0.05),
    WayKind("highway", ("track",), nodes=9, is_closed=False, share=0.04),
    WayKind("highway", ("service",), nodes=4, is_closed=False, share=0.03),
    WayKind("waterway", ("canal", "ditch", "stream"), nodes=20, is_closed=False, share=0.02),
    WayKind("highway", ("tertiary", "unclassified", "secondary"), nodes=12, is_closed=False, share=0.02),
)
"""Shares by judgement, not counted in a real file: two ways in three are buildings, one in four any road or path."""

ROUND_WAYS = sum(kind.ways for kind in OTHER_WAYS)
ROUND_NODES = sum(kind.ways * kind.nodes for kind in OTHER_WAYS)


@dataclass(frozen=True, slots=True)
class ExtractPlan:
    """How much of everything is in a file: rounds of other ways, and a square lattice of main roads.

    Parameters
    ----------
    rounds : number of rounds, at least 1
    cells : of the lattice along one side; 0 = no main road
    """

    rounds: int
    cells: int
    area: Area = TOWNS

    @property
    def road_ways(self) -> int:
        """Ways of the lattice."""
        return 2 * self.cells * (self.cells + 1) * CHAIN_WAYS

    @property
    def chains(self) -> int:
        """Roads from one junction of the lattice to the next."""
        return self.road_ways // CHAIN_WAYS

    @property
    def junctions(self) -> int:
        """Junctions of the lattice."""
        return (self.cells + 1) ** 2 if self.cells else 0

    @property
    def road_nodes(self) -> int:
        """Nodes of the lattice: first the junctions, then the chains."""
        return self.junctions + self.chains * (CHAIN_STRETCHES - 1)

    @property
    def node_blocks(self) -> int:
        """Blocks of nodes, one of their nodes spared for rounding."""
        return math.ceil((self.road_nodes + self.rounds * ROUND_NODES) / (BLOCK_NODES - 1))

    @property
    def roads_in_block(self) -> int:
        """Nodes of the lattice at the head of each block of nodes."""
        return math.ceil(self.road_nodes / self.node_blocks)

    def road_node_ids(self, number: NDArray[np.int64]) -> NDArray[np.int64]:
        """Ids of nodes of the lattice."""
        block, place = np.divmod(number, max(self.roads_in_block, 1))
        return node_ids(block * BLOCK_NODES + place)

    def other_node_ids(self, number: NDArray[np.int64]) -> NDArray[np.int64]:
        """Ids of all the other nodes."""
        block, place = np.divmod(number, BLOCK_NODES - self.roads_in_block)
        return node_ids(block * BLOCK_NODES + self.roads_in_block + place)


def node_ids(slot: NDArray[np.int64]) -> NDArray[np.int64]:
    """Ids of the places in the file, rising by 1 to 5 from one to the next."""
    return np.asarray(FIRST_NODE_ID + ID_STEP * slot + (ID_STEP * drawn_shares(slot)).astype(np.int64))


def plan_extract(
    megabytes: float, *, road_share: float = ROAD_SHARE, road_ways: int | None = None, area: Area = TOWNS
) -> ExtractPlan:
    """What to put into a file of some size.

    Parameters
    ----------
    road_share : share of main roads among all ways, 0 to 1, not 1
    road_ways : that many ways of main roads instead, whatever the size of the file
    """
    bare = _encoded_bytes(ExtractPlan(SAMPLE_ROUNDS, 0, area))
    sample = ExtractPlan(SAMPLE_ROUNDS, SAMPLE_CELLS, area)
    round_bytes, road_bytes = bare / SAMPLE_ROUNDS, (_encoded_bytes(sample) - bare) / sample.road_ways
    size = megabytes * BYTES_PER_MB
    if road_ways is not None:
        rounds = (size - road_ways * road_bytes) / round_bytes
        return ExtractPlan(max(1, round(rounds)), _cells(road_ways), area)
    roads_a_round = ROUND_WAYS * road_share / (1 - road_share)
    rounds = max(1, round(size / (round_bytes + roads_a_round * road_bytes)))
    return ExtractPlan(rounds, _cells(rounds * roads_a_round), area)


def write_large_extract(
    path: Path,
    *,
    megabytes: float,
    road_share: float = ROAD_SHARE,
    road_ways: int | None = None,
    area: Area = TOWNS,
) -> ExtractPlan:
    """Write an extract of about `megabytes` (a few percent more or less), the same bytes each time; see `plan_extract`.

    Returns
    -------
    What is in it.
    """
    plan = plan_extract(megabytes, road_share=road_share, road_ways=road_ways, area=area)
    with path.open("wb") as file:
        _write_extract(file, plan)
    return plan


def _cells(road_ways: float) -> int:
    """Cells along a side of the lattice that has about so many ways, at least 1 where there is any."""
    chains = road_ways / CHAIN_WAYS
    return max(1, round((math.sqrt(1 + 2 * chains) - 1) / 2)) if road_ways else 0


def _encoded_bytes(plan: ExtractPlan) -> int:
    file = io.BytesIO()
    _write_extract(file, plan)
    return file.tell()


def _write_extract(file: BinaryIO, plan: ExtractPlan) -> None:
    area = plan.area
    write_header(file, west=area.west, south=area.south, east=area.east, north=area.north)
    for block in range(plan.node_blocks):
        _write_node_block(file, plan, block)
    _write_roads(file, plan)
    _write_other_ways(file, plan)


def _write_node_block(file: BinaryIO, plan: ExtractPlan, block: int) -> None:
    roads, others = plan.roads_in_block, BLOCK_NODES - plan.roads_in_block
    road = np.arange(block * roads, min((block + 1) * roads, plan.road_nodes))
    other = np.arange(block * others, min((block + 1) * others, plan.rounds * ROUND_NODES))
    lon, lat = (
        np.concatenate(pair) for pair in zip(road_places(road, plan), other_places(other, plan.area), strict=True)
    )
    tags = np.concatenate([np.zeros((len(road), 2), dtype=np.int64), _node_tags(other)])
    if len(lon):
        write_nodes(
            file,
            node_id=np.concatenate([plan.road_node_ids(road), plan.other_node_ids(other)]),
            lon_e7=np.rint(lon * E7).astype(np.int64),
            lat_e7=np.rint(lat * E7).astype(np.int64),
            tags=tags,
            strings=NODE_STRINGS,
        )


def _node_tags(number: NDArray[np.int64]) -> NDArray[np.int64]:
    """Tags of a few nodes, places in `NODE_STRINGS`, shape (nodes, 2)."""
    share = drawn_shares(number, salt=1)
    kind = (share / TAGGED_NODES_SHARE * len(NODE_TAGS)).astype(np.int64) % len(NODE_TAGS)
    return np.where((share < TAGGED_NODES_SHARE)[:, None], NODE_TAGS[kind], 0)


def other_places(number: NDArray[np.int64], area: Area) -> Places:
    """Longitudes and latitudes: every four nodes a small square, every 64 a neighbourhood somewhere."""
    corner = number % SQUARE_NODES
    return (
        _between(area.west, area.east, _neighbourhood_shares(number, salt=10))
        + _inside(number, corner % 3 > 0, salt=11),
        _between(area.south, area.north, _neighbourhood_shares(number, salt=20)) + _inside(number, corner > 1, salt=21),
    )


def _neighbourhood_shares(number: NDArray[np.int64], *, salt: int) -> Floats:
    return drawn_shares(number // NEIGHBOURHOOD_NODES, salt=salt)


def _inside(number: NDArray[np.int64], is_far_side: NDArray[np.bool_], *, salt: int) -> Floats:
    """Degrees from the corner of the neighbourhood: the square, its side, and a little of the node's own."""
    square = NEIGHBOURHOOD_DEGREES * drawn_shares(number // SQUARE_NODES, salt=salt)
    return np.asarray(square + SQUARE_DEGREES * (is_far_side + 0.2 * drawn_shares(number, salt=salt + 1)))


def road_places(number: NDArray[np.int64], plan: ExtractPlan) -> Places:
    """Longitudes and latitudes of nodes of the lattice."""
    side = plan.cells + 1
    chain, place = np.divmod(number - plan.junctions, CHAIN_STRETCHES - 1)
    start, end = _chain_ends(np.maximum(chain, 0), plan)
    is_junction = number < plan.junctions
    start, share = np.where(is_junction, number, start), np.where(is_junction, 0.0, (place + 1) / CHAIN_STRETCHES)
    lon_share = _between(_junction_share(start % side, plan), _junction_share(end % side, plan), share)
    lat_share = _between(_junction_share(start // side, plan), _junction_share(end // side, plan), share)
    return (
        _between(plan.area.west, plan.area.east, lon_share) + ROAD_WOBBLE_DEGREES * drawn_shares(number, salt=30),
        _between(plan.area.south, plan.area.north, lat_share) + ROAD_WOBBLE_DEGREES * drawn_shares(number, salt=31),
    )


def _junction_share(row: NDArray[np.int64], plan: ExtractPlan) -> Floats:
    """Where rows and columns of junctions lie, 0 to 1: far apart in the south-west, close in the north-east."""
    return np.asarray(np.sqrt(row / max(plan.cells, 1)))


def _between(low: Floats | float, high: Floats | float, share: Floats) -> Floats:
    return np.asarray(low + (high - low) * share)


def _chain_ends(chain: NDArray[np.int64], plan: ExtractPlan) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Junctions at both ends of chains: first the chains that lead east, row by row, then those that lead north."""
    side = plan.cells + 1
    is_northward = chain >= plan.chains // 2
    row, column = np.divmod(chain, max(plan.cells, 1))
    eastward_start = row * side + column
    start = np.where(is_northward, chain - plan.chains // 2, eastward_start)
    return start, start + np.where(is_northward, side, 1)


def _write_roads(file: BinaryIO, plan: ExtractPlan) -> None:
    for first in range(0, plan.chains, BLOCK_NODES // CHAIN_WAYS):
        chain = np.arange(first, min(first + BLOCK_NODES // CHAIN_WAYS, plan.chains))
        way = np.arange(first * CHAIN_WAYS, first * CHAIN_WAYS + len(chain) * CHAIN_WAYS)
        write_ways(
            file,
            way_id=FIRST_WAY_ID + way,
            refs=plan.road_node_ids(_way_nodes(chain, plan)),
            keys=np.broadcast_to(ROAD_KEYS, (len(way), len(ROAD_KEYS))),
            values=_road_values(way),
            strings=(*ROAD_STRINGS, *(f"N-{number}" for number in range(100))),
        )


def _way_nodes(chain: NDArray[np.int64], plan: ExtractPlan) -> NDArray[np.int64]:
    """Nodes of the lattice along the ways of chains, shape (ways, nodes of a way)."""
    start, end = _chain_ends(chain, plan)
    between = plan.junctions + chain[:, None] * (CHAIN_STRETCHES - 1) + np.arange(CHAIN_STRETCHES - 1)
    along = np.column_stack([start, between, end])
    window = np.arange(CHAIN_WAYS)[:, None] * WAY_STRETCHES + np.arange(WAY_STRETCHES + 1)
    return np.asarray(along[:, window].reshape(-1, WAY_STRETCHES + 1))


def _road_values(way: NDArray[np.int64]) -> NDArray[np.int64]:
    """Values of the tags of main roads, places in their strings, shape (ways, tags)."""
    run = way // WAYS_OF_ONE_KIND
    fifths, ref = (5 * drawn_shares(run, salt=40)).astype(np.int64), (100 * drawn_shares(run, salt=41)).astype(np.int64)
    return np.column_stack(
        [
            np.where(fifths < 2, ROAD_STRINGS.index("trunk"), ROAD_STRINGS.index("primary")),
            np.where(fifths == 4, ROAD_STRINGS.index("gravel"), ROAD_STRINGS.index("asphalt")),
            np.where(fifths % 2, ROAD_STRINGS.index("60"), ROAD_STRINGS.index("80")),
            len(ROAD_STRINGS) + ref,
        ]
    )


def _write_other_ways(file: BinaryIO, plan: ExtractPlan) -> None:
    first_way, first_node = plan.road_ways, 0
    for _ in range(plan.rounds):
        for kind in OTHER_WAYS:
            _write_kind(file, plan, kind, first_way=first_way, first_node=first_node)
            first_way, first_node = first_way + kind.ways, first_node + kind.ways * kind.nodes


def _write_kind(file: BinaryIO, plan: ExtractPlan, kind: WayKind, *, first_way: int, first_node: int) -> None:
    way = first_way + np.arange(kind.ways)
    node = first_node + np.arange(kind.ways * kind.nodes).reshape(kind.ways, kind.nodes)
    refs = plan.other_node_ids(node)
    value = 2 + (len(kind.values) * drawn_shares(way, salt=50)).astype(np.int64)
    write_ways(
        file,
        way_id=FIRST_WAY_ID + way,
        refs=np.column_stack([refs, refs[:, :1]]) if kind.is_closed else refs,
        keys=np.ones((kind.ways, 1), dtype=np.int64),
        values=value[:, None],
        strings=("", kind.key, *kind.values),
    )
