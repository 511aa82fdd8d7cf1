"""What keeps runs going: the log of runs, locks, Prefect's server, deployment, the operator's alerts. Beside the verbs
the one room that may import Prefect."""
