"""What re-routing over the whole network has found: gaps between a run's legs and the least ways."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import pandas as pd

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Posts = tuple[str, ...]

CHEAPER_USD = 0.01
"""A way that saves less than a cent is the same way for all that a reader cares."""

SHARES = {"median": 0.5, "p95": 0.95, "p99": 0.99, "maximum": 1.0}
"""Quantiles of the gap that are reported."""


@dataclass(frozen=True, slots=True)
class RouteCheck:
    """What a trip costs over fixed legs and over all roads, future by future; two kinds of cost, not to be mixed.

    Parameters
    ----------
    rerouted_usd : least search cost over every road and open post of the network, (futures,)
    fixed_usd : least search cost over the legs found at mean inputs, by any chain of open posts, (futures,)
    rerouted_chains, fixed_chains : their posts, one chain a future
    listed_usd : generalised cost of the run's open options, (futures, options)
    unlisted_usd : that of chains which are best over fixed legs in some future without being listed, (futures, chains)
    unlisted_chains : their posts
    left_out : labels of options whose chains are not searched anew, because they change the tractor
    has_luck : whether the luck of one truck is in the futures, or only what nobody knows

    Notes
    -----
    Search cost is generalised cost with rest in proportion to driving and without fees paid once a trip.
    """

    rerouted_usd: Floats
    fixed_usd: Floats
    rerouted_chains: tuple[Posts, ...]
    fixed_chains: tuple[Posts, ...]
    listed_usd: Floats
    unlisted_usd: Floats
    unlisted_chains: tuple[Posts, ...]
    left_out: tuple[str, ...]
    has_luck: bool

    @property
    def futures(self) -> int:
        """Number of futures."""
        return len(self.rerouted_usd)

    @property
    def gap_usd(self) -> Floats:
        """What the fixed legs cost more than the least way, (futures,); nothing where that is below `CHEAPER_USD`."""
        gap_usd = self.fixed_usd - self.rerouted_usd
        return np.where(gap_usd < CHEAPER_USD, 0.0, gap_usd)

    @property
    def gap_share(self) -> Floats:
        """The gap as a share of the least way's search cost, 0 to 1, (futures,)."""
        return self.gap_usd / self.rerouted_usd

    @property
    def is_cheaper(self) -> Flags:
        """Where another way is cheaper than the fixed legs, (futures,)."""
        return np.asarray(self.gap_usd > 0)

    @property
    def is_other_chain(self) -> Flags:
        """Where it also passes other posts, (futures,)."""
        differs = [a != b for a, b in zip(self.rerouted_chains, self.fixed_chains, strict=True)]
        return np.asarray(self.is_cheaper & np.array(differs))

    @property
    def unlisted_gap_share(self) -> Floats:
        """What the best option costs more than the best chain that is not listed, share of its cost, (futures,).

        Below 0 where an option is best; at least, because only chains that are best in one of the futures are priced.
        """
        least_usd = np.min(self.unlisted_usd, axis=1, initial=np.inf)
        return np.asarray(1 - least_usd / self.listed_usd.min(axis=1))

    @property
    def best_unlisted(self) -> tuple[Posts | None, ...]:
        """The chain that is not listed and costs less than all options; None where there is none; one a future."""
        best = self.unlisted_usd.argmin(axis=1) if self.unlisted_chains else np.zeros(self.futures, dtype=int)
        return tuple(
            self.unlisted_chains[number] if share > 0 else None
            for number, share in zip(best.tolist(), self.unlisted_gap_share.tolist(), strict=True)
        )

    def quantiles(self) -> dict[str, float]:
        """Median, P95, P99 and maximum of `gap_share`."""
        return _quantiles(self.gap_share)

    def quantiles_usd(self) -> dict[str, float]:
        """Median, P95, P99 and maximum of `gap_usd`."""
        return _quantiles(self.gap_usd)

    def to_frame(self) -> pd.DataFrame:
        """One row for each future."""
        import pandas as pd

        columns = {
            "rerouted_search_usd": self.rerouted_usd,
            "fixed_legs_search_usd": self.fixed_usd,
            "gap_usd": self.gap_usd,
            "gap_share": self.gap_share,
            "is_cheaper": self.is_cheaper,
            "is_other_chain": self.is_other_chain,
            "rerouted_chain": [" > ".join(chain) for chain in self.rerouted_chains],
            "fixed_legs_chain": [" > ".join(chain) for chain in self.fixed_chains],
            "best_option_generalised_usd": self.listed_usd.min(axis=1),
            "best_unlisted_chain": [" > ".join(chain or ()) for chain in self.best_unlisted],
            "unlisted_gap_share": np.maximum(self.unlisted_gap_share, 0.0),
        }
        return pd.DataFrame(columns, index=pd.RangeIndex(self.futures, name="future"))


def _quantiles(values: Floats) -> dict[str, float]:
    return {name: float(np.quantile(values, share)) for name, share in SHARES.items()}
