"""Up to where a number is believed: what a text writes beyond that is a mistake, a joke or an attack."""

from __future__ import annotations

MOST = 1e15
"""More than anybody counts of a thing."""
MOST_SMALL_MONEY = 1e18
"""Budgets and debts of states come to more than `MOST` where the unit is worth little: some 1e17 in one currency."""
SMALL_MONEY = frozenset(("IRR", "KRW", "JPY"))


def is_believable(low: float, high: float, unit: str) -> bool:
    """Whether a quantity may be meant so: finite, not negative, and no greater than what is counted in the unit."""
    most = MOST_SMALL_MONEY if unit in SMALL_MONEY else MOST
    return 0 <= low <= high <= most
