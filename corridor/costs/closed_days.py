"""Hours lost to days that are known beforehand: holidays at posts, and bans on trucks (model.md 8)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from math import fsum, log1p, sqrt
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from corridor.costs.closures import HOURS_PER_DAY
from corridor.costs.departures import Departures
from corridor.costs.shut_posts import HOURS_PER_WEEK
from corridor.costs.tariff import Amount, Tariff
from corridor.evidence import ClosedDays, TruckBan

Floats = NDArray[np.float64]

ARRIVAL_SD_MIN_H = 1.0
"""Not even a truck at its first post comes to the minute."""

LEAST_ARRIVAL_H = 1e-6
"""Nobody comes before departure."""

LEAST_WAIT_H = 0.005
"""A wait below half a hundredth of an hour is none: the days are too far off."""


class Spell(NamedTuple):
    """Hours from departure at which a post shuts and works again; the first may be before departure."""

    start_h: float
    end_h: float

    def after(self, hours: float) -> Spell:
        """The same spell as seen by who sets out so many hours later."""
        return Spell(self.start_h - hours, self.end_h - hours)


def find_spells(closed: Iterable[ClosedDays], departure: date) -> list[Spell]:
    """Closed days in hours from the midnight on which a truck sets out; those that are over by then are left out."""
    spells = (
        Spell((days.first_day - departure).days * HOURS_PER_DAY, (days.end - departure).days * HOURS_PER_DAY)
        for days in closed
    )
    return [spell for spell in spells if spell.end_h > 0]


def spell_wait_h(arrival_h: Floats, spell: Spell, *, work_h: float) -> Floats:
    """Hours that trucks lose to one spell, shape of `arrival_h`.

    Parameters
    ----------
    arrival_h : hours after departure at which each comes to the head of the queue
    work_h : hours of work at the post: whoever comes so late that they do not fit in goes on after the spell

    Examples
    --------
    >>> spell_wait_h(np.array([90.0, 94.0, 120.0, 168.0]), Spell(96.0, 168.0), work_h=3.0)
    array([ 0., 72., 48.,  0.])
    """
    is_caught = (arrival_h > spell.start_h - work_h) & (arrival_h < spell.start_h)
    is_inside = (arrival_h >= spell.start_h) & (arrival_h < spell.end_h)
    return np.where(is_inside, spell.end_h - arrival_h, np.where(is_caught, spell.end_h - spell.start_h, 0.0))


def mean_spell_wait_h(spell: Spell, *, arrival_h: float, sd_h: float, work_h: float) -> float:
    """Mean of `spell_wait_h` over lognormal arrivals of this mean and standard deviation, both above 0.

    Examples
    --------
    >>> round(mean_spell_wait_h(Spell(96.0, 168.0), arrival_h=120.0, sd_h=0.01, work_h=0.0), 3)
    48.0
    """
    sdlog = sqrt(log1p((sd_h / arrival_h) ** 2))
    ends_h = np.maximum([spell.start_h - work_h, spell.start_h, spell.end_h], LEAST_ARRIVAL_H)
    z = (np.log(ends_h / arrival_h) + sdlog**2 / 2) / sdlog
    before_caught, before_start, before_end = ndtr(z).tolist()
    _, start_h, end_h = (arrival_h * ndtr(z - sdlog)).tolist()  # part of the mean that comes before each
    inside_h = spell.end_h * (before_end - before_start) - (end_h - start_h)
    caught_h = (spell.end_h - spell.start_h) * (before_start - before_caught)
    return float(caught_h + inside_h)


def holiday_wait(tariff: Tariff, crossing_id: str, leaves: Departures, *, clock_h: float, work_h: float) -> Amount:
    """Mean hours that trucks lose to closed days of a post, so many hours after departure.

    Notes
    -----
    Arrivals are lognormal with mean `clock_h` and standard deviation `arrival_sd_share` of it.
    """
    closed = tariff.evidence.closed_days_of(crossing_id)
    if not closed:
        return Amount(0.0, ())
    share = tariff.amount("arrival_sd_share", "*")
    arrival_h = max(clock_h, ARRIVAL_SD_MIN_H)
    sd_h = max(ARRIVAL_SD_MIN_H, share.known * arrival_h)
    waits_h = {
        days.key: fsum(
            mean_spell_wait_h(spell.after(late_h), arrival_h=arrival_h, sd_h=sd_h, work_h=work_h)
            for late_h in leaves.late_h
        )
        / leaves.days
        for days in closed
        for spell in find_spells([days], leaves.first)
    }
    met_h = {key: wait_h for key, wait_h in waits_h.items() if wait_h >= LEAST_WAIT_H}
    return Amount(fsum(met_h.values()), (*met_h, *share.basis) if met_h else ())


def ban_wait(bans: Sequence[TruckBan], *, gross_mass_t: float, month: int, on_road_h: float) -> Amount:
    """Mean hours that a truck loses to the bans of a country, over all hours of the week at which it may come.

    Parameters
    ----------
    on_road_h : hours that it takes through the country, rest included

    Notes
    -----
    A ban of g hours costs g to those whom it stops on their way, and g / 2 on average to those who come while it
    holds: g (g / 2 + on_road_h) / 168 for each time that it begins in a week, as for the doors of posts (model.md 3.7).
    """
    holding = [ban for ban in bans if month in ban.months and gross_mass_t > ban.over_t]
    return Amount(fsum(_mean_ban_h(ban, on_road_h) for ban in holding), tuple(ban.key for ban in holding))


def _mean_ban_h(ban: TruckBan, on_road_h: float) -> float:
    between_h = HOURS_PER_WEEK / len(ban.weekdays) - ban.hours
    times = len(ban.weekdays)
    return ban.day_share * times * ban.hours * (ban.hours / 2 + min(on_road_h, between_h)) / HOURS_PER_WEEK
