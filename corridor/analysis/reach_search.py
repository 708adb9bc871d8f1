"""Least hours, money or generalised cost between an anchor and any point on the roads (model.md, Reach)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from corridor.analysis.reach_prices import Aim, PlatePrices
from corridor.analysis.reach_rest import Level, is_due, rest_levels
from corridor.analysis.reach_sheets import Entry, Sheet
from corridor.analysis.reach_stations import Floats, Ints, Stations
from corridor.analysis.trip import Trip
from corridor.analysis.whole_roads import roads_of, with_moves
from corridor.routing.least_arcs import LeastArcs
from corridor.routing.road_arcs import RoadArcs
from corridor.routing.spread import Spread, spread_from


@dataclass(frozen=True, slots=True)
class Grown:
    """A sheet searched with one aim.

    Parameters
    ----------
    trees : one for each level of rest
    entered : by level: root -> the post through which ways come into the sheet there, and their sheet
    """

    sheet: Sheet
    trees: tuple[Spread, ...]
    entered: tuple[Mapping[int, Entry], ...]


@dataclass(frozen=True, slots=True)
class Label:
    """Least value at some stations, each of shape (stations,).

    Parameters
    ----------
    value : hours or USD; inf where no way leads
    sheet, level, end : which sheet, level of rest and end of the station's edge it comes from
    """

    value: Floats
    sheet: Ints
    level: Ints
    end: Ints


@dataclass(frozen=True)
class ReachSearch:
    """A search from or to an anchor over all sheets.

    Parameters
    ----------
    anchor : node
    is_outward : whether trucks come from the anchor
    """

    trip: Trip
    sheets: Sequence[Sheet]
    anchor: int
    is_outward: bool

    @property
    def levels(self) -> tuple[Level, ...]:
        """Kinds of rest counted, level by level; to an anchor, those that count for driving that ends there."""
        tariff, network = self.trip.tariff(self.trip.home_plate), self.trip.network
        rules = tariff.rules(network.country_of(self.anchor))
        return tuple(level for level in rest_levels(tariff) if self.is_outward or is_due(rules, level))

    def prices(self, plate: str) -> PlatePrices:
        """Weights under a plate."""
        if plate not in self._prices:
            self._prices[plate] = PlatePrices(self.trip.network, self.trip.drive, self.trip.tariff(plate))
        return self._prices[plate]

    def grow(self, aim: Aim, levels: Sequence[Level] | None = None) -> Growth:
        """All sheets searched, each from the anchor and from the sheets before it."""
        growth = Growth(self, aim, tuple(levels or self.levels), ())
        for number in range(len(self.sheets)):
            growth = replace(growth, sheets=(*growth.sheets, growth.grown(number)))
        return growth

    def arcs(self, number: int) -> LeastArcs:
        """The roads and posts of a sheet, towards where the search goes."""
        if number not in self._arcs:
            sheet = self.sheets[number]
            arcs = with_moves(self.trip, self._roads_in(sheet.country), list(sheet.posts))
            self._arcs[number] = LeastArcs(
                arcs if self.is_outward else replace(arcs, start=arcs.end, end=arcs.start),
            )
        return self._arcs[number]

    def gate(self, terminal: str) -> int:
        """Node of one side of a post."""
        return self.trip.graph.terminals[terminal].node

    def gates(self, entry: Entry) -> tuple[int, int]:
        """The nodes at which the search leaves the sheet before and comes into the own one."""
        ends = self.gate(entry.move.start), self.gate(entry.move.end)
        return ends if self.is_outward else (ends[1], ends[0])

    def _roads_in(self, country: str) -> RoadArcs:
        roads, network = self._roads, self.trip.network
        if not country:
            return roads
        number = network.countries.index(country)
        inside = (network.node_country[roads.start] == number) & (network.node_country[roads.end] == number)
        return replace(roads, start=roads.start[inside], end=roads.end[inside], row=roads.row[inside])

    @cached_property
    def _roads(self) -> RoadArcs:
        return roads_of(self.trip)

    @cached_property
    def _prices(self) -> dict[str, PlatePrices]:
        return {}

    @cached_property
    def _arcs(self) -> dict[int, LeastArcs]:
        return {}


@dataclass(frozen=True)
class Growth:
    """What a search has found with one aim."""

    search: ReachSearch
    aim: Aim
    levels: tuple[Level, ...]
    sheets: tuple[Grown, ...]

    def grown(self, number: int) -> Grown:
        """One sheet searched; those that it is entered from must have been."""
        sheet = self.search.sheets[number]
        prices = self.search.prices(sheet.plate)
        trees, entered = [], []
        for level, counted in enumerate(self.levels):
            posts = [prices.post(passage, self.aim, counted) for passage in sheet.posts.values()]
            weight = np.concatenate([prices.edges(self.aim, counted), np.array(posts, dtype=float)])
            starts = self._starts(sheet, level)
            roots = np.array(sorted(starts), dtype=np.int64)
            begin = np.array([starts[root][0] for root in roots.tolist()])
            trees.append(spread_from(self.search.arcs(number), weight, roots=roots, start=begin))
            entered.append({root: entry for root, (_, entry) in starts.items() if entry})
        return Grown(sheet, tuple(trees), tuple(entered))

    def label(self, stations: Stations) -> Label:
        """The least value over all sheets in which a way may end; the first of equal ones."""
        labels = [self._label_in(number, stations) for number in self._outer_sheets]
        values = np.stack([label.value for label in labels])
        best = values.argmin(axis=0)
        pick = best, np.arange(len(stations))
        levels, ends = (np.stack([getattr(label, name) for label in labels])[pick] for name in ("level", "end"))
        return Label(values[pick], np.array(self._outer_sheets)[best], levels, ends)

    @property
    def _outer_sheets(self) -> list[int]:
        """Sheets that a station may stand in: a truck that is still to set out has its own tractor."""
        home = self.search.trip.home_plate
        return [n for n, each in enumerate(self.sheets) if self.search.is_outward or each.sheet.plate == home]

    def _starts(self, sheet: Sheet, level: int) -> dict[int, tuple[float, Entry | None]]:
        """Root -> its least weight and the post it is entered by; None at the anchor."""
        starts: dict[int, tuple[float, Entry | None]] = {}
        if sheet.is_anchored:
            anchor = self.search.anchor
            starts[anchor] = (self._end_of_crew(sheet.plate, anchor, level), None)
        for entry in sheet.entries:
            begin, node = self.begin(entry, level)[0], self.search.gates(entry)[1]
            if np.isfinite(begin) and begin < starts.get(node, (np.inf, None))[0]:
                starts[node] = (begin, entry)
        return starts

    def begin(self, entry: Entry, level: int) -> tuple[float, int]:
        """Weight with which ways come into a sheet at a post, and the level in the sheet before that they come from.

        Notes
        -----
        A crew that goes on keeps the level. One that ends there has its whole time before: the greatest of all levels.
        The post of the change belongs to the crew that comes to it, the truck's own.
        """
        if entry.changes_crew:
            return self._begin_after(entry) if self.search.is_outward else self._begin_before(entry, level)
        tree = self.sheets[entry.parent].trees[level]
        return float(tree.weight[self.search.gates(entry)[0]]) + self._post_weight(entry, level), level

    def _begin_after(self, entry: Entry) -> tuple[float, int]:
        """Where another crew goes on: the first one's whole time, the post of the change and its last rest included."""
        at = self.search.gates(entry)[0]
        country = self.search.trip.network.node_country[at]
        values = [
            float(tree.weight[at]) + self._post_weight(entry, level) - self._half_rests(entry.parent, level)[country]
            if self._is_due(entry.parent, level)[country]
            else -np.inf
            for level, tree in enumerate(self.sheets[entry.parent].trees)
        ]
        return max(values), int(np.argmax(values))

    def _begin_before(self, entry: Entry, level: int) -> tuple[float, int]:
        """Where the search goes back to an earlier crew: the later one's whole time, then the post and a last rest."""
        at, node = self.search.gates(entry)
        values = [float(tree.weight[at]) for tree in self.sheets[entry.parent].trees]
        own = self._post_weight(entry, level) + self._end_of_crew(entry.move.plate_before, node, level)
        return max(values) + own, int(np.argmax(values))

    def _post_weight(self, entry: Entry, level: int) -> float:
        """A post between two sheets, for the tractor that comes to it."""
        return self.search.prices(entry.move.plate_before).post(entry.passage, self.aim, self.levels[level])

    def _end_of_crew(self, plate: str, node: int, level: int) -> float:
        """Half a rest off where a search that goes back in time begins with a crew's last hour; else nothing."""
        if self.search.is_outward:
            return 0.0
        country = self.search.trip.network.country_of(node)
        return -self.search.prices(plate).half_rest(country, self.aim, self.levels[level])

    def _half_rests(self, sheet: int, level: int) -> Floats:
        """What comes off at a station by its country, where the search ends there with a crew's last hour."""
        prices = self.search.prices(self.sheets[sheet].sheet.plate)
        if not self.search.is_outward:
            return np.zeros(len(self.search.trip.network.countries))
        return prices.half_rests(self.aim, self.levels[level])

    def _is_due(self, sheet: int, level: int) -> NDArray[np.bool_]:
        """Whether a level counts for a station by its country, where the search ends there with a crew's last hour."""
        if not self.search.is_outward:
            return np.ones(len(self.search.trip.network.countries), dtype=bool)
        return self.search.prices(self.sheets[sheet].sheet.plate).is_due(self.levels[level])

    def _label_in(self, number: int, stations: Stations) -> Label:
        values, ends = zip(
            *(self._level_values(number, level, stations) for level in range(len(self.levels))), strict=True
        )
        level = np.stack(values).argmax(axis=0)
        pick = level, np.arange(len(stations))
        value = np.stack(values)[pick]
        country = self.sheets[number].sheet.country
        if country:
            value = np.where(stations.country == self.search.trip.network.countries.index(country), value, np.inf)
        return Label(value, np.full(len(stations), number), level, np.stack(ends)[pick])

    def _level_values(self, number: int, level: int, stations: Stations) -> tuple[Floats, Ints]:
        """Value at each station by one level, and the end of its edge that it comes from."""
        tree = self.sheets[number].trees[level]
        edge_weight = self.search.prices(self.sheets[number].sheet.plate).edges(self.aim, self.levels[level])
        part = np.where(np.isfinite(stations.share), stations.share, 0.0) * edge_weight[stations.edge]
        by_end = np.where(np.isfinite(stations.share), tree.weight[stations.node] + part, np.inf)
        end = by_end.argmin(axis=0)
        value = by_end[end, np.arange(len(stations))] - self._half_rests(number, level)[stations.country]
        return np.where(self._is_due(number, level)[stations.country], value, -np.inf), end
