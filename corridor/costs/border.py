"""Passing one post with one plate: who may, how long it takes, what it costs (model.md 3)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from corridor.costs.fees import NOTHING, bridge_fee_usd, entry_extras_usd, entry_fee_usd, risk_fees_usd
from corridor.costs.shut_posts import opening_wait
from corridor.costs.tariff import Amount, Tariff
from corridor.evidence import CrossingTime, EligibilityRule, Evidence, entry_rule, status_on

SWAP_RULES = ("swap", "transload")
STRICTNESS = ("drive", *SWAP_RULES, "refuse")


@dataclass(frozen=True, slots=True)
class SeaPassage:
    """A ferry as part of a passage: hours until it sails, hours at sea, and the fare of the truck."""

    wait: Amount
    sail: Amount
    fare: Amount


@dataclass(frozen=True, slots=True)
class Passage:
    """One post or ferry in one direction for one plate, with everything that happens there.

    Parameters
    ----------
    rule : ``drive``, ``swap`` or ``transload``; assumed_rule : nothing is known about this plate there
    swap : hours of the change of tractor, 0 without one
    opening_wait : mean hours at closed doors; closure_wait, holiday_wait : expected hours of closures
        and closed days, 0 until the arrival is known
    idle_l : litres burnt in the queue; diesel : price in the country left
    border_fees : fees of the exit and of the entry side
    way_fees : entry fee of the country entered and bridge fee, which an empty truck pays as well
    risk_fees : escort and risk premium of the country entered
    sea : the ferry between the two sides, which are its ports; None at a post
    """

    crossing_id: str
    direction: str
    times: CrossingTime
    plate_before: str
    plate_after: str
    rule: str
    assumed_rule: bool
    swap: Amount
    swap_fee: Amount
    idle_l: float
    diesel: Amount
    border_fees: tuple[Amount, Amount]
    way_fees: tuple[tuple[str, Amount], ...]
    risk_fees: tuple[Amount, ...]
    opening_wait: Amount
    closure_wait: Amount = NOTHING
    holiday_wait: Amount = NOTHING
    sea: SeaPassage | None = None

    @property
    def country_left(self) -> str:
        """ISO alpha-3 code of the country on the exit side."""
        return self.direction.split("-")[0]

    @property
    def country_entered(self) -> str:
        """ISO alpha-3 code of the country on the entry side."""
        return self.direction.split("-")[1]

    @property
    def wait_h(self) -> float:
        """All hours from the queue to the road beyond, those of a ferry included."""
        return self.times.hours + self.swap.known + self.shut_h + self.ferry_wait_h + self.rest_h

    @property
    def shut_h(self) -> float:
        """Hours in front of a shut post, free of duties."""
        return self.opening_wait.known + self.closure_wait.known + self.holiday_wait.known

    @property
    def ferry_wait_h(self) -> float:
        """Hours until the ferry sails; 0 at a post."""
        return self.sea.wait.known if self.sea else 0.0

    @property
    def rest_h(self) -> float:
        """Hours at sea, in one piece and free of duties: drivers rest in a cabin. 0 at a post."""
        return self.sea.sail.known if self.sea else 0.0

    @property
    def fare_usd(self) -> float:
        """Known fare of the ferry; an empty truck pays it as well."""
        return self.sea.fare.known if self.sea else 0.0

    @property
    def border_fee_usd(self) -> float:
        """Known fees of both sides."""
        return sum(fee.known for fee in self.border_fees)

    @property
    def way_fee_usd(self) -> float:
        """Known entry and bridge fees."""
        return sum(fee.known for _, fee in self.way_fees)

    @property
    def risk_usd(self) -> float:
        """Known escort and risk premium."""
        return sum(fee.known for fee in self.risk_fees)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a plate cannot pass a post in a direction on the day, with its source keys."""

    crossing_id: str
    direction: str
    plate: str
    reason: str
    source: tuple[str, ...]


@dataclass(frozen=True)
class Border:
    """All posts on the network on one day, as one truck meets them.

    Parameters
    ----------
    crossings : posts on the network that lead from one zone to another
    trip_countries : where the trip begins and ends; transit bans do not bind there
    avoided_posts, avoided_countries : what the scenario does not want to use
    reopened : posts taken as open whatever their status (the counterfactual of a closed preset)
    """

    evidence: Evidence
    day: date
    crossings: tuple[str, ...]
    trip_countries: frozenset[str]
    avoided_posts: frozenset[str] = frozenset()
    avoided_countries: frozenset[str] = frozenset()
    reopened: frozenset[str] = frozenset()

    def passages(self, tariff_of: Callable[[str], Tariff], plate: str) -> list[Passage | Refusal]:
        """Every post in both directions, for the plate at the origin and for those that take over on the way.

        A load changes tractors once at most: a tractor that took over is refused where it would have to stop.
        """
        results: list[Passage | Refusal] = []
        waiting, seen = [plate], {plate}
        while waiting:
            tariff = tariff_of(waiting.pop())
            for crossing_id in self.crossings:
                for direction in self.evidence.crossings[crossing_id].directions:
                    result = self._passage(crossing_id, direction, tariff, is_home=tariff.plate == plate)
                    results.append(result)
                    if isinstance(result, Passage) and result.plate_after not in seen:
                        seen.add(result.plate_after)
                        waiting.append(result.plate_after)
        return results

    def _passage(self, crossing_id: str, direction: str, tariff: Tariff, *, is_home: bool) -> Passage | Refusal:
        strictest, assumed = self._rule(direction, tariff.plate)
        rule = strictest.rule
        refusal = self._unwanted(crossing_id) or self._closed(crossing_id, tariff.plate, direction, rule)
        if rule in SWAP_RULES and not is_home:
            refusal = refusal or ("a second change of tractor is not considered", ())
        if refusal or rule == "refuse":
            reason, source = refusal or (f"trucks with {tariff.plate} plates are not admitted", ())
            return Refusal(crossing_id, direction, tariff.plate, reason, source)
        return build_passage(self.evidence, crossing_id, direction, tariff, rule=rule, assumed_rule=assumed)

    def _unwanted(self, crossing_id: str) -> tuple[str, tuple[str, ...]] | None:
        crossing = self.evidence.crossings[crossing_id]
        if crossing_id in self.avoided_posts:
            return "avoided by the scenario", ()
        shunned = self.avoided_countries & {crossing.country_a, crossing.country_b}
        return (f"{', '.join(sorted(shunned))} avoided by the scenario", ()) if shunned else None

    def _closed(self, crossing_id: str, plate: str, direction: str, rule: str) -> tuple[str, tuple[str, ...]] | None:
        """Why the post is shut for this plate.

        A refused plate passes where another tractor takes over, or where the scenario's own rule admits it.
        """
        status = status_on(self.evidence, crossing_id, self.day)
        if crossing_id in self.reopened:
            return None
        if status.state == "closed":
            return status.reason, status.source
        admitted = rule in SWAP_RULES or self._is_admitted(direction, plate)
        if plate in status.plates_refused and not admitted:
            return f"{status.reason} ({plate} plates refused)", status.source
        if status.transit_refused_by - self.trip_countries:
            return status.reason, status.source
        return None

    def _rule(self, direction: str, plate: str) -> tuple[EligibilityRule, bool]:
        """The stricter of the rules of the two countries for this plate at this frontier."""
        rules = self._both_rules(direction, plate)
        return max(rules, key=lambda rule: STRICTNESS.index(rule.rule)), rules[0].assumed

    def _is_admitted(self, direction: str, plate: str) -> bool:
        """Whether a rule of the scenario's own lets the plate drive, whatever an event at the post says."""
        return any(rule.is_own and rule.rule == "drive" for rule in self._both_rules(direction, plate))

    def _both_rules(self, direction: str, plate: str) -> tuple[EligibilityRule, EligibilityRule]:
        """The rule of the country entered, then that of the country left."""
        left, entered = direction.split("-")
        return self._entry_rule(plate, entered, left), self._entry_rule(plate, left, entered)

    def _entry_rule(self, plate: str, country: str, entered_from: str) -> EligibilityRule:
        key = plate, country, entered_from
        if key not in self._rules:
            self._rules[key] = entry_rule(
                self.evidence, plate=plate, country=country, entered_from=entered_from, day=self.day
            )
        return self._rules[key]

    @cached_property
    def _rules(self) -> dict[tuple[str, str, str], EligibilityRule]:
        return {}


def build_passage(
    evidence: Evidence, crossing_id: str, direction: str, tariff: Tariff, *, rule: str, assumed_rule: bool
) -> Passage:
    """One post in one direction at one tariff; a ``swap`` puts a tractor of the country entered in front."""
    left, entered = direction.split("-")
    times = evidence.crossings[crossing_id].times[direction]
    changes = rule in SWAP_RULES and tariff.plate != entered
    place = f"crossings.{crossing_id}.{direction}"
    bridge, extras = bridge_fee_usd(tariff, crossing_id), entry_extras_usd(tariff, entered)
    fees = ((f"{place}.exit_fee_usd", times.exit_fee), (f"{place}.entry_fee_usd", times.entry_fee))
    return Passage(
        crossing_id=crossing_id,
        direction=direction,
        times=times,
        plate_before=tariff.plate,
        plate_after=entered if changes else tariff.plate,
        rule=rule,
        assumed_rule=assumed_rule,
        swap=tariff.swap_h(rule) if changes else NOTHING,
        swap_fee=tariff.swap_fee_usd(rule) if changes else NOTHING,
        idle_l=times.queue.hours * tariff.idle_l_per_queue_h.known,
        diesel=tariff.diesel_usd_per_l(left),
        border_fees=(Amount(fees[0][1].usd, (fees[0][0],)), Amount(fees[1][1].usd, (fees[1][0],))),
        way_fees=(
            ("entry_fee", entry_fee_usd(tariff, entered)),
            *((("entry_extras", extras),) if extras.value != 0 else ()),
            *((("bridge_fee", bridge),) if bridge else ()),
        ),
        risk_fees=risk_fees_usd(tariff, entered),
        opening_wait=opening_wait(tariff, crossing_id, times),
        sea=_sea_passage(evidence, crossing_id, direction),
    )


def _sea_passage(evidence: Evidence, crossing_id: str, direction: str) -> SeaPassage | None:
    line = evidence.crossings[crossing_id].ferry
    if line is None:
        return None
    sailing, place = line.sailings[direction], f"ferries.{crossing_id}.{direction}"
    return SeaPassage(
        wait=Amount(sailing.wait_h.value, (f"{place}.wait_h",)),
        sail=Amount(sailing.sail_h.value, (f"{place}.sail_h",)),
        fare=Amount(sailing.fare_usd.value, (f"{place}.fare_usd",)),
    )
