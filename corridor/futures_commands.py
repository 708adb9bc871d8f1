"""Commands that look ahead: how sure an answer is, and what would change it."""

from __future__ import annotations

from typing import Annotated

import typer

from corridor.network_commands import AsJson
from corridor.scenario_reading import Assignments, ScenarioPath, run_named

futures_app = typer.Typer()

TwoOptions = Annotated[
    tuple[str, str] | None,
    typer.Option("--options", metavar="A B", help="Two open options; else the best and the best on other roads."),
]


@futures_app.command()
def futures(
    scenario: ScenarioPath,
    promise_days: Annotated[float | None, typer.Option(help="Days promised; tells how often they are kept.")] = None,
    max_days: Annotated[float | None, typer.Option(help="Limit a trip should keep; with --max-usd.")] = None,
    max_usd: Annotated[float | None, typer.Option(help="Limit a trip should keep; with --max-days.")] = None,
    near_usd: Annotated[float, typer.Option(help="How much more than the cheapest still counts as near it.")] = 200.0,
    time_multiples: Annotated[
        tuple[float, float],
        typer.Option(metavar="LOW HIGH", help="Times the scenario's value of the cargo's time."),
    ] = (0.25, 4.0),
    carbon_usd_per_t: Annotated[
        tuple[float, float], typer.Option(metavar="LOW HIGH", help="Carbon prices to draw from.")
    ] = (1.0, 200.0),
    assignments: Assignments = None,
    as_json: AsJson = False,
) -> None:
    """Say how sure days, USD and ranking of the open options are, over all futures."""
    from corridor.futures.preferences import PreferenceRanges
    from corridor.futures.study import Questions
    from corridor.printing_futures import print_futures

    questions = Questions(
        promised_days=promise_days,
        most_days=max_days,
        most_usd=max_usd,
        near_usd=near_usd,
        preferences=PreferenceRanges(time_multiples, carbon_usd_per_t),
    )
    print_futures(run_named(scenario, assignments, against_sea=False), questions, as_json=as_json)


@futures_app.command()
def split(
    scenario: ScenarioPath, options: TwoOptions = None, assignments: Assignments = None, as_json: AsJson = False
) -> None:
    """Say what it is worth to send some trucks by one option and some by another."""
    from corridor.printing_futures import print_split

    print_split(run_named(scenario, assignments, against_sea=False), options, as_json=as_json)


@futures_app.command()
def regret(
    scenarios: Annotated[
        list[str], typer.Argument(metavar="SCENARIO SCENARIO...", help="Two or more scenarios of one trip.")
    ],
    as_json: AsJson = False,
) -> None:
    """Say which way loses least whichever of some scenarios comes true."""
    from corridor.printing_futures import print_regret

    print_regret([(name, run_named(name, None, against_sea=False)) for name in scenarios], as_json=as_json)
