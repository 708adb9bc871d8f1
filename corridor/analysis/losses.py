"""What a trip loses without a post, a leg, or two of these (F5)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import TYPE_CHECKING, Literal

from corridor.analysis.assessment import Option
from corridor.analysis.options import Candidate
from corridor.costs.money_cell import MoneyGap
from corridor.routing.steps import Element, Removed, posts_at_ends

if TYPE_CHECKING:
    import pandas as pd

Kind = Literal["post", "leg", "pair"]

FRAME_COLUMNS = (
    "kind",
    "without",
    "way_left",
    "generalised_usd",
    "money_usd",
    "money_reading",
    "time_h",
    "co2e_wtw_kg",
)


@dataclass(frozen=True, slots=True)
class Loss:
    """What a trip loses by doing without one post, one leg, or two of these, at mean inputs.

    Parameters
    ----------
    without : ids of posts, then legs by their terminals in the order of travel, each sorted
    best : the best way with everything as it is
    way : the best way left; None where none is left, and then so are all amounts
    """

    without: tuple[Element, ...]
    best: Option
    way: Option | None

    @property
    def is_isolation(self) -> bool:
        """Whether no way is left."""
        return self.way is None

    @property
    def generalised_usd(self) -> float | None:
        """Extra generalised cost on what is known, USD, >= 0."""
        return None if self.way is None else self.way.generalised_cost_usd - self.best.generalised_cost_usd

    @property
    def money(self) -> MoneyGap | None:
        """Extra money of the truck; below 0 where the way left is cheaper but slower."""
        return None if self.way is None else self.way.ledger.money_cell.minus(self.best.ledger.money_cell)

    @property
    def time_h(self) -> float | None:
        """Extra hours from door to door."""
        return None if self.way is None else self.way.ledger.time_h - self.best.ledger.time_h

    @property
    def co2e_wtw_kg(self) -> float | None:
        """Extra kg CO2e, well to wheel."""
        return None if self.way is None else self.way.ledger.co2e_wtw_kg - self.best.ledger.co2e_wtw_kg

    @property
    def frame_row(self) -> tuple[object, ...]:
        """The loss in the order of `FRAME_COLUMNS`."""
        money = self.money
        return (
            kind_of(self.without),
            without_text(self.without),
            " > ".join(self.way.post_ids) if self.way else None,
            self.generalised_usd,
            money.known_usd if money else None,
            money.reading if money else None,
            self.time_h,
            self.co2e_wtw_kg,
        )


@dataclass(frozen=True)
class Criticality:
    """Which elements of its ways, posts and legs, a trip cannot easily do without, at mean inputs.

    Parameters
    ----------
    best : the best way as things are
    ways : it and the best ways left in all cases, best first
    posts : each post of the best way alone, greatest loss first
    legs : each leg of the best way alone, in the order of travel
    pairs : two of both that cost more together than the dearer of them alone, greatest loss first
    spare_posts : posts on some way but not on the best, sorted: closing one of them alone costs nothing
    cuts : smallest sets of open posts that leave no way when closed together (see `find_minimum_cuts`)
    known : all chains that the searches looked at, best first
    is_proven : whether every search went on until no better way could be missing
    """

    best: Option
    ways: tuple[Option, ...]
    posts: tuple[Loss, ...]
    legs: tuple[Loss, ...]
    pairs: tuple[Loss, ...]
    spare_posts: tuple[str, ...]
    cuts: tuple[tuple[str, ...], ...]
    known: tuple[Candidate, ...]
    is_proven: bool

    @property
    def losses(self) -> tuple[Loss, ...]:
        """Posts, then legs, then pairs."""
        return (*self.posts, *self.legs, *self.pairs)

    @property
    def telling_pairs(self) -> tuple[Loss, ...]:
        """Pairs without those that only repeat what it costs to close a post at the end of a leg."""
        return tuple(pair for pair in self.pairs if not self._is_told_by_posts(pair))

    @property
    def cutting_pairs(self) -> tuple[tuple[Element, ...], ...]:
        """Pairs among the telling ones that leave no way together, though each element alone leaves one."""
        return tuple(loss.without for loss in self.telling_pairs if loss.is_isolation)

    def loss_usd(self, without: Iterable[Element]) -> float | None:
        """Extra generalised cost in USD without one or two elements, whichever they are; None where no way is left."""
        removed = Removed.of(without).elements
        if removed in self._known_usd:
            return self._known_usd[removed]
        return dearest_usd(self._known_usd.get((element,), 0.0) for element in removed)

    def _is_told_by_posts(self, pair: Loss) -> bool:
        return any(self.loss_usd(closed) == pair.generalised_usd for closed in _closed_instead(pair.without))

    @cached_property
    def _known_usd(self) -> dict[tuple[Element, ...], float | None]:
        return {loss.without: loss.generalised_usd for loss in self.losses}

    def to_frame(self) -> pd.DataFrame:
        """One row per loss, amounts missing where no way is left; pairs that are not listed are as `loss_usd` says."""
        import pandas as pd

        return pd.DataFrame([loss.frame_row for loss in self.losses], columns=list(FRAME_COLUMNS))


def kind_of(without: Sequence[Element]) -> Kind:
    """What one or two elements are."""
    if len(without) > 1:
        return "pair"
    return "post" if isinstance(without[0], str) else "leg"


def without_text(without: Iterable[Element]) -> str:
    """Elements by their ids.

    Examples
    --------
    >>> without_text(["taftan", ("islamabad", "khunjerab@PAK")])
    'taftan + islamabad > khunjerab@PAK'
    """
    return " + ".join(element if isinstance(element, str) else " > ".join(element) for element in without)


def _closed_instead(without: Sequence[Element]) -> Iterator[tuple[Element, ...]]:
    """The same with posts at the ends of one or both legs closed instead, which bars these too."""
    choices = ((element, *posts_at_ends(element)) for element in without)
    return (closed for closed in product(*choices) if closed != tuple(without))


def dearest_usd(losses_usd: Iterable[float | None]) -> float | None:
    """The greatest of some losses; None where one of them leaves no way.

    Examples
    --------
    >>> dearest_usd([26.0, 0.0]), dearest_usd([26.0, None])
    (26.0, None)
    """
    amounts = list(losses_usd)
    known = [usd for usd in amounts if usd is not None]
    return max(known) if len(known) == len(amounts) else None
