"""The page's script, tested in its own language."""

from __future__ import annotations

import subprocess
from pathlib import Path

from tests.conftest import program

TESTS = sorted(str(path) for path in (Path(__file__).parent / "script").glob("*.test.js"))


def test_the_scripts_tests_pass() -> None:
    done = subprocess.run([program("node"), "--test", *TESTS], capture_output=True, text=True, check=False)
    assert TESTS
    assert done.returncode == 0, done.stdout[-4000:]
