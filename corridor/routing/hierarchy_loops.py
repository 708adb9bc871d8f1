"""The loops of a hierarchy over arrays of shape (links, futures); see `corridor.routing.hierarchy`."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from corridor.routing.compiled import compiled

Ints = NDArray[np.int32]
Longs = NDArray[np.int64]
Steps = NDArray[np.int64]

NO_WAY = 2**60
"""Steps where nothing joins two nodes; the sum of two still fits."""


@compiled
def load(row_first: Longs, row_of_slot: Ints, steps: Steps, up: Steps, down: Steps) -> None:
    """Give each link towards the later node, and back, the least of its roads; `NO_WAY` where it has none."""
    for slot in range(len(row_first) - 1):
        weight, link = down if slot % 2 else up, slot // 2
        for future in range(steps.shape[1]):
            weight[link, future] = NO_WAY
        for place in range(row_first[slot], row_first[slot + 1]):
            row = row_of_slot[place]
            for future in range(steps.shape[1]):
                weight[link, future] = min(weight[link, future], steps[row, future])


@compiled
def customise(first: Longs, to_tail: Ints, to_head: Ints, up: Steps, down: Steps) -> None:
    """Lower each link to the best way round by an earlier node, earliest links first."""
    for link in range(len(first) - 1):
        for triangle in range(first[link], first[link + 1]):
            a, b = to_tail[triangle], to_head[triangle]
            for future in range(up.shape[1]):
                up[link, future] = min(up[link, future], down[a, future] + up[b, future])
                down[link, future] = min(down[link, future], down[b, future] + up[a, future])


@compiled
def climb(
    first: Longs, head: Ints, parent: Ints, depth: Ints, weight: Steps, node: int
) -> tuple[Steps, NDArray[np.int64]]:
    """Least steps from a node to those above it, and the link that each is reached by, (depths, futures)."""
    futures = weight.shape[1]
    least = np.full((depth[node] + 1, futures), NO_WAY, np.int64)
    by = np.full((depth[node] + 1, futures), -1, np.int64)
    least[depth[node]] = 0
    while node >= 0:
        for link in range(first[node], first[node + 1]):
            here, above = depth[node], depth[head[link]]
            for future in range(futures):
                steps = least[here, future] + weight[link, future]
                if steps < least[above, future]:
                    least[above, future], by[above, future] = steps, link
        node = parent[node]
    return least, by


@compiled
def shared_depths(parent: Ints, depth: Ints, a: int, b: int) -> int:
    """How many nodes are above both of two nodes, themselves included."""
    while a != b:
        if a < 0 or b < 0:
            return 0
        if depth[a] >= depth[b]:
            a = parent[a]
        else:
            b = parent[b]
    return depth[a] + 1 if a >= 0 else 0


@compiled
def way_slots(tail: Ints, depth: Ints, there: Longs, back: Longs, top: int, ends: tuple[int, int]) -> Longs:
    """Slots of a way, last one first: up from the start to depth `top`, and down from there to the end.

    Parameters
    ----------
    there, back : (depths,) links that each node above the start, and above the end, is reached by
    ends : depth of the start and of the end
    """
    ups, downs = [np.int64(0) for _ in range(0)], [np.int64(0) for _ in range(0)]
    here = top
    while here != ends[0]:
        ups.append(2 * there[here])
        here = depth[tail[there[here]]]
    here = top
    while here != ends[1]:
        downs.append(2 * back[here] + 1)
        here = depth[tail[back[here]]]
    return np.array(downs[::-1] + ups, dtype=np.int64)


@compiled
def unpacked(
    slots: Longs,
    triangles: tuple[Longs, Ints, Ints],
    slot_rows: tuple[Longs, Ints],
    steps: Longs,
    up: Longs,
    down: Longs,
) -> Ints:
    """Rows of the roads behind some slots, the last slot first; `steps`, `up` and `down` are of one future."""
    first, to_tail, to_head = triangles
    row_first, row_of_slot = slot_rows
    rows = [np.int32(0) for _ in range(0)]
    waiting = [slot for slot in slots]  # noqa: C416 - numba makes no list of an array
    while len(waiting) > 0:
        slot = waiting.pop()
        link, is_down = slot // 2, slot % 2
        weight = down[link] if is_down else up[link]
        found = False
        for place in range(row_first[slot], row_first[slot + 1]):
            if steps[row_of_slot[place]] == weight and not found:
                rows.append(row_of_slot[place])
                found = True
        triangle = first[link]
        while not found:
            a, b = to_tail[triangle], to_head[triangle]
            if is_down and down[b] + up[a] == weight:
                waiting.append(np.int64(2 * a))
                waiting.append(np.int64(2 * b + 1))
                found = True
            elif not is_down and down[a] + up[b] == weight:
                waiting.append(np.int64(2 * b))
                waiting.append(np.int64(2 * a + 1))
                found = True
            triangle += 1
    return np.array(rows, dtype=np.int32)
