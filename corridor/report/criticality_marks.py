"""What the map of posts and legs shows of each: its place, and how large its loss is drawn."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from corridor.analysis.losses import Loss
from corridor.futures.choice import SpreadLoss
from corridor.futures.criticality import CriticalityStudy
from corridor.report.background import Floats
from corridor.report.criticality_rows import LEAST_SHOWN_USD
from corridor.report.criticality_wording import element_name
from corridor.report.tracks import densified
from corridor.routing.steps import posts_among


@dataclass(frozen=True, slots=True)
class PostMark:
    """A post on the map.

    Parameters
    ----------
    loss_usd : mean loss without it; None where no way is left
    is_in_cut : whether it belongs to a smallest set of posts that cuts the trip
    """

    name: str
    lon: float
    lat: float
    loss_usd: float | None
    is_in_cut: bool

    @property
    def radius_pt(self) -> float:
        """Radius of its circle."""
        return post_radius_pt(self.loss_usd or 0.0)

    @property
    def text(self) -> str:
        """Its name, with the loss where there is any."""
        if self.loss_usd is None:
            return f"{self.name}: no way left"
        return self.name if self.loss_usd < LEAST_SHOWN_USD else f"{self.name} {self.loss_usd:,.0f}"


@dataclass(frozen=True, slots=True)
class LegBand:
    """A leg on the map: lon and lat of its line, shape (points,), and the mean loss without it."""

    lon: Floats
    lat: Floats
    loss_usd: float


def build_post_marks(study: CriticalityStudy) -> list[PostMark]:
    """Posts without which no way is left, then those with a loss worth showing, then the others of a smallest cut."""
    cutting = {post for cut in study.at_means.cuts for post in cut}
    shown = [loss for loss in study.posts if loss.generalised_usd >= LEAST_SHOWN_USD]
    losses: dict[str, float | None] = dict.fromkeys(
        _posts_of(loss for loss in study.at_means.posts if loss.is_isolation)
    )
    losses |= dict(zip(_posts_of(shown), (loss.generalised_usd for loss in shown), strict=True))
    losses |= dict.fromkeys(sorted(cutting - losses.keys()), 0.0)
    crossings = study.evidence.crossings
    return [
        PostMark(element_name(post, study.evidence), crossings[post].lon, crossings[post].lat, usd, post in cutting)
        for post, usd in losses.items()
    ]


def build_leg_bands(study: CriticalityStudy) -> list[LegBand]:
    """Legs with a loss worth showing, greatest first."""
    shown = [
        (loss, study.leg_stages[loss.without[0]]) for loss in study.legs if loss.generalised_usd >= LEAST_SHOWN_USD
    ]
    return [LegBand(*densified(stage.lon, stage.lat), loss.generalised_usd) for loss, stage in shown]


def _posts_of(losses: Iterable[Loss | SpreadLoss]) -> Iterator[str]:
    return (post for loss in losses for post in posts_among(loss.without))


def post_radius_pt(loss_usd: float) -> float:
    """Radius of a post's circle in points: its area grows with the loss."""
    return 2.0 + 0.42 * float(np.sqrt(max(loss_usd, 0.0)))


def leg_width_pt(loss_usd: float) -> float:
    """Width of a leg's band in points: it grows with the root of the loss, as the circles of posts do."""
    return 4.5 + 0.4 * float(np.sqrt(max(loss_usd, 0.0)))
