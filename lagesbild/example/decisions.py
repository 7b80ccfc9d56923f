"""What Exempelby's forum decided on the lägesbild of the year before, as the review page would have saved it."""

from __future__ import annotations

import datetime
import json

from lagesbild.example import world

#: Of the ranking.csv that Exempelby's files gave for 2024 when the decision was made up: the version the forum would have seen.
RANKING_SHA256 = "5592dfa7ff934016a1db31df0cce1d37f051739c41a78df1e8857a8a7b469237"


def decisions() -> bytes:
    """The file: six areas, one of them decided otherwise than the sources alone would propose."""
    told = {
        "format": "lagesbild-beslut",
        "version": 1,
        "profile": "exempelby",
        "year": world.YEARS[-1] - 1,
        "ranking_sha256": RANKING_SHA256,
        "is_example": True,
        "forum": "Brottsförebyggande rådet",
        "date": str(datetime.date(world.YEARS[-1], 1, 22)),
        "roles": ["kommunstyrelsens ordförande", "lokalpolisområdeschef", "säkerhetschef"],
        "weights": {"omfattning": 0.4, "jamforelse": 0.35, "utveckling": 0.25},
        "decisions": [{**row, "judged": {}} for row in world.rows("decisions")],
    }
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()
