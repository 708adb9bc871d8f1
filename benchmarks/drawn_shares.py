"""Numbers that look drawn by chance and are the same on every machine and day."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

MULTIPLIERS = np.array([0xBF58476D1CE4E5B9, 0x94D049BB133111EB], dtype=np.uint64)
SHIFTS = np.array([30, 27, 31], dtype=np.uint64)
STEP, WORD = 0x9E3779B97F4A7C15, 1 << 64
DOUBLE_BITS = 53


def drawn_shares(numbers: ArrayLike, *, salt: int = 0) -> NDArray[np.float64]:
    """A share from 0 (included) to 1 (not) for each whole number: always the same for a number and a salt.

    References
    ----------
    Steele, Lea, Flood 2014, Fast splittable pseudorandom number generators, figure 17 (mix64variant13).

    Examples
    --------
    >>> bool((drawn_shares([7, 8]) == drawn_shares([7, 8])).all()), bool(drawn_shares(7) == drawn_shares(7, salt=1))
    (True, False)
    """
    mixed = np.atleast_1d(np.asarray(numbers)).astype(np.uint64) + np.uint64(STEP * (salt + 1) % WORD)
    for shift, multiplier in zip(SHIFTS[:2], MULTIPLIERS, strict=True):
        mixed = (mixed ^ (mixed >> shift)) * multiplier
    mixed ^= mixed >> SHIFTS[2]
    shares = (mixed >> np.uint64(64 - DOUBLE_BITS)) * 2.0**-DOUBLE_BITS
    return np.asarray(shares.reshape(np.shape(numbers)))
