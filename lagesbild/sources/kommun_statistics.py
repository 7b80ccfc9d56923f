"""Statistics per kommun that others have put together: population on 31 December and a few figures that give background."""

from __future__ import annotations

from lagesbild.profile import Profile
from lagesbild.sources.files.file import RawFile
from lagesbild.sources.people import kommun_layout
from lagesbild.sources.people.headings import load
from lagesbild.sources.reading import Reading, Refusal
from lagesbild.taxonomy import Taxonomy

NAME = "sammanställd kommunstatistik"
LAYOUTS = load("kommun_statistics")["layouts"]


def recognise(file: RawFile, profile: Profile) -> Refusal | None:
    """None for a file with a sheet that has the headings of one of the layouts in the map."""
    return None if kommun_layout.find(file.heads, LAYOUTS) else kommun_layout.refusal(LAYOUTS)


def read(file: RawFile, profile: Profile, taxonomy: Taxonomy) -> Reading:
    """The sheet as population (year-ends, or the mean of two) and context_figures. Raises SourceError."""
    sheet, layout, head = kommun_layout.find(file.sheets, LAYOUTS) or (file.sheets[0], LAYOUTS[0], 0)
    return kommun_layout.read(file, sheet, layout, head, taxonomy)
