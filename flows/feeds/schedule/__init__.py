"""When a feed is asked again, how it fares, and what is said of it."""
