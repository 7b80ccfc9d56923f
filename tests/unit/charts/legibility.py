"""What the eye would see: which labels run off the paper, and which run into one another."""

from __future__ import annotations

import numpy as np
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import Bbox


def labels(figure: Figure) -> list[Text]:
    """Every text that is drawn."""
    return [text for text in figure.findobj(Text) if text.get_visible() and text.get_text().strip()]


def cut_off_labels(figure: Figure) -> list[str]:
    """The texts that reach outside the paper by more than half a pixel."""
    paper = figure.bbox

    def is_outside(box: Bbox) -> bool:
        return box.x0 < paper.x0 - 0.5 or box.y0 < paper.y0 - 0.5 or box.x1 > paper.x1 + 0.5 or box.y1 > paper.y1 + 0.5

    return [text.get_text() for text in labels(figure) if is_outside(text.get_window_extent())]


def colliding_labels(figure: Figure) -> list[tuple[str, str]]:
    """Pairs of texts whose letters overlap: boxes shrunk by a sixth above and below."""
    texts = labels(figure)
    boxes = np.array([text.get_window_extent().extents for text in texts])
    margin = (boxes[:, 3] - boxes[:, 1]) / 6
    low_x, low_y, high_x, high_y = boxes[:, 0] + 0.2, boxes[:, 1] + margin, boxes[:, 2] - 0.2, boxes[:, 3] - margin
    meets = (
        (low_x[:, None] < high_x[None, :]) & (low_x[None, :] < high_x[:, None])
        & (low_y[:, None] < high_y[None, :]) & (low_y[None, :] < high_y[:, None])
    )  # fmt: skip
    return [(texts[i].get_text(), texts[j].get_text()) for i, j in zip(*np.nonzero(np.triu(meets, 1)), strict=True)]
