"""Every number the model can use, under the key by which scenarios, ledgers and reports name it."""

from __future__ import annotations

from calendar import month_name
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Protocol

from corridor.evidence.crossings import MONTHS, RUNGS, BorderCrossing, Fee, SideTime
from corridor.evidence.evidence import Evidence
from corridor.evidence.figure import NOT_GRADED, Figure
from corridor.evidence.parameters import Parameter
from corridor.evidence.sea_figures import ferry_figures, voyage_figures
from corridor.evidence.sources import SetBy
from corridor.evidence.truck_speeds import SPEED_UNIT, UNITS

SIDE_FIELDS: Mapping[str, str] = MappingProxyType(
    {
        "queue_h": "hours of queue",
        "exit_side_h": "hours at the exit side",
        "entry_side_h": "hours at the entry side",
        "exit_fee_usd": "fees at the exit side",
        "entry_fee_usd": "fees at the entry side",
    }
)
SETTERS: Mapping[str, SetBy] = MappingProxyType({"override": "scenario", "measure": "measure"})
"""Rung of a post's hours or fees that no table set -> who did."""
RULE_FIELDS = {
    "gap_h": "driving before a break is due",
    "break_h": "break",
    "day_h": "driving a day",
    "span_h": "hours from rest to rest",
    "rest_h": "daily rest",
    "week_h": "driving a week",
    "fortnight_h": "driving a fortnight",
    "week_clock_h": "hours from weekly rest to weekly rest",
    "weekly_rest_h": "weekly rest",
    "split_first_h": "first part of a split daily rest",
    "split_rest_h": "second part of a split daily rest",
    "split_span_h": "hours from rest to the end of a split rest",
}
QUEUE_FIELDS = {
    "ordinary_h": ("queue and formalities on ordinary days", "h"),
    "congested_h": ("queue and formalities on congested days", "h"),
    "congested_share": ("share of congested days", "share"),
}


class _Graded(Protocol):
    """A row of any table that carries its evidence."""

    @property
    def source(self) -> tuple[str, ...]: ...
    @property
    def grade(self) -> str: ...
    @property
    def note(self) -> str: ...


def list_figures(evidence: Evidence) -> list[Figure]:
    """Every number of the tables, table by table in their own order."""
    return [figure for find in _TABLES.values() for figure in find(evidence, "")]


def find_figures(key: str, evidence: Evidence) -> tuple[Figure, ...]:
    """The figures of a key of ``ledger.basis``: one, or several for a set of rules; none if nothing has that key."""
    table, _, rest = key.partition(".")
    return tuple(_TABLES[table](evidence, rest)) if table in _TABLES and rest else ()


def _parameter_figures(evidence: Evidence, rest: str) -> Iterator[Figure]:
    name, _, scope = rest.partition(".")
    wanted = [evidence.parameters.get((name, scope))] if rest else evidence.parameters.values()
    for row in wanted:
        if row is not None:
            yield _parameter_figure(row, evidence)


def _parameter_figure(row: Parameter, evidence: Evidence) -> Figure:
    definition = evidence.definitions[row.name]
    return Figure(
        key=row.key,
        name=row.name,
        scope=row.scope,
        what=definition.description or row.name,
        value=row.value,
        unit=definition.unit,
        source=row.source,
        grade=row.grade,
        note=row.note,
        low=row.low,
        high=row.high,
        year=row.year,
        price_year=row.price_year if row.currency else None,
        stated_value=row.stated_value if row.currency else None,
        stated_unit=row.unit if row.currency else "",
        set_by=row.set_by,
    )


def _crossing_figures(evidence: Evidence, rest: str) -> Iterator[Figure]:
    crossing_id, _, tail = rest.partition(".")
    wanted = [crossing_id] if rest else list(evidence.crossings)
    for known in wanted:
        if known in evidence.crossings:
            ways = [way for way in evidence.crossings[known].times if not tail or f"{tail}.".startswith(f"{way}.")]
            figures = _sides(evidence, known, ways)
            yield from (figure for figure in figures if not tail or f"{figure.key}.".startswith(f"crossings.{rest}."))


def _sides(evidence: Evidence, crossing_id: str, ways: Sequence[str]) -> Iterator[Figure]:
    crossing = evidence.crossings[crossing_id]
    for direction in ways:
        times = crossing.times[direction]
        yield from _season(crossing, direction)
        for name, what in SIDE_FIELDS.items():
            side: SideTime | Fee = getattr(times, name.rsplit("_", 1)[0])
            yield Figure(
                key=f"crossings.{crossing_id}.{direction}.{name}",
                name=name,
                scope=direction,
                what=f"{crossing.name}: {what}",
                value=side.hours if isinstance(side, SideTime) else side.usd,
                unit="h" if isinstance(side, SideTime) else "USD",
                source=side.source,
                grade=side.grade,
                note="; ".join(part for part in (RUNGS[side.rung], side.note) if part),
                year=side.year,
                price_year=side.year if isinstance(side, Fee) else None,
                rung=side.rung,
                set_by=SETTERS.get(side.rung, "tables"),
            )


def _season(crossing: BorderCrossing, direction: str) -> Iterator[Figure]:
    queue = crossing.times[direction].queue
    for month, factor in zip(MONTHS, queue.month_factors, strict=False):
        key = f"crossings.{crossing.id}.{direction}.queue_month_factor.{month}"
        what = f"{crossing.name}: queue in the middle of {month_name[month]}, as a multiple of the mean of the year"
        yield _plain(key, what, factor, "ratio", queue)


def _queue_figures(evidence: Evidence, rest: str) -> Iterator[Figure]:
    for row in evidence.queue_estimates:
        for name, (what, unit) in QUEUE_FIELDS.items():
            figure = _plain(
                f"queue_estimates.{row.crossing}.{row.direction}.{name}", what, getattr(row, name), unit, row
            )
            if not rest or f"{figure.key}.".startswith(f"queue_estimates.{rest}."):
                yield figure


def _speed_figures(evidence: Evidence, rest: str) -> Iterator[Figure]:
    for row in evidence.truck_speeds.rows.values():
        key = f"truck_speeds.{row.quantity}.{row.country}.{row.what}"
        if rest and key != f"truck_speeds.{rest}":
            continue
        unit = UNITS.get(row.quantity, SPEED_UNIT)
        yield Figure(
            key, row.quantity, f"{row.country}:{row.what}", f"{row.quantity.replace('_', ' ')} of {row.what}",
            row.value, unit, row.source, row.grade, row.note, row.low, row.high, row.year,
        )  # fmt: skip


def _rule_figures(evidence: Evidence, rest: str) -> Iterator[Figure]:
    name, _, field = rest.partition(".")
    for rules in evidence.driver_rules.values():
        for known, what in RULE_FIELDS.items():
            value: float | None = getattr(rules, known)
            if value is not None and name in ("", rules.id) and field in ("", known):
                yield _plain(f"driver_rules.{rules.id}.{known}", f"drivers' hours: {what}", value, "h", rules)


def _cargo_figures(evidence: Evidence, rest: str) -> Iterator[Figure]:
    for kind in evidence.cargo_kinds.values():
        key = f"{kind.id}.vot_share_per_day"
        if rest in ("", key):
            what = f"{kind.name}: share of its value that a day in transit takes off"
            yield Figure(
                f"cargo_kinds.{key}", "vot_share_per_day", kind.id, what, kind.vot_share_per_day, "share/day",
                kind.source, kind.grade, kind.note, kind.low, kind.high,
            )  # fmt: skip


def _vehicle_figures(evidence: Evidence, rest: str) -> Iterator[Figure]:
    for vehicle in evidence.vehicles.values():
        for name, (what, mass_t) in {
            "payload_t": ("payload", vehicle.payload_t),
            "gross_mass_t": ("permitted gross mass", vehicle.gross_mass_t),
        }.items():
            if rest in ("", f"{vehicle.id}.{name}"):
                yield _plain(f"vehicles.{vehicle.id}.{name}", f"{vehicle.name}: {what}", mass_t, "t", vehicle)


def _country_figures(evidence: Evidence, rest: str) -> Iterator[Figure]:
    """Whether a country is party to the AETR, which decides its rules on drivers' hours."""
    for country in evidence.countries.values():
        if rest in ("", f"{country.id}.aetr"):
            note = "party" if country.is_aetr_party else "not a party"
            yield Figure(
                f"countries.{country.id}.aetr", "aetr", country.id, f"{country.name}: {note} to the AETR", None, "",
                country.source, NOT_GRADED, note,
            )  # fmt: skip


def _closed_figures(evidence: Evidence, rest: str) -> Iterator[Figure]:
    """Days on which a post is shut; ``closed_days.khunjerab`` stands for all of a post."""
    for row in evidence.closed_days:
        if not rest or f"{row.key}.".startswith(f"closed_days.{rest}."):
            what = f"{evidence.crossings[row.crossing].name}: shut from {row.first_day} on ({row.reason})"
            yield _plain(row.key, what, row.days, "day", row)


def _ban_figures(evidence: Evidence, rest: str) -> Iterator[Figure]:
    for row in evidence.truck_bans:
        if rest in ("", row.id):
            what = f"{evidence.countries[row.country].name}: hours of a ban on trucks above {row.over_t:g} t"
            yield _plain(row.key, what, row.hours, "h", row)


def _index_figures(evidence: Evidence, rest: str) -> Iterator[Figure]:
    for row in evidence.prices.indices.values():
        if rest and row.key != f"deflators.{rest}":
            continue
        yield Figure(
            row.key, row.index, row.currency, f"price index of {row.index} in {row.currency}", row.value, "index",
            row.source, row.grade, row.note, year=row.year,
        )  # fmt: skip


def _plain(key: str, what: str, value: float, unit: str, row: _Graded) -> Figure:
    *_, scope, name = key.split(".")
    return Figure(key, name, scope, what, value, unit, row.source, row.grade, row.note)


_TABLES: Mapping[str, Callable[[Evidence, str], Iterator[Figure]]] = MappingProxyType(
    {
        "parameters": _parameter_figures,
        "crossings": _crossing_figures,
        "ferries": ferry_figures,
        "sea_routes": voyage_figures,
        "queue_estimates": _queue_figures,
        "truck_speeds": _speed_figures,
        "driver_rules": _rule_figures,
        "cargo_kinds": _cargo_figures,
        "vehicles": _vehicle_figures,
        "countries": _country_figures,
        "closed_days": _closed_figures,
        "truck_bans": _ban_figures,
        "deflators": _index_figures,
    }
)
"""First word of a key -> the figures of its table: all, or those of the rest of the key."""
