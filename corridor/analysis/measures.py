"""What measures are worth: the best option of a trip with them against the best option without (F30)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from corridor.analysis.assessment import Option
from corridor.scenario import Measure

Bound = Literal["", "at least", "at most", "on what is known"]


@dataclass(frozen=True, slots=True)
class MeasureEffect:
    """The best option with some measures against the best option without any.

    Parameters
    ----------
    subject : id of the measure whose effect this is; empty for all of them together
    applied : ids of the measures applied, in order: the subject, after those of the list that it requires
    best_without, best_with : None where no way is open
    """

    subject: str
    applied: tuple[str, ...]
    best_without: Option | None
    best_with: Option | None

    @property
    def time_h(self) -> float | None:
        """Hours that the best option takes more (negative: less); None where one of the two is missing."""
        return self._difference(lambda option: option.ledger.time_h)

    @property
    def money_usd(self) -> float | None:
        """USD per truck that the best option costs more, as far as known; see `bound`."""
        return self._difference(lambda option: option.ledger.money_usd)

    @property
    def generalised_cost_usd(self) -> float | None:
        """USD of generalised cost per truck that the best option has more, as far as known; see `bound`."""
        return self._difference(lambda option: option.generalised_cost_usd)

    @property
    def is_other_chain(self) -> bool:
        """Whether the best option passes other posts, or is the first that is open at all."""
        chains = [option.chain if option else None for option in (self.best_without, self.best_with)]
        return chains[0] != chains[1]

    @property
    def bound(self) -> Bound:
        """What differences in USD are: exact where the unknown parts are the same with and without, and cancel."""
        if self.best_without is None or self.best_with is None:
            return ""
        without, with_ = unknown_parts(self.best_without), unknown_parts(self.best_with)
        added, gone = bool(with_ - without), bool(without - with_)
        if added and gone:
            return "on what is known"
        return "at least" if added else "at most" if gone else ""

    def _difference(self, figure: Callable[[Option], float]) -> float | None:
        if self.best_without is None or self.best_with is None:
            return None
        return figure(self.best_with) - figure(self.best_without)


def unknown_parts(option: Option) -> Counter[tuple[str, str, tuple[str, ...], float]]:
    """Costs of an option that nobody knows: component, country, evidence, and km where they grow with them."""
    return Counter(
        (
            row.component,
            row.country,
            row.basis,
            round(option.stages[row.stage].length_km_by_country.get(row.country, 0.0), 3),
        )
        for row in option.ledger.money
        if row.usd is None
    )


def measure_effects(
    measures: Sequence[Measure], best: Callable[[tuple[str, ...]], Option | None]
) -> tuple[MeasureEffect, ...]:
    """The effect of each measure on its own, in the order of the list, then of all together.

    A measure that requires others is applied with those: alone it could not be.

    Parameters
    ----------
    best : the best open option with the measures of these ids applied in this order; None if no way is open
    """
    if not measures:
        return ()
    without = best(())
    everything = tuple(measure.id for measure in measures)
    alone = [(measure.id, with_required(measure, measures)) for measure in measures]
    together = [("", everything)] if len(measures) > 1 else []
    return tuple(MeasureEffect(subject, applied, without, best(applied)) for subject, applied in [*alone, *together])


def with_required(measure: Measure, measures: Sequence[Measure]) -> tuple[str, ...]:
    """Ids of a measure and of all that it requires, directly or through others, in the order of the list."""
    by_id = {other.id: other for other in measures}
    needed, waiting = {measure.id}, list(measure.requires)
    while waiting:
        required = waiting.pop()
        if required not in needed:
            needed.add(required)
            waiting += by_id[required].requires
    return tuple(other.id for other in measures if other.id in needed)
