"""What the commands print: tables and colour on a terminal, plain lines anywhere else.

Text from data is printed as text: nothing in it is taken for markup or escape codes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager

from rich.console import Console
from rich.table import Table
from rich.text import Text

from lagesbild.errors import Problem

#: What steers a terminal, and what turns a line round.
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


class Screen:
    """Where results (out) and progress, doubts and errors (err) are printed."""

    def __init__(self, out: Console | None = None, err: Console | None = None) -> None:
        self.out = out or Console(highlight=False)
        self.err = err or Console(highlight=False, stderr=True)

    def line(self, text: str = "", style: str = "") -> None:
        """One line of the result."""
        _print(self.out, _safe(text, style))

    def heading(self, text: str) -> None:
        """A line above what follows."""
        self.line()
        self.line(text, "bold")

    def table(self, headings: Sequence[str], rows: Iterable[Sequence[str]], right: Sequence[int] = ()) -> None:
        """Rows under headings; columns by number in ``right`` are set right. Outside a terminal: tabs between the cells."""
        if not self.out.is_terminal:
            for row in (headings, *rows):
                _print(self.out, Text("\t".join(_safe(cell).plain for cell in row)))
            return
        table = Table(box=None, pad_edge=False, header_style="bold")
        for number, heading in enumerate(headings):
            table.add_column(heading, justify="right" if number in right else "left", overflow="fold")
        for row in rows:
            table.add_row(*map(_safe, row))
        self.out.print(table)

    def problems(self, problems: Iterable[Problem]) -> None:
        """Every problem, each as a line of its own."""
        for problem in problems:
            _print(self.err, _safe("Fel: ", "bold red") + _safe(str(problem)))

    @contextmanager
    def progress(self) -> Iterator[Callable[[str], None]]:
        """A function that is told each step: one moving line on a terminal, a line a step elsewhere."""
        if not self.err.is_terminal:
            yield lambda step: _print(self.err, _safe(step))
            return
        with self.err.status("") as status:
            yield lambda step: status.update(_safe(step))


def _safe(text: str, style: str = "") -> Text:
    """The text without the characters that steer a terminal, or that none can write: a file's name may hold half a letter."""
    return Text(_CONTROL.sub(" ", text).encode("utf-8", "replace").decode(), style=style)


def _print(console: Console, text: Text) -> None:
    """One line; outside a terminal never wrapped, and with its tabs."""
    if console.is_terminal:
        console.print(text)
    else:
        console.file.write(f"{text.plain}\n")
