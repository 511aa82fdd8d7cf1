"""The soak: ``python -m tests.soak --way serve|worker``.

At least 60 passes and seven editions on one of the two ways to run, polling fast and by a clock that is moved from one
pass to just before the next, while parts are killed and places go down, one after another and together. All parts are
real. The disk that fills up is a small tmpfs, which only root may mount; otherwise those episodes are left out, and it
is said. A C compiler is needed for the clock. 45 minutes.

Printed is a table for people; ``--json FILE`` keeps it for programs. Exit code 1: something did not hold.
"""

from __future__ import annotations

import argparse
import signal
import sys
from pathlib import Path

from tests.soak.account import account_of
from tests.soak.plan import LEAST_EDITIONS, LEAST_PASSES, TAIL, episodes, minutes_between
from tests.soak.soak import Enough, soak
from tests.soak.world import PATIENCE, world


def main() -> int:
    """Run it as the arguments say."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    parser.add_argument("--way", choices=("serve", "worker"), required=True)
    parser.add_argument("--minutes", type=float, default=45, help="no further fault begins after so long")
    parser.add_argument("--passes", type=int, default=LEAST_PASSES)
    parser.add_argument("--editions", type=int, default=LEAST_EDITIONS)
    parser.add_argument("--only", nargs="*", default=[], metavar="NAME", help="these episodes alone")
    parser.add_argument("--json", type=Path, help="the account as JSON goes here")
    parser.add_argument("--logs", type=Path, help="the logs of its processes go into this folder")
    parser.add_argument("--patience", type=float, default=PATIENCE, help="seconds after which a pass hangs")
    parser.add_argument("--tail", type=int, default=TAIL, help="passes without a fault at the end")
    given = parser.parse_args()
    # A shell that starts it in the background has it ignore Ctrl-C, and all that it starts: a worker ends by that.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that processes and disk are cleared away
    with world(given.way, minutes_between(given.passes, max(1, given.editions))) as told:
        told.patience = given.patience
        wanted = [each for each in episodes(told.way.parts) if not given.only or each.name in given.only]
        enough = Enough(given.passes, given.editions, given.minutes, given.tail)
        done = soak(told, wanted, enough)
        account = account_of(told, done, given.way)
        if given.logs:
            account.keep_logs(told, given.logs)
    print(account.table())
    if given.json:
        given.json.write_text(account.json(), encoding="utf-8")
    return 0 if account.holds else 1


if __name__ == "__main__":
    sys.exit(main())
