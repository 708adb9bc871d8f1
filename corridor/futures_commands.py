"""Commands that look ahead: how sure an answer is, and what would change it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from corridor.network_commands import AsJson
from corridor.printing import tell
from corridor.scenario_reading import Assignments, ScenarioPath, read_for_run, run_named, run_on_roads

futures_app = typer.Typer()

TwoOptions = Annotated[
    tuple[str, str] | None,
    typer.Option("--options", metavar="A B", help="Two open options; else the best and the best on other roads."),
]

Between = Annotated[
    tuple[str, str] | None,
    typer.Option(
        "--between", metavar="A B", help="Two options, open or closed; else the best, and the best on other roads."
    ),
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
    smooth: Annotated[
        bool, typer.Option("--smooth", help="Rest by the smooth rule: faster, but slow trips come out too fast.")
    ] = False,
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
        rest="smooth" if smooth else "timetable",
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


@futures_app.command()
def breakeven(
    scenario: ScenarioPath,
    parameter: Annotated[
        list[str] | None,
        typer.Option(
            "--parameter",
            "-p",
            metavar="KEY",
            help="Number to move, as under `override`, or its end: torkham.PAK-AFG.queue_h. Two for a map, none for a "
            "table of all.",
        ),
    ] = None,
    between: Between = None,
    low: Annotated[float | None, typer.Option(help="Least value to look at, in the unit of the number.")] = None,
    high: Annotated[float | None, typer.Option(help="Greatest value to look at.")] = None,
    figure: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Draw the map of two numbers: .png or .svg.")
    ] = None,
    assignments: Assignments = None,
    as_json: AsJson = False,
) -> None:
    """Say how far a number has to move before another option is better, and what each country could ask."""
    from corridor.printing_change import print_break_even

    assessment = run_named(scenario, assignments, against_sea=False)
    print_break_even(assessment, parameter or (), between=between, low=low, high=high, figure=figure, as_json=as_json)


@futures_app.command()
def sensitivity(
    scenario: ScenarioPath,
    between: Between = None,
    trucks_per_year: Annotated[
        float | None, typer.Option(help="Trucks that choose by the answer; prices a survey per year.")
    ] = None,
    assignments: Assignments = None,
    as_json: AsJson = False,
) -> None:
    """Say what would change the answer: what moves the gap, what a survey is worth, when each option wins."""
    from corridor.printing_change import print_sensitivity

    assessment = run_named(scenario, assignments, against_sea=False)
    print_sensitivity(assessment, between=between, trucks_per_year=trucks_per_year, as_json=as_json)


@futures_app.command()
def criticality(scenario: ScenarioPath, assignments: Assignments = None, as_json: AsJson = False) -> None:
    """Close each post and leg of a trip in turn, and pairs of them: what each is worth, which together cut the trip."""
    from corridor.criticality import run_criticality
    from corridor.printing_criticality import print_criticality

    evidence, resolved = read_for_run(scenario, assignments)
    study = run_criticality(resolved.scenario, evidence, measures=resolved.measures, progress=tell)
    print_criticality(study, as_json=as_json)


@futures_app.command()
def calendar(scenario: ScenarioPath, assignments: Assignments = None, as_json: AsJson = False) -> None:
    """Show days and USD of every option by week of departure over a year, what moves them, what no table knows."""
    from corridor.futures.calendar import departure_calendar
    from corridor.printing_calendar import print_calendar

    assessment, roads = run_on_roads(scenario, assignments, against_sea=False)
    print_calendar(departure_calendar(assessment, roads), assessment, as_json=as_json)


@futures_app.command("check-routes")
def check_routes(
    scenario: ScenarioPath,
    draws: Annotated[int, typer.Option("--draws", help="Futures to search, a power of two.")] = 64,
    luck: Annotated[bool, typer.Option("--luck", help="Draw the luck of a single truck as well.")] = False,
    assignments: Assignments = None,
    as_json: AsJson = False,
) -> None:
    """Search all roads anew in some futures, for a way that is cheaper than those of the run."""
    from corridor.printing_rerouting import print_route_check
    from corridor.rerouting import check_routes as search_anew

    assessment = run_named(scenario, assignments, against_sea=False)
    tell("searching all roads anew")
    print_route_check(search_anew(assessment, draws=draws, has_luck=luck), assessment, as_json=as_json)


@futures_app.command()
def replay(
    scenario: ScenarioPath,
    since: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Leave out what was over by this day.")
    ] = None,
    assignments: Assignments = None,
    as_json: AsJson = False,
) -> None:
    """Replay past closures of posts: what trucks would have lost by waiting or by going another way."""
    from corridor.analysis.replay import replay as replay_closures
    from corridor.printing_calendar import print_replay

    first_day = since.date() if since else None
    assessment, roads = run_on_roads(scenario, assignments, against_sea=False)
    print_replay(replay_closures(assessment, roads, since=first_day, progress=tell), assessment, as_json=as_json)
