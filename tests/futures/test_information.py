"""What knowing is worth: closed forms, a table of four draws, and variables without any meaning."""

from __future__ import annotations

from math import exp, pi, sqrt

import numpy as np
import pytest
from scipy.special import ndtr, ndtri

from corridor.analysis.assessment import Assessment
from corridor.futures.draws import Draws
from corridor.futures.factors import Factors
from corridor.futures.information import Information, SurveyValue, build_information, survey_value
from corridor.futures.outcomes import draw_outcomes
from corridor.futures.pairs import Floats, scenario_factors
from corridor.futures.splines import expected_given
from corridor.futures.variables import find_variables
from corridor.network.roads import RoadNetwork
from tests.futures.change_trip import drawn_assessment
from tests.futures.toy_futures import toy_evidence

N = 8192
DRAWS = Draws(N, 7, ("x", "y", "z"))
X, Y, Z = (ndtri(DRAWS.knowledge(name)) for name in "xyz")


def two_options(gap_usd: Floats) -> Floats:
    """Costs of two options, the first of which costs `gap_usd` more."""
    return np.stack([1000.0 + gap_usd, np.full(N, 1000.0)], axis=1)


def value_of(cost_usd: Floats, *known: Floats, name: str = "x") -> SurveyValue:
    return survey_value(cost_usd, np.stack(known), DRAWS, survey_id=name, label=name)


def normal_value_usd(mean: float, sd: float) -> float:
    """Value of knowing a normal gap: s phi(m/s) - |m| Phi(-|m|/s)."""
    return sd * exp(-((mean / sd) ** 2) / 2) / sqrt(2 * pi) - abs(mean) * float(ndtr(-abs(mean) / sd))


def test_the_normal_case_of_the_specification() -> None:
    """Mean -100; what can be known has a standard deviation of 300, all together 500: 76.3 and 153.4 USD."""
    cost_usd = two_options(-100 + 300 * X + 400 * Y)
    assert normal_value_usd(-100, 300) == pytest.approx(76.3, abs=0.05)
    assert normal_value_usd(-100, 500) == pytest.approx(153.4, abs=0.05)
    assert value_of(cost_usd, X).usd == pytest.approx(76.3, abs=3.0)
    assert information_of(cost_usd).everything_usd == pytest.approx(153.4, abs=3.0)


def test_knowing_both_parts_is_knowing_everything() -> None:
    cost_usd = two_options(-100 + 300 * X + 400 * Y)
    assert value_of(cost_usd, X, Y).usd == pytest.approx(information_of(cost_usd).everything_usd, abs=1.5)


def test_a_curved_gap_is_followed() -> None:
    """Knowing x, one chooses by the sign of 100 (x^2 - 1): E|100 (x^2 - 1)| / 2 = 100 x 2 phi(1) = 48.4 USD."""
    cost_usd = two_options(100 * (X**2 - 1) + 50 * Y)
    assert value_of(cost_usd, X).usd == pytest.approx(100 * 2 * exp(-0.5) / sqrt(2 * pi), abs=2.0)


def test_a_variable_without_meaning_is_worth_nothing_within_noise() -> None:
    cost_usd = two_options(-100 + 300 * X + 400 * Y)
    found = value_of(cost_usd, Z)
    assert abs(found.usd) < 1.0
    assert found.is_noise


def test_knowing_what_is_the_same_in_every_future_is_worth_nothing() -> None:
    nothing = survey_value(two_options(300 * X), np.zeros((0, N)), DRAWS, survey_id="none", label="none")
    assert nothing.usd == pytest.approx(0.0, abs=1e-9)


def test_ten_options_with_the_same_mean_do_not_make_chance_worth_anything() -> None:
    noise = np.stack([100 * ndtri(DRAWS.luck(f"option.{number}")) for number in range(10)], axis=1)
    found = value_of(noise, Z, X)
    assert abs(found.usd) < 3.0
    assert found.noise_usd > abs(found.usd)  # what chance gave before it was taken off


def test_four_draws_on_paper() -> None:
    """(10, 12), (14, 11), (9, 13), (13, 10): means 11.5, least means 10, so knowing saves 1.5 (model.md 5.8)."""
    cost_usd = np.tile(np.array([[10.0, 12.0], [14.0, 11.0], [9.0, 13.0], [13.0, 10.0]]), (N // 4, 1))
    found = information_of(cost_usd)
    regret = cost_usd - cost_usd.min(axis=1, keepdims=True)
    assert found.everything_usd == 1.5 == regret.mean(axis=0).min()


def test_where_one_option_is_always_best_nothing_is_worth_knowing() -> None:
    cost_usd = two_options(-5000 + 300 * X)
    found = value_of(cost_usd, X)
    assert information_of(cost_usd).everything_usd == 0.0
    assert (found.usd, found.changes_share) == (0.0, 0.0)


def test_a_cost_that_all_options_have_changes_no_value() -> None:
    cost_usd = two_options(-100 + 300 * X + 400 * Y)
    assert value_of(cost_usd + 900 * Z[:, None], X).usd == pytest.approx(value_of(cost_usd, X).usd)


def test_the_order_of_the_options_changes_no_value() -> None:
    cost_usd = two_options(-100 + 300 * X + 400 * Y)
    assert value_of(cost_usd[:, ::-1], X).usd == pytest.approx(value_of(cost_usd, X).usd)


def information_of(cost_usd: Floats) -> Information:
    labels = [chr(ord("A") + number) for number in range(cost_usd.shape[1])]
    return build_information(cost_usd, labels, [], Factors(toy_evidence(), DRAWS, has_luck=False))


def test_a_cubic_is_expected_where_it_is() -> None:
    cubic = 1 + 2 * X - X**3
    assert expected_given(X[None], cubic[:, None])[:, 0] == pytest.approx(cubic, abs=1e-6)


def test_of_noise_nothing_but_its_mean_is_expected() -> None:
    expected = expected_given(X[None], (500 * Y)[:, None])[:, 0]
    assert np.std(expected) < 25.0  # 500 x sqrt(7 terms / 8,192) = 15


@pytest.fixture
def drawn(toy_network: RoadNetwork) -> Assessment:
    return drawn_assessment(toy_network)


def test_no_survey_is_worth_more_than_knowing_everything(drawn: Assessment) -> None:
    factors = scenario_factors(drawn, has_luck=False)
    outcomes = draw_outcomes(drawn.options, factors, drawn.scenario)
    variables = find_variables(drawn.options, drawn.evidence, drawn.scenario)
    found = build_information(outcomes.generalised_usd, outcomes.labels, variables, factors)
    assert {survey.id for survey in found.surveys} >= {"frontier.AFG-PAK", "post.torkham.PAK-AFG", "diesel"}
    assert all(survey.usd <= found.everything_usd + 2 * survey.error_usd + 1 for survey in found.surveys)
    assert found.chosen == outcomes.labels[int(outcomes.generalised_usd.mean(axis=0).argmin())]


def test_the_frame_prices_a_survey_per_year(drawn: Assessment) -> None:
    factors = scenario_factors(drawn, has_luck=False)
    outcomes = draw_outcomes(drawn.options, factors, drawn.scenario)
    variables = find_variables(drawn.options, drawn.evidence, drawn.scenario)
    frame = build_information(outcomes.generalised_usd, outcomes.labels, variables, factors).to_frame(
        trucks_per_year=50
    )
    assert frame["usd_per_year"].tolist() == pytest.approx((50 * frame["usd"]).tolist())
    assert frame["usd"].is_monotonic_decreasing
