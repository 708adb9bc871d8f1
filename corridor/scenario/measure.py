"""A measure: a small file of new state, such as a green lane at one post."""

from __future__ import annotations

from typing import Annotated, Literal, Self, get_args

from pydantic import Field, model_validator

from corridor.scenario.fields import (
    EachOnce,
    Expected,
    MeasureId,
    SomeOwnValues,
    SourceKeys,
    Title,
    UnitText,
    Why,
    fault,
)
from corridor.scenario.schema import Section

MeasureKind = Literal[
    "tir",
    "green_lane",
    "opening_hours",
    "electronic_queue",
    "joint_control",
    "single_window",
    "road_speed",
    "capacity",
    "entry_rule",
]
KINDS: tuple[str, ...] = get_args(MeasureKind)

_Bound = Annotated[float | None, Field(allow_inf_nan=False), Expected("a number")]
_Ids = Annotated[tuple[MeasureId, ...], EachOnce, Expected("a list of measure ids")]


class EffectRange(Section):
    """How large the effect may be, in words and, where there are some, in numbers."""

    text: Why = Field(title="Text", description="What is known about the size of the effect, and from whom.")
    low: _Bound = Field(default=None, title="Low", description="Low end, in `unit`.")
    high: _Bound = Field(default=None, title="High", description="High end, in `unit`.")
    unit: UnitText = Field(default="", title="Unit", description="Unit of low and high.")

    @property
    def in_words(self) -> str:
        """Low and high with their unit, where there are some, and the text: "2 to 22.2 h. Queue from ..."."""
        if self.low is None or self.high is None:
            return self.text
        return f"{self.low:g} to {self.high:g} {self.unit}. {self.text}"

    @model_validator(mode="after")
    def _check_that_it_is_whole(self) -> Self:
        if self.low is None and self.high is None and not self.unit:
            return self
        advice = "Correct the three, or leave all of them out."
        if self.low is None or self.high is None or not self.unit:
            raise fault("half a range", expected="low, high and unit together", advice=advice)
        if self.low > self.high:
            raise fault("turned round", expected="low <= high", got=f"{self.low:g} > {self.high:g}", advice=advice)
        return self


class Measure(Section):
    """Something that could be done, and what it would change."""

    id: MeasureId = Field(title="Id", description="Name by which scenarios list it; that of its file.")
    title: Title = Field(title="Title", description="One line that names it in tables.")
    why: Why = Field(title="Why", description="What would be done, and why it should have this effect.")
    kind: Annotated[MeasureKind, Expected(f"one of {', '.join(KINDS)}")] = Field(
        title="Kind", description="What sort of measure it is."
    )
    source: SourceKeys = Field(title="Source", description="Keys of data/sources.csv; `judgement` for one's own.")
    grade: Annotated[Literal["A", "B", "C", "D"], Expected("a grade, A to D")] = Field(
        title="Grade", description="How far the size of the effect can be trusted."
    )
    range: EffectRange = Field(title="Range", description="How large the effect may be.")
    requires: _Ids = Field(default=(), title="Requires", description="Measures that must stand before it in the list.")
    excludes: _Ids = Field(default=(), title="Excludes", description="Measures that it cannot stand beside.")
    override: SomeOwnValues = Field(
        title="Override",
        description="What it changes: dotted keys, each with a number, a word, or a factor such as `x0.5`.",
    )
