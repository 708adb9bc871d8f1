"""Own numbers in place of the tables': hours and fees of posts, statuses, parameters, rules of entry."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from corridor.errors import ScenarioError
from corridor.evidence.crossings import BorderCrossing, CrossingTime, Fee, SideTime
from corridor.evidence.evidence import Evidence
from corridor.evidence.ferries import FerryLine, Sailing, SailingFigure
from corridor.evidence.ladder import Ladder
from corridor.evidence.own_numbers import (
    OverrideLayer,
    OwnNumber,
    multiple_of,
    number_fault,
    own_fee,
    own_hours,
    own_parameter,
    read_own_number,
)
from corridor.evidence.own_rules import own_rule, rule_fault
from corridor.evidence.parameters import ANY, Parameter, ParameterDefinition
from corridor.evidence.prices import in_base_prices
from corridor.evidence.rules import EligibilityRule
from corridor.evidence.scopes import scope_fault
from corridor.names import suggestion

TIME_FIELDS = {"queue_h": "queue", "exit_side_h": "exit_side", "entry_side_h": "entry_side"}
FEE_FIELDS = {"exit_fee_usd": "exit_fee", "entry_fee_usd": "entry_fee"}
SAILING_FIELDS = {"wait_h": "wait_h", "sail_h": "sail_h", "fare_usd": "fare_usd"}
STATUSES = ("open", "closed")
TABLES = ("crossings", "eligibility", "ferries", "parameters")
OWN_RUNGS = ("override", "measure")

TimeKey = tuple[str, str, str]
"""A figure of a post: its id, the direction, the part of `CrossingTime`."""


@dataclass(slots=True)
class _Plan:
    """What the keys of a layer ask for, sorted by what it changes, and every fault met on the way.

    Parameters
    ----------
    base_year : of whose prices plain amounts of money are
    """

    layer: OverrideLayer
    base_year: int
    parameters: dict[tuple[str, str], Parameter] = field(default_factory=dict)
    statuses: dict[str, str] = field(default_factory=dict)
    times: dict[str, tuple[tuple[TimeKey, ...], OwnNumber]] = field(default_factory=dict)
    rules: list[EligibilityRule] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def add_unknown(self, key: str, what: str, got: str, names: Iterable[str]) -> None:
        """A fault about a name, with the nearest valid one."""
        self.faults.append(f"{self.layer.where(key)}: {what} '{got}'. {suggestion(got, names)}")

    def has_fault(self, key: str, problem: str) -> bool:
        """Whether there is a problem; it is noted."""
        if problem:
            self.faults.append(f"{self.layer.where(key)}: {problem}")
        return bool(problem)


def apply_overrides(evidence: Evidence, layer: OverrideLayer) -> Evidence:
    """The evidence with a layer over it.

    Parameters come first, so that posts which rest on them follow; what an earlier layer set for a post
    stays. Of hours and fees, a key for all posts comes before a key for one.

    Raises
    ------
    ScenarioError
        A key or value makes no sense; all of them in one message.
    """
    plan = _Plan(layer, evidence.prices.base_year)
    for key, value in layer.values.items():
        _plan_one(evidence, key, value, plan)
    if plan.faults:
        raise ScenarioError("\n".join(plan.faults))
    changed = _with_parameters(evidence, plan.parameters)
    return replace(
        changed,
        status_overrides={**evidence.status_overrides, **plan.statuses},
        crossings=_with_times(changed.crossings, plan),
        eligibility=(*evidence.eligibility, *plan.rules),
    )


def _plan_one(evidence: Evidence, key: str, value: object, plan: _Plan) -> None:
    kind, _, rest = key.partition(".")
    if kind == "parameters":
        _plan_parameter(evidence, key, rest, value, plan)
    elif kind in ("crossings", "ferries"):
        _plan_crossing(evidence, key, rest, value, plan)
    elif kind == "eligibility":
        _plan_rule(evidence, key, rest, value, plan)
    else:
        plan.add_unknown(key, "begins with no known table", kind, TABLES)


def _plan_parameter(evidence: Evidence, key: str, rest: str, value: object, plan: _Plan) -> None:
    name, _, scope = rest.partition(".")
    definition = evidence.definitions.get(name)
    if definition is None:
        plan.add_unknown(key, "unknown parameter", name, evidence.definitions)
    elif not plan.has_fault(key, scope_fault(definition, scope, evidence.countries, evidence.crossings)):
        _plan_parameter_value(definition, key, value, evidence.find_parameter(name, scope), plan)


def _plan_parameter_value(
    definition: ParameterDefinition, key: str, value: object, old: Parameter | None, plan: _Plan
) -> None:
    problem = number_fault(
        value,
        old=old.value if old else None,
        minimum=definition.minimum,
        maximum=definition.maximum,
        unit=definition.unit,
    )
    number, scope = read_own_number(value), key.split(".", 2)[2]
    if plan.has_fault(key, problem) or number is None:
        return
    if not number.is_factor:
        plan.parameters[definition.name, scope] = own_parameter(
            definition, scope, number, plan.layer, price_year=plan.base_year
        )
    elif old:
        plan.parameters[definition.name, scope] = multiple_of(old, definition, scope, number, plan.layer)
    else:
        plan.has_fault(key, f"no number to multiply by '{value}'. Give a number of {definition.unit}.")


def _plan_crossing(evidence: Evidence, key: str, rest: str, value: object, plan: _Plan) -> None:
    crossing_id, _, rest = rest.partition(".")
    if crossing_id != ANY and crossing_id not in evidence.crossings:
        plan.add_unknown(key, "unknown post", crossing_id, evidence.crossings)
    elif rest == "status":
        _plan_status(key, crossing_id, value, plan)
    else:
        _plan_time(evidence, key, value, plan)


def _plan_status(key: str, crossing_id: str, value: object, plan: _Plan) -> None:
    if crossing_id == ANY:
        plan.has_fault(key, "a status is set post by post; expected crossings.POST.status, got '*'. Name the posts.")
        return
    if value not in STATUSES:
        plan.add_unknown(key, "unknown status", str(value), STATUSES)
        return
    plan.statuses[crossing_id] = str(value)


def _plan_time(evidence: Evidence, key: str, value: object, plan: _Plan) -> None:
    crossing_id, direction, name = [*key.split(".", 3)[1:], "", ""][:3]
    crossing = evidence.crossings.get(crossing_id)
    known = crossing.directions if crossing else ()
    fields = {**TIME_FIELDS, **FEE_FIELDS, **(SAILING_FIELDS if crossing and crossing.ferry else {})}
    if direction != ANY and direction not in known:
        plan.add_unknown(key, "unknown direction", direction, (*known, "status") if known else (ANY,))
    elif name not in fields:
        plan.add_unknown(key, "unknown quantity", name, fields)
    else:
        unit = "h" if name.endswith("_h") else "USD"
        number = read_own_number(value)
        problem = number_fault(value, old=None, minimum=0.0, maximum=None, unit=unit)
        if not plan.has_fault(key, problem) and number is not None:
            plan.times[key] = tuple(figures_of(evidence.crossings, key)), number


def figures_of(crossings: Mapping[str, BorderCrossing], key: str) -> Iterator[TimeKey]:
    """The figures that a key such as ``crossings.*.*.queue_h`` stands for; ``*`` is every post or direction."""
    _, crossing_id, direction, name = key.split(".")
    for crossing in crossings.values() if crossing_id == ANY else (crossings[crossing_id],):
        for way in crossing.directions if direction == ANY else (direction,):
            yield crossing.id, way, {**TIME_FIELDS, **FEE_FIELDS, **SAILING_FIELDS}[name]


def _plan_rule(evidence: Evidence, key: str, rest: str, value: object, plan: _Plan) -> None:
    if not plan.has_fault(key, rule_fault(evidence, rest, value)):
        highest = max((rule.precedence for rule in evidence.eligibility), default=0)
        plan.rules.append(own_rule(rest, value, plan.layer, precedence=highest + 1))


def _with_parameters(evidence: Evidence, own: Mapping[tuple[str, str], Parameter]) -> Evidence:
    if not own:
        return evidence
    merged = in_base_prices({**evidence.parameters, **own}, evidence.prices)
    ladder = Ladder(merged, evidence.countries, evidence.measured_times, evidence.queue_estimates)
    crossings = {key: _keeping_own(crossing, ladder) for key, crossing in evidence.crossings.items()}
    return replace(evidence, parameters=merged, crossings=crossings)


def _keeping_own(crossing: BorderCrossing, ladder: Ladder) -> BorderCrossing:
    """The post anew from the ladder, except for the figures that an earlier layer has set."""
    anew = ladder.with_times(crossing)
    own = {way: dict(_own_parts(time)) for way, time in crossing.times.items()}
    return replace(anew, times={way: replace(time, **own.get(way, {})) for way, time in anew.times.items()})


def _own_parts(time: CrossingTime) -> Iterator[tuple[str, Any]]:
    for name in (*TIME_FIELDS.values(), *FEE_FIELDS.values()):
        if getattr(time, name).rung in OWN_RUNGS:
            yield name, getattr(time, name)


def _with_times(crossings: Mapping[str, BorderCrossing], plan: _Plan) -> dict[str, BorderCrossing]:
    changed = dict(crossings)
    for _, (figures, number) in sorted(plan.times.items()):
        for crossing_id, direction, name in figures:
            crossing = changed[crossing_id]
            if name in SAILING_FIELDS and crossing.ferry:
                line = _own_sailing(crossing.ferry, direction, name, number, plan.layer)
                changed[crossing_id] = replace(crossing, ferry=line)
                continue
            own = _own_time(crossing.times[direction], name, number, plan.layer)
            changed[crossing_id] = replace(crossing, times={**crossing.times, direction: own})
    return changed


def _own_sailing(line: FerryLine, direction: str, name: str, number: OwnNumber, layer: OverrideLayer) -> FerryLine:
    figures = {field: getattr(line.sailings[direction], field) for field in SAILING_FIELDS}
    value = number.instead_of(figures[name].value)
    figures[name] = SailingFigure(value, None, None, None, layer.source, layer.grade, layer.note, layer.set_by)
    return replace(line, sailings={**line.sailings, direction: Sailing(**figures)})


def _own_time(time: CrossingTime, name: str, number: OwnNumber, layer: OverrideLayer) -> CrossingTime:
    old: SideTime | Fee = getattr(time, name)
    own: Any = own_hours(number, old, layer) if isinstance(old, SideTime) else own_fee(number, old, layer)
    return replace(time, **{name: own})
