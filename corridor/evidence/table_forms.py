"""Every table of evidence by name: its columns, what tells its rows apart, and which of them a user may own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from corridor.evidence import border_tables, calendar_tables, cpmm, observed_trips, price_tables, truck_speeds
from corridor.evidence.ferry_tables import FERRY_COLUMNS, SAILING_COLUMNS
from corridor.evidence.numbers_tables import DEFINITION_COLUMNS, PARAMETER_COLUMNS, SOURCE_COLUMNS
from corridor.evidence.places_tables import (
    CARGO_COLUMNS,
    CORRIDOR_COLUMNS,
    COUNTRY_COLUMNS,
    DRIVER_COLUMNS,
    PLACE_COLUMNS,
    VEHICLE_COLUMNS,
)
from corridor.evidence.sea_tables import SEA_COLUMNS
from corridor.tables import Column

_NONE: Mapping[str, str] = MappingProxyType({})
YEARS_FILE = "evidence.toml"
"""Says up to which day the tables know, and of which year prices are meant to be."""


@dataclass(frozen=True, slots=True)
class TableForm:
    """What a table looks like.

    Parameters
    ----------
    name : of its file, without ``.csv``
    key : columns that say what a row is about; rows that are alike in them are told apart by their order
    names : column -> table whose first column it names, besides `source`, which names rows of sources.csv
    kept_because : why a user does not own its rows; empty where they may be changed in a workbook
    """

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    names: Mapping[str, str] = field(default_factory=lambda: _NONE)
    kept_because: str = ""

    @property
    def file(self) -> str:
        """Name of the file."""
        return f"{self.name}.csv"

    def place_of(self, column: str) -> int:
        """Position of a column, from 0."""
        return [known.name for known in self.columns].index(column)

    def named_table(self, column: str) -> str:
        """The table whose rows the cells of a column name; empty where they name none."""
        return "sources" if column == "source" else self.names.get(column, "")


_FRONTIER = {"country_a": "countries", "country_b": "countries"}

TABLE_FORMS: tuple[TableForm, ...] = (
    TableForm("crossings", border_tables.CROSSING_COLUMNS, ("id",), _FRONTIER),
    TableForm(
        "crossing_times",
        border_tables.TIME_COLUMNS,
        ("crossing", "side", "movement", "direction", "kind"),
        {"crossing": "crossings", "side": "countries"},
    ),
    TableForm("queue_estimates", border_tables.QUEUE_COLUMNS, ("crossing", "direction"), {"crossing": "crossings"}),
    TableForm("closed_days", calendar_tables.CLOSED_COLUMNS, ("crossing", "first_day"), {"crossing": "crossings"}),
    TableForm(
        "events", border_tables.EVENT_COLUMNS, ("crossing", "effect", "plates", "start"), {"crossing": "crossings"}
    ),
    TableForm(
        "eligibility",
        border_tables.ELIGIBILITY_COLUMNS,
        ("plate", "country", "entered_from", "from"),
        {"entered_from": "countries"},
    ),
    TableForm("truck_bans", calendar_tables.BAN_COLUMNS, ("id",), {"country": "countries"}),
    TableForm("parameters", PARAMETER_COLUMNS, ("name", "scope")),
    TableForm("price_indexing", price_tables.INDEXING_COLUMNS, ("parameter",)),
    TableForm("deflators", price_tables.DEFLATOR_COLUMNS, ("currency", "index", "year")),
    TableForm("ferries", FERRY_COLUMNS, ("id",), _FRONTIER),
    TableForm("ferry_sailings", SAILING_COLUMNS, ("ferry", "direction", "quantity"), {"ferry": "ferries"}),
    TableForm("sea_routes", SEA_COLUMNS, ("port", "way", "quantity"), {"port": "places"}),
    TableForm("corridors", CORRIDOR_COLUMNS, ("id",)),
    TableForm("places", PLACE_COLUMNS, ("id",), {"country": "countries"}),
    TableForm("vehicles", VEHICLE_COLUMNS, ("id",)),
    TableForm("cargo_kinds", CARGO_COLUMNS, ("id",)),
    TableForm("driver_rules", DRIVER_COLUMNS, ("id",)),
    TableForm("countries", COUNTRY_COLUMNS, ("iso3",)),
    TableForm("sources", SOURCE_COLUMNS, ("key",)),
    TableForm(
        "parameter_definitions",
        DEFINITION_COLUMNS,
        ("name",),
        kept_because="the program asks for each parameter by name and unit",
    ),
    TableForm(
        "truck_speeds",
        truck_speeds.COLUMNS,
        ("quantity", "country", "what"),
        kept_because="read when a network is built, not when a scenario runs",
    ),
    TableForm(
        "cpmm", cpmm.COLUMNS, ("country", "item", "year"), kept_because="the model is held against it, not made of it"
    ),
    TableForm(
        "observed_trips",
        observed_trips.TRIP_COLUMNS,
        ("id",),
        kept_because="the model is held against it, not made of it",
    ),
)
"""All tables that a folder of evidence has, in the order of a workbook."""

OWN_FORMS: tuple[TableForm, ...] = tuple(form for form in TABLE_FORMS if not form.kept_because)
"""Those whose rows a user may own."""

TABLE_FILES: tuple[str, ...] = (*(form.file for form in TABLE_FORMS), YEARS_FILE)
"""Everything that a folder of tables holds."""
