"""The pictures of ``docs/handbok.md``, made from a finished run of Exempelby: ``python -m benchmarks.handbook RUN_FOLDER``.

Needs poppler's ``pdftoppm`` and Debian's Chromium. The same run folder gives the same pictures.
"""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

FOLDER = Path(__file__).parents[1] / "docs" / "handbok"
CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update"]
WIDTH, COLOURS = 1_100, 64


def main(run: Path) -> None:
    """Write every picture, at most 1,100 pixels wide and in 64 colours, so that none is larger than 200 kB."""
    FOLDER.mkdir(exist_ok=True)
    summary = subprocess.run(
        ["pdftoppm", "-png", "-r", "80", "-f", "2", "-l", "2", str(run / "lagesbild.pdf")], capture_output=True, check=True
    )
    pictures = {
        "sammanfattningen": summary.stdout,
        "rangordning": (run / "charts" / "rangordning.png").read_bytes(),
        "trappa": (run / "charts" / "trappa-skadegorelse.png").read_bytes(),
        "granskning": page(run / "granskning.html"),
    }
    for name, data in pictures.items():
        (FOLDER / f"{name}.png").write_bytes(small(data))


def page(path: Path) -> bytes:
    """The upper part of the review page with the weights opened."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        view = browser.new_page(viewport={"width": WIDTH, "height": 1_000})
        view.goto(path.resolve().as_uri())
        view.locator("#reglage summary").click()
        picture = view.screenshot()
        browser.close()
    return picture


def small(data: bytes) -> bytes:
    """The picture on white, scaled and with few colours."""
    picture = Image.open(io.BytesIO(data)).convert("RGBA")
    paper = Image.new("RGBA", picture.size, "white")
    flat = Image.alpha_composite(paper, picture).convert("RGB")
    if flat.width > WIDTH:
        flat = flat.resize((WIDTH, round(flat.height * WIDTH / flat.width)), Image.Resampling.LANCZOS)
    buffer = io.BytesIO()
    flat.quantize(COLOURS, dither=Image.Dither.NONE).save(buffer, "PNG", optimize=True)
    return buffer.getvalue()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
