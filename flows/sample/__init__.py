"""A small world of invented outlets, served over HTTP: what the demo and the tests read."""
