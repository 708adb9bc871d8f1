"""A scenario's own numbers in place of the tables': hours and fees of posts, statuses, parameters."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from math import isfinite

from corridor.errors import ScenarioError
from corridor.evidence.crossings import BorderCrossing, CrossingTime, Fee, SideTime
from corridor.evidence.evidence import Evidence
from corridor.evidence.ferries import FerryLine, Sailing, SailingFigure
from corridor.evidence.ladder import Ladder
from corridor.evidence.parameters import PACKAGE_CURRENCY, Parameter, ParameterDefinition, convert_currencies
from corridor.evidence.scopes import scope_fault
from corridor.names import suggestion

TIME_FIELDS = {"queue_h": "queue", "exit_side_h": "exit_side", "entry_side_h": "entry_side"}
FEE_FIELDS = {"exit_fee_usd": "exit_fee", "entry_fee_usd": "entry_fee"}
SAILING_FIELDS = {"wait_h": "h", "sail_h": "h", "fare_usd": "USD"}
STATUSES = ("open", "closed")
NOTE = "set by the scenario"


@dataclass(slots=True)
class _Plan:
    """What the keys ask for, sorted by what it changes, and every fault met on the way."""

    parameters: dict[tuple[str, str], Parameter] = field(default_factory=dict)
    statuses: dict[str, str] = field(default_factory=dict)
    times: list[tuple[str, str, str, float]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def apply_overrides(evidence: Evidence, overrides: Mapping[str, object]) -> Evidence:
    """The evidence with the overrides in; parameters first, so that posts which rest on them follow."""
    plan = _Plan()
    for key, value in overrides.items():
        _plan_one(evidence, key, value, plan)
    if plan.faults:
        raise ScenarioError("\n".join(plan.faults))
    changed = _with_parameters(evidence, plan.parameters)
    statuses = {**evidence.status_overrides, **plan.statuses}
    crossings = _with_times(changed.crossings, plan.times)
    return replace(changed, status_overrides=statuses, crossings=crossings)


def _plan_one(evidence: Evidence, key: str, value: object, plan: _Plan) -> None:
    kind, _, rest = key.partition(".")
    if kind == "parameters":
        _plan_parameter(evidence, key, rest, value, plan)
    elif kind in ("crossings", "ferries"):
        _plan_crossing(evidence, key, rest, value, plan)
    else:
        plan.faults.append(_fault(key, "begins with no known table", kind, ("crossings", "ferries", "parameters")))


def _plan_parameter(evidence: Evidence, key: str, rest: str, value: object, plan: _Plan) -> None:
    name, _, scope = rest.partition(".")
    definition = evidence.definitions.get(name)
    if definition is None:
        plan.faults.append(_fault(key, "unknown parameter", name, evidence.definitions))
        return
    problem = scope_fault(definition, scope, evidence.countries, evidence.crossings)
    problem = problem or _number_fault(value, definition.minimum, definition.maximum, definition.unit)
    if problem:
        plan.faults.append(f"override {key}: {problem}")
        return
    plan.parameters[(name, scope)] = _own_parameter(definition, scope, float(str(value)))


def _own_parameter(definition: ParameterDefinition, scope: str, value: float) -> Parameter:
    return Parameter(
        name=definition.name,
        scope=scope,
        value=value,
        low=None,
        high=None,
        unit=definition.unit,
        currency=PACKAGE_CURRENCY if definition.is_money else "",
        stated_value=value,
        year=None,
        source=(),
        grade="D",
        note=NOTE,
    )


def _plan_crossing(evidence: Evidence, key: str, rest: str, value: object, plan: _Plan) -> None:
    crossing_id, _, rest = rest.partition(".")
    crossing = evidence.crossings.get(crossing_id)
    if crossing is None:
        plan.faults.append(_fault(key, "unknown post", crossing_id, evidence.crossings))
    elif rest == "status":
        _plan_status(key, crossing_id, value, plan)
    else:
        _plan_time(key, crossing, rest, value, plan)


def _plan_status(key: str, crossing_id: str, value: object, plan: _Plan) -> None:
    if value not in STATUSES:
        plan.faults.append(_fault(key, "unknown status", str(value), STATUSES))
        return
    plan.statuses[crossing_id] = str(value)


def _plan_time(key: str, crossing: BorderCrossing, rest: str, value: object, plan: _Plan) -> None:
    direction, _, name = rest.partition(".")
    sailing = {field: field for field in SAILING_FIELDS} if crossing.ferry else {}
    fields = {**TIME_FIELDS, **FEE_FIELDS, **sailing}
    if direction not in crossing.directions:
        plan.faults.append(_fault(key, "unknown direction", direction, (*crossing.directions, "status")))
    elif name not in fields:
        plan.faults.append(_fault(key, "unknown quantity", name, fields))
    elif problem := _number_fault(value, 0.0, None, "h" if name.endswith("_h") else "USD"):
        plan.faults.append(f"override {key}: {problem}")
    else:
        plan.times.append((crossing.id, direction, fields[name], float(str(value))))


def _with_parameters(evidence: Evidence, own: Mapping[tuple[str, str], Parameter]) -> Evidence:
    if not own:
        return evidence
    merged = convert_currencies({**evidence.parameters, **own}, evidence.definitions)
    ladder = Ladder(merged, evidence.countries, evidence.measured_times, evidence.queue_estimates)
    crossings = {key: ladder.with_times(crossing) for key, crossing in evidence.crossings.items()}
    return replace(evidence, parameters=merged, crossings=crossings)


def _with_times(
    crossings: Mapping[str, BorderCrossing], times: Iterable[tuple[str, str, str, float]]
) -> dict[str, BorderCrossing]:
    changed = dict(crossings)
    for crossing_id, direction, name, value in times:
        crossing = changed[crossing_id]
        if name in SAILING_FIELDS and crossing.ferry:
            changed[crossing_id] = replace(crossing, ferry=_own_sailing(crossing.ferry, direction, name, value))
        else:
            own = _own_time(crossing.times[direction], name, value)
            changed[crossing_id] = replace(crossing, times={**crossing.times, direction: own})
    return changed


def _own_sailing(line: FerryLine, direction: str, name: str, value: float) -> FerryLine:
    figure = SailingFigure(value, None, None, None, (), "D", NOTE)
    figures = {field: getattr(line.sailings[direction], field) for field in SAILING_FIELDS}
    return replace(line, sailings={**line.sailings, direction: Sailing(**{**figures, name: figure})})


def _own_time(time: CrossingTime, name: str, value: float) -> CrossingTime:
    hours = SideTime(value, "override", None, (), "D", NOTE)
    fee = Fee(value, "override", None, (), "D", NOTE)
    parts = {part: getattr(time, part) for part in (*TIME_FIELDS.values(), *FEE_FIELDS.values())}
    parts[name] = hours if name in TIME_FIELDS.values() else fee
    return CrossingTime(**parts)


def _number_fault(value: object, minimum: float, maximum: float | None, unit: str) -> str:
    wanted = f"a number of {unit} " + (f">= {minimum:g}" if maximum is None else f"from {minimum:g} to {maximum:g}")
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
        return f"expected {wanted}, got '{value}'"
    if value < minimum or (maximum is not None and value > maximum):
        return f"expected {wanted}, got {value:g}"
    return ""


def _fault(key: str, what: str, got: str, names: Iterable[str]) -> str:
    return f"override {key}: {what} '{got}'. {suggestion(got, names)}"
