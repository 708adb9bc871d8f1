"""Extracts of several files joined: the same node or way in two files is one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from corridor.network.osm.extract import Extract

Text = TypeVar("Text")


def join_extracts(extracts: Sequence[Extract]) -> Extract:
    """One extract of all; of a way that several files hold, the file with most of its nodes counts.

    Notes
    -----
    Country files overlap at the border: a way that crosses it is in both, under the same id, and so are
    its nodes. That is the only thing that joins them; roads that merely come close are not joined.
    """
    kept = [extract.keeping_ways(keep) for extract, keep in zip(extracts, _best_copies(extracts), strict=True)]
    tag_sets, tag_maps = _merged([extract.tag_sets for extract in kept], key=lambda tags: tuple(sorted(tags.items())))
    road_names, road_maps = _merged([extract.road_names for extract in kept], key=lambda name: name)
    refs_before = np.cumsum([0, *(extract.ref_start[-1] for extract in kept)])
    starts = [extract.ref_start[:-1] + before for extract, before in zip(kept, refs_before, strict=False)]
    points = _first_of_each([extract.point_id for extract in kept])
    return Extract(
        name=", ".join(extract.name for extract in extracts),
        data_date=min((extract.data_date for extract in extracts), default=""),
        way_id=_chained(kept, "way_id"),
        tag_set=np.concatenate([codes[extract.tag_set] for extract, codes in zip(kept, tag_maps, strict=True)]),
        road=np.concatenate([codes[extract.road] for extract, codes in zip(kept, road_maps, strict=True)]),
        ref_start=np.concatenate([*starts, [refs_before[-1]]]).astype(np.int64),
        node_id=_chained(kept, "node_id"),
        lon_e7=_chained(kept, "lon_e7"),
        lat_e7=_chained(kept, "lat_e7"),
        point_id=_chained(kept, "point_id")[points],
        point_lon_e7=_chained(kept, "point_lon_e7")[points],
        point_lat_e7=_chained(kept, "point_lat_e7")[points],
        point_kind=_chained(kept, "point_kind")[points],
        tag_sets=tag_sets,
        road_names=road_names,
        dropped=dict(sum((Counter(extract.dropped) for extract in extracts), Counter[str]())),
    )


def _chained(extracts: Sequence[Extract], name: str) -> NDArray[Any]:
    return np.concatenate([getattr(extract, name) for extract in extracts])


def _first_of_each(ids: Sequence[NDArray[np.int64]]) -> NDArray[np.intp]:
    """Positions of the first appearance of each id, in order."""
    return np.sort(np.unique(np.concatenate(ids), return_index=True)[1])


def _best_copies(extracts: Sequence[Extract]) -> list[NDArray[np.bool_]]:
    """For each extract, which of its ways are kept: those no other file holds more completely."""
    way_id = np.concatenate([extract.way_id for extract in extracts])
    source = np.repeat(np.arange(len(extracts)), [extract.ways for extract in extracts])
    nodes = np.concatenate([np.diff(extract.ref_start) for extract in extracts])
    ids, way = np.unique(way_id, return_inverse=True)
    copy, which = np.unique(way * len(extracts) + source, return_inverse=True)
    copy_nodes = np.bincount(which, weights=nodes, minlength=len(copy))
    order = np.lexsort((copy, -copy_nodes, copy // len(extracts)))
    best = copy[order[np.searchsorted((copy // len(extracts))[order], np.arange(len(ids)))]]
    keep = best[way] == way * len(extracts) + source
    return np.split(keep, np.cumsum([extract.ways for extract in extracts])[:-1])


def _merged(
    lists: Sequence[Sequence[Text]], *, key: Callable[[Text], Hashable]
) -> tuple[tuple[Text, ...], list[NDArray[np.int32]]]:
    """All distinct texts, and for each list the number of each of its texts among them."""
    numbers: dict[Hashable, int] = {}
    texts: list[Text] = []
    maps = []
    for items in lists:
        for text in items:
            if key(text) not in numbers:
                numbers[key(text)] = len(texts)
                texts.append(text)
        maps.append(np.array([numbers[key(text)] for text in items], dtype=np.int32))
    return tuple(texts), maps
