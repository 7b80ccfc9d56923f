"""Sentences round the questions for the causal analysis."""

from __future__ import annotations

INTRO = (
    "Lägesbilden visar var problemen är störst, inte varför. Frågorna här är till för parternas orsaksanalys när de har valt "
    "område. Rapporten svarar inte på dem."
)
KNOWN = (
    "Det som är känt från andra platser är samband som forskning har funnit. De gäller inte självklart här och säger inget om "
    "vad som ligger bakom siffrorna i rapporten."
)
TO_WRITE = "Fylls i"
