"""Colours: one per option, the same in map, charts and tables; others for components of cost and time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from corridor.analysis.assessment import Option

OPTION_COLORS = (
    "#1b4f9c",
    "#e0501b",
    "#008f72",
    "#a02c7d",
    "#d9a300",
    "#4fb0e8",
    "#5c3a1e",
    "#e377a8",
    "#3d3d3d",
    "#7d8a00",
    "#6c5ce0",
    "#8fa0b5",
)
"""Blue, vermilion, green, purple, gold, sky and on; the first six stay apart under colour blindness."""

OPEN_DASHES: tuple[tuple[float, ...], ...] = ((), (7.0, 1.0), (4.0, 1.0), (8.0, 1.0, 1.5, 1.0))
"""On and off, in line widths: a second way beside colour to tell open options apart."""

SEA_DASH = (1.0, 1.5)
"""On and off of every option where a ferry sails it."""

CLOSED_DASH = (1.6, 1.3)
CLOSED_GREY = "#8d8d8d"
CLOSED_GREY_SHARE = 0.35

LEAST_POST_RADIUS_PT = 2.0
POST_RADIUS_PT_PER_ROOT_H = 0.8
"""The radius of a post's circle grows with the root of its hours, its area with the hours."""

INK = "#1c2733"
MUTED_INK = "#5a6672"
FAINT_LINE = "#dfe3e7"
WHITE, BLACK = "#ffffff", "#000000"
LEAST_CONTRAST = 4.5
"""Of small text with its ground, by level AA of the Web Content Accessibility Guidelines."""

COST_GROUPS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "Fuel": ("fuel",),
        "Driver": ("driver",),
        "Vehicle and overhead": ("vehicle", "overhead", "tyres_maintenance"),
        "Tolls": ("toll",),
        "Ferries": ("ferry_fare",),
        "Entry, transit and bridge fees": ("entry_fee", "entry_extras", "bridge_fee"),
        "Border fees": ("border_fee",),
        "Carnet, insurance, permits": ("tir_carnet", "insurance", "permit"),
        "Escort and risk": ("risk",),
        "Change of tractor": ("swap_fee",),
        "Empty way back": ("empty_return",),
    }
)
"""What a chart calls a group of components of money -> the components in it."""

TIME_GROUPS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "Driving": ("drive",),
        "Road stops and bans": ("road_stops", "ban_wait"),
        "Ferries": ("ferry_wait", "ferry"),
        "Drivers' rest": ("driver_rest",),
        "Border queue": ("border_queue",),
        "Post shut": ("opening_wait", "closure_wait", "holiday_wait"),
        "Border, exit and entry side": ("exit_side", "entry_side"),
        "Change of tractor": ("swap",),
    }
)
"""What a chart calls a group of components of time -> the components in it."""

GROUP_COLORS: Mapping[str, str] = MappingProxyType(
    {
        "Fuel": "#33475b",
        "Driver": "#7c98b3",
        "Vehicle and overhead": "#b9c9d8",
        "Tolls": "#8c6d46",
        "Ferries": "#3f8f8b",
        "Entry, transit and bridge fees": "#d8b98a",
        "Border fees": "#b3462f",
        "Carnet, insurance, permits": "#e8a58f",
        "Escort and risk": "#6b4a7a",
        "Change of tractor": "#9fae6a",
        "Empty way back": "#cfd4d9",
        "Driving": "#33475b",
        "Road stops and bans": "#7c98b3",
        "Drivers' rest": "#cbd6e0",
        "Border queue": "#b3462f",
        "Post shut": "#6b2418",
        "Border, exit and entry side": "#e8a58f",
    }
)
"""Group of components -> its colour; red is what happens at a border."""


@dataclass(frozen=True, slots=True)
class OptionStyle:
    """How an option is drawn everywhere: colour, dash in line widths (empty = solid), open or closed."""

    color: str
    dash: tuple[float, ...]
    is_open: bool


def option_styles(options: Sequence[Option]) -> dict[str, OptionStyle]:
    """Label of each option -> its style, by position; closed ones are dashed and greyer."""
    return {option.label: _style(option, place) for place, option in enumerate(options)}


def _style(option: Option, place: int) -> OptionStyle:
    """Where the colours begin anew, the dashes are others than the first time."""
    color = OPTION_COLORS[place % len(OPTION_COLORS)]
    if option.is_open:
        dash = OPEN_DASHES[(place + place // len(OPTION_COLORS)) % len(OPEN_DASHES)]
        return OptionStyle(color, dash, is_open=True)
    return OptionStyle(mixed(color, CLOSED_GREY, share=CLOSED_GREY_SHARE), CLOSED_DASH, is_open=False)


def mixed(color: str, other: str, *, share: float) -> str:
    """A colour with `share` of another one in it.

    Examples
    --------
    >>> mixed("#000000", "#ffffff", share=0.5)
    '#808080'
    """
    pairs = zip(_channels(color), _channels(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def ink_on(color: str) -> str:
    """White where that reads well on a colour, else black; one of the two always does.

    Examples
    --------
    >>> ink_on("#1b4f9c"), ink_on("#d9a300")
    ('#ffffff', '#000000')
    """
    return WHITE if contrast(WHITE, color) >= LEAST_CONTRAST else BLACK


def contrast(color: str, other: str) -> float:
    """How far apart two colours are in light, 1 (alike) to 21 (black on white).

    References
    ----------
    W3C, Web Content Accessibility Guidelines 2.2 (2023), definitions of contrast ratio and relative luminance.

    Examples
    --------
    >>> contrast("#000000", "#ffffff"), contrast("#8d8d8d", "#8d8d8d")
    (21.0, 1.0)
    """
    dark, light = sorted((_luminance(color), _luminance(other)))
    return round((light + 0.05) / (dark + 0.05), 2)


def _luminance(color: str) -> float:
    shares = (channel / 255 for channel in _channels(color))
    red, green, blue = (share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _channels(color: str) -> tuple[int, int, int]:
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)
