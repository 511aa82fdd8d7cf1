"""Which concepts are goods: what one can give to another."""

from __future__ import annotations

GOODS = frozenset(
    (
        "air_defence", "artillery", "bomber", "chips", "coal", "drone", "fertiliser", "fighter_jet", "food_aid", "gas",
        "gold", "grain", "helicopter", "humanitarian_aid", "loan", "machine_tools", "metals", "missile",
        "nuclear_weapon", "oil", "satellite", "shells", "submarine", "tank", "timber", "uranium", "warship",
    )
)  # fmt: skip
"""Concepts of what can be given; of others an act may be told in passing (an airport, a picture)."""
