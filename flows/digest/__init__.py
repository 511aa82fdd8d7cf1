"""From flagged entries to a delivered digest: compose, render, deliver."""
