"""The flows and the command line, and the packages that do their work. Only the flows and `runtime` import Prefect."""
