"""Contrast as WCAG 2.2 defines it, and colours as a reader with red-green colour blindness sees them."""

from __future__ import annotations

import numpy as np
from matplotlib.colors import to_rgb
from numpy.typing import NDArray

#: Machado, Oliveira and Fernandes (2009), severity 1.0, applied to linear RGB.
BLINDNESS = {
    "none": np.eye(3),
    "protanopia": np.array([[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritanopia": np.array([[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]),
}
_TO_XYZ = np.array([[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]])
_WHITE = _TO_XYZ @ np.ones(3)


def linear(colour: str) -> NDArray[np.float64]:
    """Linear RGB 0-1 (IEC 61966-2-1)."""
    channels = np.array(to_rgb(colour))
    return np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)


def contrast(first: str, second: str) -> float:
    """WCAG contrast ratio, 1 to 21."""
    light = sorted(float(np.array([0.2126, 0.7152, 0.0722]) @ linear(colour)) for colour in (first, second))
    return (light[1] + 0.05) / (light[0] + 0.05)


def lab(colour: str, blindness: str = "none") -> NDArray[np.float64]:
    """CIE L*a*b* of the colour as seen with the given colour blindness."""
    ratio = _TO_XYZ @ np.clip(BLINDNESS[blindness] @ linear(colour), 0, 1) / _WHITE
    f = np.where(ratio > (6 / 29) ** 3, np.cbrt(ratio), ratio / (3 * (6 / 29) ** 2) + 4 / 29)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def difference(first: str, second: str, blindness: str = "none") -> float:
    """CIE76 colour difference; about 2 is just noticeable, 20 cannot be missed."""
    return float(np.linalg.norm(lab(first, blindness) - lab(second, blindness)))
