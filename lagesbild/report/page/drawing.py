"""A chart as SVG inside the page, where no style attribute is allowed to act, and small."""

from __future__ import annotations

import re

_STYLE = re.compile(r' style="([^"]*)"')
_OPENING = re.compile(r"<svg (?P<attributes>[^>]*)>")
_VIEW = re.compile(r'viewBox="[^"]*"')
_NAMED = re.compile(r'aria-labelledby="[^"]*"')
_DEFAULTS = re.compile(r"<defs>\s*<style[^>]*>\*\{(?P<rules>[^}]*)\}</style>\s*</defs>\s*")
_PATH = re.compile(r'(?<= d=")[^"]*')
_NUMBER = re.compile(r"-?\d+\.\d+")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_ID = re.compile(r' id="([^"]*)"')
_USED = re.compile(r'(?:href="#|url\(#)([^")]*)|aria-labelledby="([^"]*)"')
_BETWEEN = re.compile(r">\s+<")
_BARE_GROUP = re.compile(r"<g>([^<]*(?:<(?!/?g\b)[^<]*)*)</g>")


class Styles:
    """The drawings' styles as classes of the page's own style sheet, in the order in which they were met."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}

    def name(self, style: str) -> str:
        """The class that stands for the style.

        >>> styles = Styles()
        >>> styles.name("fill: none"), styles.name("fill: red"), styles.name("fill: none"), styles.sheet()
        ('a0', 'a1', 'a0', '.a0{fill: none}.a1{fill: red}')
        """
        return self._names.setdefault(style, f"a{len(self._names)}")

    def sheet(self) -> str:
        """Every class as CSS."""
        return "".join(f".{name}{{{style}}}" for style, name in self._names.items())


def inline(svg: str, styles: Styles) -> str:
    """The drawing for the page's strict content security policy: every style as a class in ``styles``, scaled by the page.

    Coordinates keep a tenth of a point; ids that nothing refers to, comments and groups without meaning are left out.

    >>> inline('<?xml?><svg role="img" width="9pt" viewBox="0 0 9 9"><path style="fill: none"/></svg>', Styles())
    '<svg class="drawing" role="img" viewBox="0 0 9 9"><path class="a0"/></svg>'
    """
    body = svg[svg.index("<svg ") :].strip()
    found = _DEFAULTS.search(body)
    inherited = f" {styles.name(found['rules'])}" if found else ""
    body = _DEFAULTS.sub("", body, count=1)
    opening = _OPENING.match(body)
    view, named = _VIEW.search(body), _NAMED.search(body)
    told = [found[0] for found in (named, view) if found]
    head = f'<svg class="drawing{inherited}" role="img" {" ".join(told)}>'
    body = head + (body[opening.end() :] if opening else body)
    return _small(_STYLE.sub(lambda style: f' class="{styles.name(style[1])}"', body))


def _small(drawing: str) -> str:
    drawing = _COMMENT.sub("", drawing)
    used = {name for found in _USED.finditer(drawing) for name in (found[1] or found[2]).split()}
    drawing = _ID.sub(lambda found: found[0] if found[1] in used else "", drawing)
    drawing = _PATH.sub(lambda path: _path(path[0]), drawing)
    drawing = _BETWEEN.sub("><", drawing)
    while (bare := _BARE_GROUP.sub(r"\1", drawing)) != drawing:
        drawing = bare
    return drawing


def _path(data: str) -> str:
    """Path data with a tenth of a point and no space that nobody needs.

    >>> _path("M 0 95.366 \\nL -0.04 2.5 \\nz\\n")
    'M0 95.4L0 2.5z'
    """
    rounded = _NUMBER.sub(lambda number: f"{round(float(number[0]), 1) + 0:g}", data)
    return re.sub(r"\s*([A-Za-z])\s*", r"\1", " ".join(rounded.split()))
