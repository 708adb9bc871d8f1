"""What is to be expected of a quantity once some others are known: regression on splines, cross-validated."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

FOLDS = 10
KNOTS = (-1.0, 0.0, 1.0)
"""Where the splines bend, in standard deviations of the known."""

RCOND = 1e-12
"""Terms that are this small a part of the largest repeat others and are left out."""


def expected_given(known: Floats, values: Floats) -> Floats:
    """Values to be expected in each future from what is known there, shape of `values`.

    Parameters
    ----------
    known : (quantities, futures) standardised, such as logarithms of factors
    values : (futures, columns)

    Notes
    -----
    Least squares on a sum of cubic splines, one of each quantity, each future predicted from nine tenths of the
    others: tenths of futures that follow each other, because in a Sobol sequence every second point is on the same
    side of the middle.

    References
    ----------
    Strong, Oakley & Brennan 2014, Estimating multiparameter partial expected value of perfect information from a
    probabilistic sensitivity analysis sample, Med. Decis. Making 34(3).
    """
    features = spline_features(known)
    folds = np.array_split(np.arange(len(values)), FOLDS)
    products = [(features[fold].T @ features[fold], features[fold].T @ values[fold]) for fold in folds]
    squares, crosses = (sum(parts, np.zeros_like(parts[0])) for parts in zip(*products, strict=True))
    predicted = [
        features[fold] @ np.linalg.lstsq(squares - own_squares, crosses - own_crosses, rcond=RCOND)[0]
        for fold, (own_squares, own_crosses) in zip(folds, products, strict=True)
    ]
    return np.concatenate(predicted)


def spline_features(known: Floats) -> Floats:
    """A constant, and for each quantity x the terms x, x^2, x^3 and (x - knot)^3 above each knot, (futures, terms)."""
    powers = [known**power for power in (1, 2, 3)]
    bends = [np.maximum(known - knot, 0.0) ** 3 for knot in KNOTS]
    return np.concatenate([np.ones((1, known.shape[1])), *powers, *bends]).T
