"""What the user asks: scenario files, their schema, and reading them with everything they inherit."""

from corridor.scenario.faults import Fault, ScenarioFileError
from corridor.scenario.fields import lon_lat
from corridor.scenario.files import bundled_scenarios
from corridor.scenario.json_schema import scenario_json_schema
from corridor.scenario.known_names import KnownNames
from corridor.scenario.layers import OVERRIDE, Change
from corridor.scenario.loading import ResolvedScenario, find_own_tables, parse_scenario, read_scenario
from corridor.scenario.measure import EffectRange, Measure
from corridor.scenario.measures import ListedMeasure, bundled_measures, read_measure
from corridor.scenario.mixing import changed_keys, with_new_keys
from corridor.scenario.schema import Avoid, Cargo, Criteria, MapView, Routes, Scenario, Trip, Truck, Uncertainty
from corridor.scenario.starter import new_scenario_text, write_new_scenario
from corridor.scenario.writing import write_resolved

__all__ = [
    "OVERRIDE",
    "Avoid",
    "Cargo",
    "Change",
    "Criteria",
    "EffectRange",
    "Fault",
    "KnownNames",
    "ListedMeasure",
    "MapView",
    "Measure",
    "ResolvedScenario",
    "Routes",
    "Scenario",
    "ScenarioFileError",
    "Trip",
    "Truck",
    "Uncertainty",
    "bundled_measures",
    "bundled_scenarios",
    "changed_keys",
    "find_own_tables",
    "lon_lat",
    "new_scenario_text",
    "parse_scenario",
    "read_measure",
    "read_scenario",
    "scenario_json_schema",
    "with_new_keys",
    "write_new_scenario",
    "write_resolved",
]
