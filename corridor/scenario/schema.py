"""What a user asks: the scenario, its sections, and what each key means."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from corridor.scenario.fields import (
    BoundaryView,
    CargoName,
    CorridorName,
    CountryCode,
    Day,
    Draws,
    EachOnce,
    Expected,
    MeasureName,
    NumberFromZero,
    OwnValues,
    PathText,
    PositiveNumber,
    PostName,
    ScenarioId,
    Share,
    StopName,
    TerminalName,
    Title,
    VehicleName,
    Why,
    fault,
)

ALTERNATIVES_MAX = 20
CREW_MAX = 2
EMBEDDED = "embedded"
BUNDLED = "bundled"


class Section(BaseModel):
    """A mapping with exactly the keys listed, never changed after it was read."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Trip(Section):
    """From where to where, and when."""

    origin: TerminalName = Field(title="Origin", description='Id of a place, or "lon,lat" in degrees.')
    destination: TerminalName = Field(title="Destination", description='Id of a place, or "lon,lat" in degrees.')
    departure: Day = Field(
        title="Day of departure",
        description="ISO 8601 date; decides which posts are open, which rules hold and which season posts have.",
    )

    @model_validator(mode="after")
    def _check_that_it_goes_somewhere(self) -> Self:
        if self.origin != self.destination:
            return self
        expected, advice = "two different places", "Change one of the two."
        raise fault("origin and destination are one", expected=expected, got=f"{self.origin!r} twice", advice=advice)


class Truck(Section):
    """What drives, under which flag and with how many drivers."""

    type: VehicleName = Field(title="Vehicle type", description="Id from the table of vehicles.")
    plate: CountryCode = Field(
        title="Number plate",
        description="ISO alpha-3 code of the country of registration; decides fees, pay and where it may drive.",
    )
    crew: Annotated[int, Field(ge=1, le=CREW_MAX), Expected("1 or 2 drivers")] = Field(
        title="Crew", description="Number of drivers; two of them rest by turns."
    )
    empty_return_share: Share = Field(
        title="Empty return share",
        description="Share of the way back that is driven empty and charged to this trip, 0 to 1.",
    )


class Cargo(Section):
    """What is carried."""

    kind: CargoName = Field(title="Kind", description="Id from the table of cargo kinds; decides the value of time.")
    mass_t: Annotated[PositiveNumber, Expected("a number of tonnes above 0")] = Field(
        title="Mass (t)", description="Mass of the cargo in tonnes, packing included."
    )
    value_usd: Annotated[PositiveNumber, Expected("a number of US dollars above 0")] = Field(
        title="Value (USD)", description="Value of the cargo in US dollars."
    )


class Avoid(Section):
    """What every route must keep away from."""

    countries: Annotated[tuple[CountryCode, ...], EachOnce, Expected("a list of country codes")] = Field(
        default=(), title="Countries", description="ISO alpha-3 codes of countries not to enter."
    )
    posts: Annotated[tuple[PostName, ...], EachOnce, Expected("a list of post ids")] = Field(
        default=(), title="Posts", description="Ids of border posts not to use."
    )


class Routes(Section):
    """Which routes to look for."""

    alternatives: Annotated[
        int, Field(ge=1, le=ALTERNATIVES_MAX), Expected(f"a whole number from 1 to {ALTERNATIVES_MAX}")
    ] = Field(title="Alternatives", description="How many distinct chains of posts to look for.")
    presets: Annotated[tuple[CorridorName, ...], EachOnce, Expected("a list of corridor ids")] = Field(
        title="Presets", description="Named corridors to evaluate beside the alternatives, open or closed."
    )
    via: Annotated[tuple[StopName, ...], EachOnce, Expected("a list of place or post ids")] = Field(
        default=(), title="Via", description="Places and posts that every route must pass, in this order."
    )
    avoid: Avoid = Field(
        default=Avoid(), title="Avoid", description="Countries and posts that every route must keep away from."
    )

    @model_validator(mode="after")
    def _check_that_no_stop_is_avoided(self) -> Self:
        both = next((name for name in self.via if name in self.avoid.posts), None)
        if both is None:
            return self
        expected, advice = "each post in one of the two", "Remove it from one of the two."
        raise fault("via and avoid contradict", expected=expected, got=f"{both!r} in both", advice=advice)


class Uncertainty(Section):
    """How many futures to draw."""

    draws: Draws = Field(
        title="Draws",
        description="Most futures to draw, a power of two. The ranking begins with 8,192 and doubles them until it has "
        "settled; all else keeps to the first 8,192.",
    )
    seed: Annotated[int, Field(ge=0), Expected("a whole number from 0")] = Field(
        title="Seed", description="Start of the random numbers; the same seed gives the same futures."
    )


class Criteria(Section):
    """What counts besides money and cargo time when options are ranked."""

    carbon_usd_per_t: NumberFromZero = Field(
        title="Carbon price (USD/t)", description="Price of a tonne of CO2e in US dollars; 0 leaves carbon out."
    )
    reliability: Annotated[Literal["none"], Expected("none, the only choice of this version")] = Field(
        title="Reliability", description="How unreliability is priced; `none` until futures are drawn."
    )


class MapView(Section):
    """How maps are drawn where that is a choice."""

    boundaries: BoundaryView = Field(
        default="neutral",
        title="Boundaries",
        description="`neutral`: disputed lines dashed; the ISO alpha-3 code of a country: its claims as borders; or a "
        ".geojson file of your own, as seen from where you run, with lines of the kind border or disputed.",
    )


class Scenario(Section):
    """One question about one trip, with everything the answer depends on besides the evidence."""

    id: ScenarioId = Field(title="Id", description="Lower-case letters, digits and hyphens; names the results' folder.")
    title: Title = Field(title="Title", description="One line that heads the report.")
    why: Why = Field(title="Why", description="The decision that the answer should inform.")
    trip: Trip = Field(title="Trip", description="From where to where, and when.")
    vehicle: Truck = Field(title="Vehicle", description="What drives, under which flag and with how many drivers.")
    cargo: Cargo = Field(title="Cargo", description="What is carried.")
    routes: Routes = Field(title="Routes", description="Which routes to look for.")
    network: Annotated[PathText, Expected(f"{EMBEDDED} or the folder of a built network")] = Field(
        title="Network", description=f"`{EMBEDDED}`, or the folder of a built network as seen from where you run."
    )
    evidence: Annotated[PathText, Expected(f"{BUNDLED} or the folder of your own tables")] = Field(
        default=BUNDLED,
        title="Evidence",
        description=f"`{BUNDLED}`, or the folder of your own tables, made by `corridor evidence import`, as seen from "
        "this file (on the command line: from where you run).",
    )
    measures: Annotated[tuple[MeasureName, ...], EachOnce, Expected("a list of measures")] = Field(
        default=(),
        title="Measures",
        description="Changes of state in the order in which they are applied: ids of bundled measures, or .yaml files "
        "as seen from this file (on the command line: from where you run).",
    )
    override: OwnValues = Field(
        default={},
        title="Override",
        description="Your own numbers in place of the tables', below all measures, e.g. "
        "`crossings.torkham.PAK-AFG.queue_h: 12`, or `x0.5` for half of what the tables say.",
    )
    override_after_measures: OwnValues = Field(
        default={},
        title="Override after measures",
        description="Your own numbers over all measures; `--set override.…` goes here where there are measures.",
    )
    uncertainty: Uncertainty = Field(title="Uncertainty", description="How many futures to draw.")
    criteria: Criteria = Field(title="Criteria", description="What counts besides money and cargo time.")
    map: MapView = Field(default=MapView(), title="Map", description="How maps are drawn where that is a choice.")
