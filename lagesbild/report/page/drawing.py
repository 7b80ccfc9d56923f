"""A chart as SVG inside the page, where no style attribute is allowed to act."""

from __future__ import annotations

import re

_STYLE = re.compile(r' style="([^"]*)"')
_OPENING = re.compile(r"<svg (?P<attributes>[^>]*)>")
_VIEW = re.compile(r'viewBox="[^"]*"')
_NAMED = re.compile(r'aria-labelledby="[^"]*"')
_DEFAULTS = re.compile(r"<defs>\s*<style[^>]*>\*\{(?P<rules>[^}]*)\}</style>\s*</defs>\s*")
_FONT = re.compile(r"(?P<weight>\d+) (?P<size>[\d.]+)px (?P<family>.+)")


def inline(svg: str) -> str:
    """The drawing for the page's strict content security policy: every style as presentation attributes, scaled by the page.

    >>> inline('<?xml?><svg role="img" width="9pt" viewBox="0 0 9 9"><path style="fill: none; stroke: #fff"/></svg>')
    '<svg class="drawing" role="img" viewBox="0 0 9 9"><path fill="none" stroke="#fff"/></svg>'
    """
    body = svg[svg.index("<svg ") :].strip()
    found = _DEFAULTS.search(body)
    inherited = _attributes(found["rules"]) if found else ""
    body = _DEFAULTS.sub("", body, count=1)
    opening = _OPENING.match(body)
    view, named = _VIEW.search(body), _NAMED.search(body)
    told = [found[0] for found in (named, view) if found]
    head = f'<svg class="drawing" role="img" {" ".join(told)}{inherited}>'
    body = head + (body[opening.end() :] if opening else body)
    return _STYLE.sub(lambda style: _attributes(style[1]), body)


def _attributes(style: str) -> str:
    """'fill: none; stroke: #fff' as ' fill="none" stroke="#fff"'; the shorthand font as its parts."""
    written = []
    for declaration in filter(None, (part.strip() for part in style.split(";"))):
        name, _, value = (part.strip() for part in declaration.partition(":"))
        font = _FONT.fullmatch(value) if name == "font" else None
        if font:
            written.append(f'font-weight="{font["weight"]}" font-size="{font["size"]}" font-family="{font["family"]}"')
        else:
            written.append(f'{name}="{value}"')
    return "".join(f" {attribute}" for attribute in written)
