"""The command line, in Swedish."""

from lagesbild.cli.commands import main

__all__ = ["main"]
