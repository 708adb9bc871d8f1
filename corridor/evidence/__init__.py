"""What the world says: parameters, posts, places, vehicles and rules, each with its source and grade."""

from corridor.evidence.checks import check_tables, evidence_faults
from corridor.evidence.conversions import conversion_text
from corridor.evidence.cpmm import CpmmRecord
from corridor.evidence.crossings import (
    MONTHS,
    RUNGS,
    BorderCrossing,
    CrossingTime,
    Fee,
    MeasuredTime,
    QueueEstimate,
    Rung,
    SideTime,
)
from corridor.evidence.eligibility import entry_rule
from corridor.evidence.evidence import Evidence
from corridor.evidence.ferries import FerryLine, Port, Sailing, SailingFigure, mean_wait_h
from corridor.evidence.figure import NOT_GRADED, Figure
from corridor.evidence.figures import find_figures, list_figures
from corridor.evidence.ledger_checks import LedgerFinding, check_ledger
from corridor.evidence.observed_trips import ObservedTrip
from corridor.evidence.own_tables import OwnTables, read_own_evidence
from corridor.evidence.parameters import Parameter, ParameterDefinition
from corridor.evidence.places import Corridor, Country, Place
from corridor.evidence.prices import PriceBasis, PriceIndex
from corridor.evidence.reading import read_evidence
from corridor.evidence.rules import CrossingStatus, EligibilityRule, Event
from corridor.evidence.sea_figures import figures_of_voyage
from corridor.evidence.sea_routes import PORT_OF_PAKISTAN, SeaRoute, Voyage, Way
from corridor.evidence.sources import GRADES, Source, citation
from corridor.evidence.status import status_on
from corridor.evidence.truck_calendar import ClosedDays, TruckBan
from corridor.evidence.truck_speeds import TruckSpeeds
from corridor.evidence.vehicles import CargoKind, DriverRules, Vehicle

__all__ = [
    "GRADES",
    "MONTHS",
    "NOT_GRADED",
    "PORT_OF_PAKISTAN",
    "RUNGS",
    "BorderCrossing",
    "CargoKind",
    "ClosedDays",
    "Corridor",
    "Country",
    "CpmmRecord",
    "CrossingStatus",
    "CrossingTime",
    "DriverRules",
    "EligibilityRule",
    "Event",
    "Evidence",
    "Fee",
    "FerryLine",
    "Figure",
    "LedgerFinding",
    "MeasuredTime",
    "ObservedTrip",
    "OwnTables",
    "Parameter",
    "ParameterDefinition",
    "Place",
    "Port",
    "PriceBasis",
    "PriceIndex",
    "QueueEstimate",
    "Rung",
    "Sailing",
    "SailingFigure",
    "SeaRoute",
    "SideTime",
    "Source",
    "TruckBan",
    "TruckSpeeds",
    "Vehicle",
    "Voyage",
    "Way",
    "check_ledger",
    "check_tables",
    "citation",
    "conversion_text",
    "entry_rule",
    "evidence_faults",
    "figures_of_voyage",
    "find_figures",
    "list_figures",
    "mean_wait_h",
    "read_evidence",
    "read_own_evidence",
    "status_on",
]
