"""How much of a change of results each changed input accounts for: shares that add up (model.md 4.4)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import factorial, fsum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

GROUPS_MAX = 6
"""Groups of keys told apart; 2 ** 6 = 64 runs."""

Group = tuple[str, ...]
"""Keys of a scenario that are changed together."""


@dataclass(frozen=True, slots=True)
class BestFigures:
    """What the best option of a run costs and takes, as reported; also a change of it."""

    generalised_cost_usd: float
    money_usd: float
    time_h: float

    def __add__(self, other: BestFigures) -> BestFigures:
        return BestFigures(
            fsum((self.generalised_cost_usd, other.generalised_cost_usd)),
            fsum((self.money_usd, other.money_usd)),
            fsum((self.time_h, other.time_h)),
        )

    def __sub__(self, other: BestFigures) -> BestFigures:
        return self + other.times(-1.0)

    def times(self, factor: float) -> BestFigures:
        """All three multiplied."""
        return BestFigures(factor * self.generalised_cost_usd, factor * self.money_usd, factor * self.time_h)

    def rounded(self) -> BestFigures:
        """Without the noise of binary fractions: reported figures have two to four decimals."""
        return BestFigures(round(self.generalised_cost_usd, 6), round(self.money_usd, 6), round(self.time_h, 6))

    @property
    def is_nothing(self) -> bool:
        """Whether all three are 0."""
        return not (self.generalised_cost_usd or self.money_usd or self.time_h)


@dataclass(frozen=True, slots=True)
class Share:
    """What one group of keys does to the best option.

    Parameters
    ----------
    from_old : change when it alone is changed in the old scenario
    from_new : change when it is the last to be changed, all others being new
    mean : its change averaged over all orders (Shapley); these add up
    """

    keys: Group
    from_old: BestFigures
    from_new: BestFigures
    mean: BestFigures


@dataclass(frozen=True, slots=True)
class Attribution:
    """The change of the best option, share by share.

    Parameters
    ----------
    shares : of the scenario's keys; their means add up to what the scenario changes
    rest : what data, networks or versions of the program change besides
    notes : why keys are grouped or could not be told apart, and whose data the runs used
    """

    shares: tuple[Share, ...]
    rest: BestFigures
    notes: tuple[str, ...]

    @property
    def change(self) -> BestFigures:
        """New less old: all shares and the rest."""
        return total((*(share.mean for share in self.shares), self.rest))

    def to_frame(self) -> pd.DataFrame:
        """One row per group of keys and quantity; the rest has the keys "data or version"."""
        import pandas as pd

        columns = ["keys", "quantity", "from_old", "from_new", "mean"]
        rows = [
            (
                ", ".join(share.keys),
                name,
                *(getattr(part, name) for part in (share.from_old, share.from_new, share.mean)),
            )
            for share in (*self.shares, Share(("data or version",), self.rest, self.rest, self.rest))
            for name in ("generalised_cost_usd", "money_usd", "time_h")
        ]
        return pd.DataFrame(rows, columns=columns)


def total(figures: Iterable[BestFigures]) -> BestFigures:
    """The sum, component by component."""
    listed = list(figures)
    return BestFigures(
        fsum(part.generalised_cost_usd for part in listed),
        fsum(part.money_usd for part in listed),
        fsum(part.time_h for part in listed),
    )


def grouped(keys: Sequence[str], *, most: int = GROUPS_MAX) -> tuple[Group, ...]:
    """Each key by itself; more than `most` keys by section, the last sections together if need be.

    Examples
    --------
    >>> grouped(["cargo.mass_t", "trip.origin"])
    (('cargo.mass_t',), ('trip.origin',))
    """
    if len(keys) <= most:
        return tuple((key,) for key in keys)
    sections: dict[str, list[str]] = {}
    for key in keys:
        sections.setdefault(key.split(".")[0], []).append(key)
    groups = [tuple(members) for members in sections.values()]
    last = [key for group in groups[most - 1 :] for key in group]
    return (*groups[: most - 1], tuple(last)) if len(groups) > most else tuple(groups)


def subsets(groups: Sequence[Group]) -> list[frozenset[Group]]:
    """Every way to have changed some of the groups, fewest first."""
    return [frozenset(some) for size in range(len(groups) + 1) for some in combinations(groups, size)]


def build_shares(groups: Sequence[Group], values: Mapping[frozenset[Group], BestFigures]) -> tuple[Share, ...]:
    """Shares of the groups in the change from none of them changed to all changed.

    Parameters
    ----------
    values : the best option for each of `subsets`
    """
    everything, nothing = frozenset(groups), frozenset[Group]()
    return tuple(
        Share(
            keys=group,
            from_old=values[frozenset({group})] - values[nothing],
            from_new=values[everything] - values[everything - {group}],
            mean=_mean_over_orders(group, groups, values),
        )
        for group in groups
    )


def _mean_over_orders(
    group: Group, groups: Sequence[Group], values: Mapping[frozenset[Group], BestFigures]
) -> BestFigures:
    """Shapley value: |S|! (n - |S| - 1)! of the n! orders change exactly the groups S before this one."""
    others, count = [other for other in groups if other != group], len(groups)
    return total(
        (values[before | {group}] - values[before]).times(
            factorial(len(before)) * factorial(count - len(before) - 1) / factorial(count)
        )
        for before in subsets(others)
    )
