"""A decision as the review page exports it, for every test that needs one."""

from __future__ import annotations

import json
from typing import Any


def decision(
    area: str = "skadegorelse", choice: str = "prioritera", reason: str = "Platserna är kända.", **judged: int
) -> dict[str, Any]:
    return {"problem_area": area, "decision": choice, "reason": reason, "judged": judged}


def exported(*decisions: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """The file's content; one area prioritised unless told otherwise."""
    return {
        "format": "lagesbild-beslut",
        "version": 1,
        "profile": "prov",
        "year": 2025,
        "ranking_sha256": "ab" * 32,
        "is_example": False,
        "forum": "Brottsförebyggande rådet",
        "date": "2026-01-15",
        "roles": ["Kommunstyrelsens ordförande", "Lokalpolisområdeschef"],
        "weights": {"omfattning": 0.4, "jamforelse": 0.35, "utveckling": 0.25},
        "decisions": list(decisions) or [decision(paverkbarhet=3, kostsamt=0)],
    } | fields


def as_bytes(content: object) -> bytes:
    return json.dumps(content, ensure_ascii=False).encode()
