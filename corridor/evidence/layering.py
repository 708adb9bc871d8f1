"""Layers of own numbers over the tables in their order: the scenario's, its measures', those of the command line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from math import fsum

from corridor.evidence.eligibility import entry_rule
from corridor.evidence.evidence import Evidence
from corridor.evidence.overrides import figures_of
from corridor.evidence.own_numbers import OverrideLayer
from corridor.evidence.status import status_on
from corridor.scenario import Change, ListedMeasure, Scenario
from corridor.scenario.layers import OVERRIDE_SECTIONS

EMPTY = "an empty cell"
"""How a log calls what a cell of a table without text says."""

SHOWN_DIGITS = 6
"""Decimals of a logged number; a product may end in digits that mean nothing."""


def with_layers(
    evidence: Evidence, scenario: Scenario, measures: Sequence[ListedMeasure], changes: Sequence[Change] = ()
) -> tuple[Evidence, tuple[Change, ...]]:
    """The evidence as a scenario has it, and all that was changed, old -> new, lowest layer first.

    The order is: tables (own ones in place of the bundled ones), the scenario's overrides, measures as listed,
    overrides over measures.

    Parameters
    ----------
    changes : what the files and the command line changed; those of the tables get the figure they replace

    Raises
    ------
    ScenarioError
        A key or value makes no sense; all of those of one layer in one message.
    """
    day, below = scenario.trip.departure, evidence
    evidence = below.overridden(scenario.override)
    measured: list[Change] = []
    for listed in measures:
        layer = measure_layer(listed)
        after = evidence.with_layer(layer)
        measured += changed_figures(evidence, after, layer, day)
        evidence = after
    own = {**scenario.override, **scenario.override_after_measures}
    told = [_with_old_figure(change, own, below, day) if change.old is None else change for change in changes]
    over = [change for change in told if measures and change.is_over_measures]
    last = [_with_old_figure(change, own, evidence, day) for change in over]
    log = (*own_table_changes(below), *(change for change in told if change not in over), *measured, *last)
    return evidence.overridden(scenario.override_after_measures), log


def own_table_changes(evidence: Evidence) -> tuple[Change, ...]:
    """Where own tables differ from the bundled ones, cell by cell; nothing for the bundled ones."""
    own = evidence.own
    if own is None:
        return ()
    return tuple(
        Change(
            " ".join(part for part in (change.table, change.row, change.column) if part),
            change.old or EMPTY,
            change.new or EMPTY,
            f"{own.name}/{change.table}.csv:{change.line}" if change.line else f"{own.name}/{change.table}",
        )
        for change in own.changes
    )


def _with_old_figure(change: Change, own: Mapping[str, object], below: Evidence, day: date) -> Change:
    """The change with what the evidence below says, where it concerns one of a scenario's `own` figures."""
    section, _, key = change.key.partition(".")
    is_figure = section in OVERRIDE_SECTIONS and key in own
    return replace(change, old=shown_figure(below, key, day)) if is_figure else change


def measure_layer(listed: ListedMeasure) -> OverrideLayer:
    """What a measure sets, with what it rests on."""
    measure = listed.measure
    note = f"measure {measure.id}"
    return OverrideLayer(measure.override, listed.origins, measure.source, measure.grade, note, "measure")


def changed_figures(before: Evidence, after: Evidence, layer: OverrideLayer, day: date) -> Iterator[Change]:
    """What each key of a layer replaced, and by what, as far as it made a difference."""
    for key in layer.values:
        old, new = shown_figure(before, key, day), shown_figure(after, key, day)
        if old != new:
            yield Change(f"override.{key}", old, new, layer.origins.get(key, ""))


def shown_figure(evidence: Evidence, key: str, day: date) -> object:
    """What the evidence says under the key of an override: a number, a word, the mean of several, None if unknown."""
    kind, _, rest = key.partition(".")
    if kind == "parameters":
        name, _, scope = rest.partition(".")
        parameter = evidence.find_parameter(name, scope)
        return round(parameter.value, SHOWN_DIGITS) if parameter else None
    if kind == "eligibility":
        return _shown_rule(evidence, rest, day)
    if rest.endswith(".status"):
        return status_on(evidence, rest.removesuffix(".status"), day).state
    return _shown_figures(evidence, key)


def _shown_figures(evidence: Evidence, key: str) -> object:
    figures = [
        figure.usd if name.endswith("fee") else figure.hours
        for crossing_id, direction, name in figures_of(evidence.crossings, key)
        for figure in [getattr(evidence.crossings[crossing_id].times[direction], name)]
    ]
    if len(figures) == 1:
        return None if figures[0] is None else round(figures[0], SHOWN_DIGITS)
    known = [figure for figure in figures if figure is not None]
    return f"{len(known)} figures, mean {fsum(known) / len(known):.3g}" if known else None


def _shown_rule(evidence: Evidence, rest: str, day: date) -> str:
    """The rule for one plate in one country; for groups only that there are several."""
    plate, country, entered_from = [*rest.split("."), ""][:3]
    if {plate, country} <= evidence.countries.keys():
        return entry_rule(evidence, plate=plate, country=country, entered_from=entered_from, day=day).rule
    own: Mapping[tuple[str, str, str], str] = {
        (rule.plate, rule.country, rule.entered_from): rule.rule for rule in evidence.eligibility if rule.is_own
    }
    return own.get((plate, country, entered_from), "as in the tables")
