"""The command line: six commands, in Swedish."""

from lagesbild.cli.commands import main

__all__ = ["main"]
