"""Everything the tables say, in one immutable value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from corridor.errors import DataError
from corridor.evidence.cpmm import CpmmRecord
from corridor.evidence.crossings import BorderCrossing, MeasuredTime, QueueEstimate
from corridor.evidence.observed_trips import ObservedTrip
from corridor.evidence.parameters import Parameter, ParameterDefinition, scopes_to_try
from corridor.evidence.places import Corridor, Country, Place
from corridor.evidence.prices import PriceBasis
from corridor.evidence.rules import EligibilityRule, Event
from corridor.evidence.sea_routes import SeaRoute
from corridor.evidence.sources import Source
from corridor.evidence.truck_calendar import ClosedDays, TruckBan
from corridor.evidence.truck_speeds import TruckSpeeds
from corridor.evidence.vehicles import CargoKind, DriverRules, Vehicle
from corridor.names import suggestion

if TYPE_CHECKING:
    from corridor.evidence.own_numbers import OverrideLayer
    from corridor.evidence.own_tables import OwnTables
    from corridor.scenario.known_names import KnownNames


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the world says, as read from the tables or changed by a scenario.

    Parameters
    ----------
    parameters : by (name, scope), money in USD
    ferries : crossings by sea; they join `crossings` where trips are planned (`with_ferries`), networks know posts only
    sea_routes : by the port that Karachi is joined to by sea
    prices : the base year, the price indices, and which parameter follows which
    measured_times, queue_estimates : the rows on which the times of `crossings` stand
    cpmm : country figures of CPMM, the model's own inputs among them
    truck_speeds : speeds and limits by class of road, for the building of networks
    observed_trips : what others have published, to hold the model against
    status_overrides : post -> ``open`` or ``closed`` where a scenario sets it
    as_of : the day up to which the tables know
    own : the user's own tables that this was read from; None for the bundled ones
    """

    parameters: Mapping[tuple[str, str], Parameter]
    definitions: Mapping[str, ParameterDefinition]
    sources: Mapping[str, Source]
    countries: Mapping[str, Country]
    places: Mapping[str, Place]
    crossings: Mapping[str, BorderCrossing]
    ferries: Mapping[str, BorderCrossing]
    vehicles: Mapping[str, Vehicle]
    cargo_kinds: Mapping[str, CargoKind]
    driver_rules: Mapping[str, DriverRules]
    events: tuple[Event, ...]
    eligibility: tuple[EligibilityRule, ...]
    closed_days: tuple[ClosedDays, ...]
    truck_bans: tuple[TruckBan, ...]
    corridors: Mapping[str, Corridor]
    sea_routes: Mapping[str, SeaRoute]
    measured_times: tuple[MeasuredTime, ...]
    queue_estimates: tuple[QueueEstimate, ...]
    observed_trips: tuple[ObservedTrip, ...]
    cpmm: tuple[CpmmRecord, ...]
    truck_speeds: TruckSpeeds
    status_overrides: Mapping[str, str]
    as_of: date
    prices: PriceBasis
    own: OwnTables | None = None

    def find_parameter(self, name: str, scope: str) -> Parameter | None:
        """The number for `scope`, else for its area, else for ``*``; None where nobody knows.

        Raises
        ------
        DataError
            No parameter of that name is defined.
        """
        if name not in self.definitions:
            raise DataError(f"parameter_definitions.csv: no parameter '{name}'. {suggestion(name, self.definitions)}")
        keys = ((name, tried) for tried in scopes_to_try(scope, self.areas))
        return next((self.parameters[key] for key in keys if key in self.parameters), None)

    def parameter(self, name: str, scope: str) -> Parameter:
        """The number for `scope`, which must be known.

        Raises
        ------
        DataError
            The table has neither a row for `scope` nor one for ``*``.
        """
        found = self.find_parameter(name, scope)
        if found is None:
            known = sorted(row.scope for row in self.parameters.values() if row.name == name)
            raise DataError(
                f"parameters.csv: '{name}' is not known for '{scope}'; expected a row for it or for '*'. "
                f"{suggestion(scope, known)}"
            )
        return found

    def tiers(self, name: str, scope: str) -> tuple[tuple[int, Parameter], ...]:
        """Rows of exactly this scope behind a limit, lowest limit first: ``14:UZB:AZE`` is the tier 14 of ``UZB:AZE``.

        Raises
        ------
        DataError
            No parameter of that name is defined.
        """
        if name not in self.definitions:
            raise DataError(f"parameter_definitions.csv: no parameter '{name}'. {suggestion(name, self.definitions)}")
        split = ((key.partition(":"), row) for (row_name, key), row in self.parameters.items() if row_name == name)
        found = [(int(limit), row) for (limit, _, rest), row in split if rest == scope]
        return tuple(sorted(found, key=lambda tier: tier[0]))

    @property
    def areas(self) -> Mapping[str, str]:
        """Country -> its free-movement area, for those that have one."""
        return {code: row.free_movement_area for code, row in self.countries.items() if row.free_movement_area}

    def with_ferries(self) -> Evidence:
        """The evidence in which the ferries are crossings like the posts, as a trip meets them."""
        return replace(self, crossings={**self.crossings, **self.ferries})

    def closed_days_of(self, crossing_id: str) -> tuple[ClosedDays, ...]:
        """The days on which a post is shut that are known beforehand, in order of time."""
        return tuple(days for days in self.closed_days if days.crossing == crossing_id)

    def truck_bans_of(self, country: str) -> tuple[TruckBan, ...]:
        """The bans on trucks of a country."""
        return tuple(ban for ban in self.truck_bans if ban.country == country)

    def known_names(self) -> KnownNames:
        """The names a scenario may use."""
        from corridor.scenario.known_names import KnownNames

        return KnownNames(
            places=frozenset(self.places),
            crossings=frozenset({*self.crossings, *self.ferries}),
            corridors=frozenset(self.corridors),
            countries=frozenset(self.countries),
            vehicles=frozenset(self.vehicles),
            cargo_kinds=frozenset(self.cargo_kinds),
            parameters=frozenset(self.definitions),
            sources=frozenset(self.sources),
        )

    def overridden(self, overrides: Mapping[str, object]) -> Evidence:
        """The evidence with a scenario's own numbers in place of the tables'.

        Parameters
        ----------
        overrides : by key, e.g. ``crossings.torkham.PAK-AFG.queue_h``, ``crossings.torkham.status``,
            ``parameters.diesel_usd_per_l.PAK``, ``eligibility.PAK.POL.BLR``; a number, a word, or ``x`` and a
            factor on what the tables say

        Raises
        ------
        ScenarioError
            A key or value makes no sense; all of them in one message.
        """
        from corridor.evidence.own_numbers import OverrideLayer

        return self.with_layer(OverrideLayer(overrides))

    def with_layer(self, layer: OverrideLayer) -> Evidence:
        """The evidence with own numbers of one origin over it; raises as `overridden` does."""
        from corridor.evidence.overrides import apply_overrides

        return apply_overrides(self, layer)
