"""Numbers as a reader sees them: rounded, with their unit, with "at least" where a part is unknown."""

from __future__ import annotations

from collections.abc import Sequence

NBSP = "\u00a0"
HOURS_PER_DAY = 24.0
KG_PER_T = 1000.0


def with_plain_spaces(text: str) -> str:
    """The same text without the spaces at which a line may not break, which few programs expect."""
    return text.replace(NBSP, " ")


def usd_text(usd: float, *, is_lower_bound: bool) -> str:
    """Dollars without cents, marked where a part is unknown.

    Examples
    --------
    >>> usd_text(7412.3, is_lower_bound=True).replace(NBSP, " ")
    'at least 7,412 USD'
    """
    return f"{'at least ' if is_lower_bound else ''}{usd:,.0f}{NBSP}USD"


def days_text(hours: float) -> str:
    """Hours as days with one decimal.

    Examples
    --------
    >>> days_text(510).replace(NBSP, " ")  # 510 / 24
    '21.2 days'
    """
    days = f"{hours / HOURS_PER_DAY:.1f}"
    return f"{days}{NBSP}{'day' if days == '1.0' else 'days'}"


def hours_text(hours: float) -> str:
    """Hours with one decimal."""
    return f"{hours:,.1f}{NBSP}h"


def tonnes_text(kg: float) -> str:
    """Kilograms of CO2e as tonnes with one decimal."""
    return f"{kg / KG_PER_T:.1f}{NBSP}t{NBSP}CO₂e"


def km_text(length_km: float) -> str:
    """Kilometres without decimals."""
    return f"{length_km:,.0f}{NBSP}km"


def share_text(share: float) -> str:
    """A share from 0 to 1 as per cent; small but not nothing stays visible.

    Examples
    --------
    >>> share_text(0.316).replace(NBSP, " "), share_text(0.001).replace(NBSP, " ")
    ('32 %', '<1 %')
    """
    if 0 < share < 0.005:
        return f"<1{NBSP}%"
    return f"{share * 100:.0f}{NBSP}%"


def clock_text(hours: float) -> str:
    """Hours since departure as day and hour, counting days from 0.

    Examples
    --------
    >>> clock_text(53.6)  # 2 x 24 + 5.6
    'day 2, 06 h'
    """
    day, hour = divmod(round(hours), 24)
    return f"day {day}, {hour:02d} h"


def number_text(value: float | None) -> str:
    """A number from a table with three significant digits, all of them before the point.

    Examples
    --------
    >>> number_text(1180.0), number_text(0.0485), number_text(2.0), number_text(None)
    ('1,180', '0.0485', '2', 'not stated')
    """
    if value is None:
        return "not stated"
    if abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.3g}"


def joined(words: Sequence[str]) -> str:
    """Words as an English list.

    Examples
    --------
    >>> joined(["Taftan", "Astara", "Samur"])
    'Taftan, Astara and Samur'
    """
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def counted(number: int, one: str, many: str) -> str:
    """A number with the right form of its noun.

    Examples
    --------
    >>> counted(1, "post", "posts"), counted(3, "post", "posts")
    ('1 post', '3 posts')
    """
    return f"{number:,} {one if number == 1 else many}"
