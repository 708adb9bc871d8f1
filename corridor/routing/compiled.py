"""Loops compiled by numba, where it is installed (`pip install corridor[fast]`)."""

from __future__ import annotations

from collections.abc import Callable
from importlib.util import find_spec
from typing import TypeVar, cast

Function = TypeVar("Function", bound=Callable[..., object])


def has_compiler() -> bool:
    """Whether loops run compiled; without numba they are plain Python, right and hundreds of times slower."""
    return find_spec("numba") is not None


def compiled(function: Function) -> Function:
    """A loop over arrays that runs compiled, and leaves other threads alone meanwhile.

    Notes
    -----
    Machine code is kept in `__pycache__`, else in the user's own cache; where neither can be written it is compiled
    again in each process. Numba does not notice when a compiled function of another file has changed, so a loop
    calls none but those of its own module.
    """
    if not has_compiler():
        return function
    from numba import njit

    try:
        loop = njit(nogil=True, cache=True)(function)
    except RuntimeError:  # nowhere to keep machine code
        loop = njit(nogil=True)(function)
    return cast(Function, loop)
