"""How often Python looks for values that nothing holds any more."""

from __future__ import annotations

import gc


def collect_rarely() -> None:
    """Look for garbage a hundred times less often than Python's default, and never among what is there now.

    A run makes millions of small values and keeps most of them till its end: searching them again and again took a seventh of
    its time. For a process that lives for its runs (the command line, a worker of a batch); a library's caller decides itself.
    """
    gc.freeze()
    gc.set_threshold(100_000, 50, 50)
