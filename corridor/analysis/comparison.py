"""Two runs side by side: changed inputs, changed results, and which input changed them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corridor.analysis.accounts import OptionAccount
from corridor.analysis.attribution import Attribution, BestFigures
from corridor.analysis.explain import Difference
from corridor.scenario import OVERRIDE, Change, Scenario

if TYPE_CHECKING:
    import pandas as pd

ChainKey = tuple[tuple[str, str], ...]
"""Ordered (post id, direction)."""

QUANTITIES = ("length_km", "time_h", "money_usd", "generalised_cost_usd")


@dataclass(frozen=True, slots=True)
class ReportedOption:
    """The totals of an option as a run reported them; `rank` counts from 1 and is None for a closed preset."""

    label: str
    chain: ChainKey
    rank: int | None
    length_km: float
    time_h: float
    money_usd: float
    is_lower_bound: bool
    generalised_cost_usd: float

    @property
    def figures(self) -> BestFigures:
        """What is attributed to changed inputs."""
        return BestFigures(self.generalised_cost_usd, self.money_usd, self.time_h)


@dataclass(frozen=True, slots=True)
class EvidenceValue:
    """A number of the evidence as a run used it, with its source keys."""

    value: str
    unit: str
    source: str


@dataclass(frozen=True, slots=True)
class ReportedRun:
    """A run as its folder tells it.

    Parameters
    ----------
    name : run id; rival : label of the best option on other roads, empty where there is none
    names : country code or post id -> what a reader calls it
    inputs_sha256 : table, network file or map -> digest; versions : package -> version
    """

    name: str
    scenario: Scenario
    options: tuple[ReportedOption, ...]
    accounts: tuple[OptionAccount, ...]
    rival: str
    names: Mapping[str, str]
    inputs_sha256: Mapping[str, str]
    versions: Mapping[str, str]
    evidence: Mapping[str, EvidenceValue]

    @property
    def best(self) -> ReportedOption | None:
        """The option of rank 1, or None where no way is open."""
        return next((option for option in self.options if option.rank == 1), None)

    def account(self, label: str) -> OptionAccount:
        """The account of an option that the run has."""
        return next(account for account in self.accounts if account.label == label)


@dataclass(frozen=True, slots=True)
class ChangedInput:
    """One input that differs; `old_source` and `new_source` say where each value comes from."""

    key: str
    old: str
    new: str
    old_source: str
    new_source: str


@dataclass(frozen=True, slots=True)
class OptionPair:
    """The same chain of posts in both runs; None where a run does not have it."""

    chain: ChainKey
    old: ReportedOption | None
    new: ReportedOption | None

    def change(self, quantity: str) -> float | None:
        """New less old, or None where one is missing."""
        if self.old is None or self.new is None:
            return None
        return float(getattr(self.new, quantity) - getattr(self.old, quantity))


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs between two runs.

    Parameters
    ----------
    changed_keys : keys of the scenario; changed_evidence : numbers of the tables that both runs used
    changed_files : inputs with another digest; changed_versions : packages, old and new
    best : the new best option against the old, part by part
    attribution : of the change of the best option; both are None where one of the runs has none
    """

    old_name: str
    new_name: str
    changed_keys: tuple[ChangedInput, ...]
    changed_evidence: tuple[ChangedInput, ...]
    changed_files: tuple[str, ...]
    changed_versions: tuple[ChangedInput, ...]
    options: tuple[OptionPair, ...]
    best: Difference | None
    attribution: Attribution | None

    @property
    def has_same_inputs(self) -> bool:
        """Whether nothing that can change a result differs."""
        return not (self.changed_keys or self.changed_evidence or self.changed_files or self.changed_versions)

    @property
    def has_same_results(self) -> bool:
        """Whether both runs report the same options with the same figures and ranks."""
        return all(
            pair.old and pair.new and pair.old.rank == pair.new.rank and not any(map(pair.change, QUANTITIES))
            for pair in self.options
        )

    def to_frame(self) -> pd.DataFrame:
        """One row per option and quantity: chain of posts, old, new, change, and both ranks."""
        import pandas as pd

        columns = ["chain", "old_rank", "new_rank", "quantity", "old", "new", "change"]
        rows = [
            (
                " > ".join(post for post, _ in pair.chain),
                pair.old and pair.old.rank,
                pair.new and pair.new.rank,
                quantity,
                getattr(pair.old, quantity, None),
                getattr(pair.new, quantity, None),
                pair.change(quantity),
            )
            for pair in self.options
            for quantity in QUANTITIES
        ]
        return pd.DataFrame(rows, columns=columns)


def pair_options(old: Sequence[ReportedOption], new: Sequence[ReportedOption]) -> tuple[OptionPair, ...]:
    """Options matched by chain: those of the new run in its order, then those that are gone."""
    before, after = _by_chain(old), _by_chain(new)
    return tuple(OptionPair(chain, before.get(chain), after.get(chain)) for chain in dict.fromkeys((*after, *before)))


def _by_chain(options: Sequence[ReportedOption]) -> dict[ChainKey, ReportedOption]:
    """The first option of each chain; two closed presets may share one."""
    found: dict[ChainKey, ReportedOption] = {}
    for option in options:
        found.setdefault(option.chain, option)
    return found


def changed_evidence(old: ReportedRun, new: ReportedRun, *, but: frozenset[str]) -> tuple[ChangedInput, ...]:
    """Numbers that both runs used with different values, except those that a scenario sets itself."""
    return tuple(
        ChangedInput(key, _with_unit(was), _with_unit(now), was.source, now.source)
        for key in sorted(old.evidence.keys() & new.evidence.keys() - but)
        if (was := old.evidence[key]).value != (now := new.evidence[key]).value
    )


def _with_unit(number: EvidenceValue) -> str:
    return f"{number.value or 'unknown'} {number.unit}".strip()


def changed_versions(old: ReportedRun, new: ReportedRun) -> tuple[ChangedInput, ...]:
    """Packages whose version differs."""
    return tuple(
        ChangedInput(name, old.versions.get(name, "absent"), new.versions.get(name, "absent"), old.name, new.name)
        for name in sorted({*old.versions, *new.versions})
        if old.versions.get(name) != new.versions.get(name)
    )


def changed_files(old: Mapping[str, str], new: Mapping[str, str]) -> tuple[str, ...]:
    """Inputs that have another digest, or that only one of the two has."""
    return tuple(name for name in sorted({*old, *new}) if old.get(name) != new.get(name))


def key_input(
    change: Change,
    old: ReportedRun,
    new: ReportedRun,
    old_tables: Mapping[str, EvidenceValue],
    new_tables: Mapping[str, EvidenceValue],
) -> ChangedInput:
    """A changed key of the scenario; what only one of the two overrides has the tables' value in the other.

    Parameters
    ----------
    old_tables, new_tables : what the tables say for each run, where none of its options rests on the number
    """
    was, now = _in_force(change.key, change.old, old, old_tables), _in_force(change.key, change.new, new, new_tables)
    return ChangedInput(change.key, _with_unit(was), _with_unit(now), was.source, now.source)


def _in_force(key: str, value: object, run: ReportedRun, tables: Mapping[str, EvidenceValue]) -> EvidenceValue:
    """What held in a run: the scenario's own value, else that of the tables."""
    if value is not None:
        return EvidenceValue(_text(value), "", f"scenario {run.scenario.id}")
    number = run.evidence.get(key.removeprefix(f"{OVERRIDE}.")) or tables.get(key.removeprefix(f"{OVERRIDE}."))
    return number or EvidenceValue("as in the tables", "", "")


def _text(value: object) -> str:
    return f"[{', '.join(map(str, value))}]" if isinstance(value, tuple) else str(value)
