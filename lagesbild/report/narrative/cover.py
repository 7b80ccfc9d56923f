"""What the cover says."""

from __future__ import annotations

STATUS = "Underlag – inte ett beslut"
FOR_WHOM, WHAT_FOR, LAW_HEAD = "Till", "Används till", "Enligt"
LAW = "Lagen (2023:196) om kommuners ansvar för brottsförebyggande arbete, 4 §"


def readers(*, is_police_area: bool) -> str:
    """Whom the report is for.

    >>> readers(is_police_area=False)
    'Kommunstyrelsen, lokalpolisområdets ledning och det brottsförebyggande rådet'
    """
    boards = "Kommunstyrelserna, lokalpolisområdets ledning och de brottsförebyggande råden"
    return boards if is_police_area else "Kommunstyrelsen, lokalpolisområdets ledning och det brottsförebyggande rådet"


def purpose(year: int) -> str:
    """What it is for.

    >>> purpose(2025)
    'Samtalet mellan kommun och polis om nästa medborgarlöfte. Uppgifterna avser 2025 och åren före.'
    """
    return f"Samtalet mellan kommun och polis om nästa medborgarlöfte. Uppgifterna avser {year} och åren före."


def example(place: str) -> str:
    """That nothing in the report is true.

    >>> example("Exempelby")
    'Exempelby är en påhittad kommun. Alla uppgifter i rapporten är påhittade.'
    """
    return f"{place} är en påhittad kommun. Alla uppgifter i rapporten är påhittade."
