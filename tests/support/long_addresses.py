"""Addresses and names that take more than a line of a mail's head."""

from __future__ import annotations

LONG_DOMAIN = ".".join(["a-long-label-of-a-domain"] * 6) + ".example"
SENDERS = ("d@w.example", f"digest.of.the.watch@{LONG_DOMAIN}")
READERS = ("a@desk.example", f"reader+{'x' * 64}@{LONG_DOMAIN}", f"{'+' * 240}@d.example", f"o'{'b' * 80}@d.example")
TITLES = (
    "Axis watch",
    'Axis, "watch" <x@y.example>',
    "Ось: щоденний огляд для всіх читачів нашого столу",
    "주간 감시" * 12,
)
ANSWERED = f"<{'z' * 200}@{LONG_DOMAIN}>"
