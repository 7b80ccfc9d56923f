"""``python -m lagesbild.example [--out MAPP]``: the raw folder of Exempelby."""

from __future__ import annotations

from pathlib import Path

import click

from lagesbild import example, swedish


@click.command(help="Gör källfilerna för Exempelby, en påhittad kommun. Samma filer blir det varje gång.")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), default=example.FOLDER, help="Mapp att skriva i.")
def main(out: Path) -> None:
    """Write the files and say how many."""
    written = example.write(out)
    size = sum(path.stat().st_size for path in written)
    click.echo(f"{swedish.number(len(written))} filer, {swedish.number(size / 1000)} kB, i {out}")


if __name__ == "__main__":
    main()
