"""What the command `axiswatch` does: one module for each kind of work. Heavy imports wait until a command runs."""

import gc

# A command makes many objects and few cycles of them. Looked through as often as Python does by itself, they cost a
# tenth of its time (`digest --recompose` on a million entries: 2.6 s, so 2.3 s); by these numbers 7 MB more at most.
gc.set_threshold(50_000, 20, 50)
