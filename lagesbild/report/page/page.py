"""The review page as one file: markup, style, scripts, fonts and data in it, and a policy that lets nothing else in."""

from __future__ import annotations

import base64
import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from lagesbild import swedish
from lagesbild.charts import theme
from lagesbild.charts.wording import CRITERIA
from lagesbild.report import facts
from lagesbild.report.content import summary
from lagesbild.report.document import Text
from lagesbild.report.lagesbild import Lagesbild
from lagesbild.report.narrative import certainty, headline, prioritising
from lagesbild.report.page.data import data
from lagesbild.report.page.drawing import Styles
from lagesbild.report.page.font import face
from lagesbild.report.page.sections import other_drawings, sections

HERE = Path(__file__).parent
#: The scripts in the order in which they build on each other.
SCRIPTS = ("normal", "ranking", "weights", "words", "decision", "store", "list", "form", "sheet", "main")
WEIGHTS_MEAN = {
    "omfattning": "hur stort problemet är",
    "jamforelse": "hur det är jämfört med andra kommuner",
    "utveckling": "om det har ökat eller minskat",
    "allvar": "hur allvarliga brotten är",
}


def page(lagesbild: Lagesbild) -> bytes:
    """The page as UTF-8 HTML. The same lägesbild gives the same bytes."""
    values = data(lagesbild)
    styles = Styles()
    told, drawings = sections(lagesbild, styles), other_drawings(lagesbild, styles)
    scripts, style = _scripts(), _style() + styles.sheet()
    blocks = [block for block in summary.summary(lagesbild)[1:] if isinstance(block, Text)]
    text = _environment().get_template("granskning.html.j2").render(
        lagesbild=lagesbild,
        policy=_policy(scripts, style),
        style=style,
        scripts=scripts,
        data=embedded(values),
        values=values,
        finding=summary.opening(lagesbild),
        told=[block for block in blocks if block.style == "body"],
        closing=headline.CLOSING,
        interval=certainty.INTERVAL_EXPLAINED,
        sections=told,
        drawings=drawings,
        weights=[(one["id"], CRITERIA[one["id"]], WEIGHTS_MEAN[one["id"]], one["share"]) for one in values["weights"]],
        grades=list(enumerate(prioritising.GRADES)),
        count_word=swedish.count_word(facts.top_k(lagesbild.ranking)),
        steps=certainty.steps(),
    )  # fmt: skip
    return (text.rstrip() + "\n").encode()


def embedded(values: dict[str, Any]) -> str:
    """The values as JSON that cannot end the element it stands in, whatever text is in it.

    >>> embedded({"a": "</script>&"})
    '{"a":"\\\\u003c/script\\\\u003e\\\\u0026"}'
    """
    text = json.dumps(values, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text


def _policy(scripts: tuple[str, ...], style: str) -> str:
    allowed = " ".join(_hash(script) for script in scripts)
    return (
        f"default-src 'none'; script-src {allowed}; style-src {_hash(style)}; font-src data:; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


@cache
def _scripts() -> tuple[str, ...]:
    return tuple((HERE / "script" / f"{name}.js").read_text("utf-8") for name in SCRIPTS)


@cache
def _style() -> str:
    faces = "".join(
        f'@font-face{{font-family:"{theme.FAMILY}";font-weight:{weight};src:url({face(weight)}) format("truetype")}}\n'
        for weight in theme.FONT_FILES
    )
    return faces + (HERE / "granskning.css").read_text("utf-8")


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(HERE), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["kind"] = lambda block: type(block).__name__.lower()
    environment.filters["number"] = swedish.number
    return environment
