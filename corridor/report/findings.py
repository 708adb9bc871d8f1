"""What a report is made of: the options at mean inputs, and what the futures say of them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from corridor.analysis.assessment import Assessment
from corridor.futures.outlook import Outlook


@dataclass(frozen=True, slots=True)
class Findings:
    """A run and its outlook."""

    assessment: Assessment
    outlook: Outlook

    @property
    def without_futures(self) -> Findings:
        """The same without the outcomes of single futures, which are large; no figure needs them."""
        return replace(self, outlook=replace(self.outlook, study=None))
