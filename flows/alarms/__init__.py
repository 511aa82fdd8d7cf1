"""The watch over the monitor itself: conditions, the book of alarms, the ping."""
