"""What a trip loses without a post, two posts or a leg (F5)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from corridor.analysis.assessment import Option
from corridor.analysis.options import Candidate
from corridor.costs.money_cell import MoneyGap

if TYPE_CHECKING:
    import pandas as pd

Kind = Literal["post", "pair", "leg"]

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
    """What a trip loses by doing without one post, two posts or one leg, at mean inputs.

    Parameters
    ----------
    without : ids of posts, sorted, or the two terminals of a leg in the order of travel
    best : the best way with everything as it is
    way : the best way left; None where none is left, and then so are all amounts
    """

    kind: Kind
    without: tuple[str, ...]
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
        money, between = self.money, " + " if self.kind == "pair" else " > "
        return (
            self.kind,
            between.join(self.without),
            " > ".join(self.way.post_ids) if self.way else None,
            self.generalised_usd,
            money.known_usd if money else None,
            money.reading if money else None,
            self.time_h,
            self.co2e_wtw_kg,
        )


@dataclass(frozen=True, slots=True)
class Criticality:
    """Which posts and legs a trip cannot easily do without, at mean inputs.

    Parameters
    ----------
    best : the best way as things are
    ways : it and the best ways left in all cases, best first
    posts : each post of the best way alone, greatest loss first
    pairs : two posts that cost more together than the dearer of them alone, greatest loss first
    legs : each leg of the best way alone, in the order of travel
    spare_posts : posts on some way but not on the best, sorted: closing one of them alone costs nothing
    cuts : smallest sets of open posts that leave no way when closed together (see `find_minimum_cuts`)
    known : all chains that the searches looked at, best first
    is_proven : whether every search went on until no better way could be missing
    """

    best: Option
    ways: tuple[Option, ...]
    posts: tuple[Loss, ...]
    pairs: tuple[Loss, ...]
    legs: tuple[Loss, ...]
    spare_posts: tuple[str, ...]
    cuts: tuple[tuple[str, ...], ...]
    known: tuple[Candidate, ...]
    is_proven: bool

    @property
    def losses(self) -> tuple[Loss, ...]:
        """Posts, then pairs, then legs."""
        return (*self.posts, *self.pairs, *self.legs)

    @property
    def cutting_pairs(self) -> tuple[tuple[str, ...], ...]:
        """Pairs of posts that leave no way when closed together, though each alone leaves one."""
        return tuple(loss.without for loss in self.pairs if loss.is_isolation)

    def loss_usd(self, posts: Iterable[str]) -> float | None:
        """Extra generalised cost in USD of closing one or two posts, whichever they are; None where no way is left."""
        closed = tuple(sorted(set(posts)))
        known = {loss.without: loss.generalised_usd for loss in (*self.posts, *self.pairs)}
        if closed in known:
            return known[closed]
        return dearest_usd(known.get((post,), 0.0) for post in closed)

    def to_frame(self) -> pd.DataFrame:
        """One row per loss, amounts missing where no way is left; pairs that are not listed are as `loss_usd` says."""
        import pandas as pd

        return pd.DataFrame([loss.frame_row for loss in self.losses], columns=list(FRAME_COLUMNS))


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
