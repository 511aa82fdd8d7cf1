"""What keeps runs going: the clock, the log of runs, Prefect's server, deployment, the operator's alarm. Besides the
flows at the root, the only package that may import Prefect."""
