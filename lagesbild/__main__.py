"""``python -m lagesbild`` and the command ``lagesbild``."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line and end with its exit code."""
    from lagesbild import cli
    from lagesbild.garbage import collect_rarely

    collect_rarely()
    sys.exit(cli.main(sys.argv[1:]))


if __name__ == "__main__":
    main()
