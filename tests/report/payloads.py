"""Texts that some output could take for more than text: markup, formulas, scripts, marks that turn a line round."""

from __future__ import annotations

#: Name -> text. None of them may do anything anywhere but be read, or be left out and counted.
PAYLOADS: dict[str, str] = {
    "script": "<script>alert(1)</script>",
    "img": '"><img src=x onerror=alert(1)>',
    "svg": "<svg/onload=alert(1)>",
    "attribute": "' onmouseover='alert(1)",
    "closing": "</script></style></title></textarea><b>hej",
    "comment": "--><!-- --!> ]]> <![CDATA[",
    "entity": "&lt;script&gt; &amp; &#60;b&#62;",
    "typst page": "#set page(width: 1pt)",
    "typst panic": "#panic()",
    "typst code": '"); #panic("x"); #("',
    "typst markup": "$x^2$ *fet* _kursiv_ `kod` @ref <etikett> \\ // slut = rubrik",
    "dde": "=cmd|' /C calc'!A0",
    "plus": "+1+1",
    "minus": "-2+3",
    "at": "@SUM(1)",
    "hyperlink": '=HYPERLINK("http://example.com/x","klicka")',
    "tab first": "\t=3+3",
    "cr first": "\r=2+2",
    "line feed": "rad ett\n=1+1",
    "jinja": "{{7*7}}",
    "jinja raw": "{% raw %}{{ 7*7 }}{% endraw %}",
    "template string": "${7*7} #{7*7} %s {0} {}",
    "link": "javascript:alert(1) http://example.com/ file:///etc/passwd",
    "override": "abc\u202egpj.exe\u202c",
    "isolates": "\u2066a\u2067b\u2068c\u2069 \u200f\u200ed\u061c",
    "right to left": "מזרח ומערב",
    "zero width": "Osyn\u200bli\u200cga\u200d tecken\ufeff",
    "emoji": "Buskörning 🚗👩‍👩‍👧🏴󠁧󠁢󠁥󠁮󠁧󠁿",
    "combining": "Z\u0300\u0301\u0302\u0303\u0304\u0305\u0306a\u030algo",
    "controls": "a\x01b\x07c\x1b[31md\x7fe",
    "separators": "rad\u2028sep\u2029slut\x85ny",
    "private": "\ue000\uf8ff\ufffe\U000f0000",
    "other script": "街の安全 نارکوتيکا",
    "long word": "Å" * 10_000,
    "long text": "ord och ord " * 833,
    "format": "%n%n%n%s",
    "path": "../../../etc/passwd",
}

#: What may stand in no text that leaves: marks no one sees, marks that turn a line, and controls other than tab and line feed.
FORBIDDEN = frozenset(
    [
        *map(chr, [*range(9), *range(11, 32), *range(127, 160)]),
        *map(chr, [0x61C, 0x200C, 0x200D, 0x200E, 0x200F, *range(0x2028, 0x202F), *range(0x2060, 0x2070), 0xFEFF, 0xFFFE]),
    ]
)


def forbidden(text: str) -> list[str]:
    """The marks of the text that may not leave, by their codes."""
    return [f"U+{ord(mark):04X}" for mark in sorted(FORBIDDEN & set(text))]
