"""The soak: axiswatch as people run it for years, in minutes, by a clock that is moved and with everything breaking.

``python -m tests.soak --way serve`` or ``--way worker``; see `tests.soak.__main__`.
"""
