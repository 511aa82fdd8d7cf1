"""The process that draws the charts of an edition: contents come in, the same with their pictures go out, as JSON."""

from __future__ import annotations

import json
import signal
import sys
from contextlib import suppress

from flows.digest.content.codec import content_of, to_json
from flows.digest.render.charts import illustrated, make_ready
from flows.runtime.child_process import read_message, write_message


def serve() -> None:
    """Draw what comes in until the input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever started us decides when we stop
    source, sink = sys.stdin.buffer, sys.stdout.buffer
    # What a library prints must not stand between two messages.
    sys.stdout = sys.stderr
    make_ready()
    with suppress(BrokenPipeError):  # whoever started us is gone
        while (told := read_message(source)) is not None:
            drawn = illustrated(content_of(json.loads(told)))
            write_message(sink, json.dumps(to_json(drawn)).encode())
