"""What can go wrong, by who must act on it; each carries the exit status of the command line."""

from __future__ import annotations

from typing import ClassVar


class CorridorError(Exception):
    """A fault the reader can act on: `<where>: <what is wrong>; expected <x>, got <y>. <what to do>`."""

    exit_status: ClassVar[int] = 1


class ScenarioError(CorridorError):
    """What was asked cannot be understood: a scenario, an option, a place far from any road."""

    exit_status: ClassVar[int] = 2


class RouteError(CorridorError):
    """No feasible way; `certificate` says which posts cut it, where that is known.

    Parameters
    ----------
    message : the finding in one sentence
    certificate : whatever the search can say about why, for reports; None if nothing
    """

    exit_status: ClassVar[int] = 3

    def __init__(self, message: str, certificate: object | None = None) -> None:
        super().__init__(message)
        self.certificate = certificate


class DataError(CorridorError):
    """A table or file is missing, damaged or contradicts itself."""

    exit_status: ClassVar[int] = 4
