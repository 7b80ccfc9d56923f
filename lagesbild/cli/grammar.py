"""Click in Swedish: help texts, headings and what it says of a command it does not understand."""

from __future__ import annotations

import difflib
from pathlib import Path
from typing import Any

import click

from lagesbild import swedish
from lagesbild.errors import Problem, UsageError

USAGE, OPTIONS, COMMANDS = "Användning: ", "Val", "Kommandon"
HELP = "Visa den här texten."


class UnknownCommand(click.UsageError):
    """A command that does not exist; the message is already Swedish."""


class _Swedish(click.Command):
    """A command whose help has Swedish headings."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), prefix=USAGE)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        records = [record for param in self.get_params(ctx) if (record := param.get_help_record(ctx)) is not None]
        options = [record for record in records if record[0].startswith("-")]
        if options:
            with formatter.section(OPTIONS):
                formatter.write_dl(options)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = HELP
        return option


class SwedishCommand(_Swedish):
    """One command."""


class SwedishGroup(_Swedish, click.Group):
    """All the commands, listed in the order they are used in."""

    command_class = SwedishCommand

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order they were declared."""
        return list(self.commands)

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the first word names; an unknown one is answered with the nearest."""
        if args and not args[0].startswith("-") and args[0] not in self.commands:
            near = difflib.get_close_matches(args[0], self.commands, n=1)
            hint = f" Menade du {near[0]}?" if near else f" Kommandon: {swedish.listing(self.list_commands(ctx))}."
            raise UnknownCommand(f"kommandot {args[0]} finns inte.{hint}", ctx)
        return super().resolve_command(ctx, args)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The options, then the commands."""
        super().format_options(ctx, formatter)
        names = self.list_commands(ctx)
        with formatter.section(COMMANDS):
            formatter.write_dl([(name, self.commands[name].get_short_help_str(80)) for name in names])


class YearType(click.ParamType[int]):
    """A year in four digits."""

    name = "år"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """The year as a number."""
        return (
            int(value) if str(value).isdecimal() and len(str(value)) == 4 else self.fail(f'"{value}" är inget år', param, ctx)
        )


class CountType(click.ParamType[int]):
    """A whole number from 1."""

    name = "antal"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """The number."""
        text = str(value)
        return int(text) if text.isdecimal() and int(text) > 0 else self.fail(f'"{value}" är inget heltal från 1', param, ctx)


YEAR, COUNT = YearType(), CountType()
PATH: click.Path = click.Path(path_type=Path)


def translated(error: click.UsageError) -> UsageError:
    """What Click did not understand, as our error with exit code 2: said in Swedish, with the nearest it knows."""
    context = error.ctx
    command = context.command_path if context else "lagesbild"
    return UsageError(Problem(command, _what(error), action=f"Skriv {command} --help för att se hur det används."))


def _what(error: click.UsageError) -> str:
    match error:
        case click.MissingParameter():
            return f"{_name(error)} saknas."
        case click.NoSuchOption():
            near = sorted(error.possibilities or ())
            return f"valet {error.option_name} finns inte." + (f" Menade du {swedish.listing(near, 'eller')}?" if near else "")
        case click.BadOptionUsage() if "does not take" in error.message:
            return f"valet {error.option_name} tar inget värde."
        case click.BadOptionUsage():
            return f"valet {error.option_name} behöver ett värde."
        case click.BadParameter():
            return f"{_name(error)}: {error.message}."
    if isinstance(error, UnknownCommand):
        return error.message
    return "fler uppgifter än kommandot tar emot." if "unexpected extra" in error.message else "ett kommando saknas."


def _name(error: click.BadParameter) -> str:
    param = error.param
    if param is None:
        return "ett värde"
    return param.opts[-1] if isinstance(param, click.Option) else str(param.metavar or param.name).rstrip("….")
