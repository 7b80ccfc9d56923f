"""Log-linear yearly trends of counts with an offset, all series at once, and the test with shrunk dispersion."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import special

from lagesbild.measures.overdispersion import shrunk_dispersion
from lagesbild.measures.rates import Array

#: No more than so many years: an older level says little about where a problem is heading.
LONGEST = 5
_STEPS = 60


@dataclass(frozen=True)
class LogLinear:
    """Poisson fits of log μ_t = intercept + slope·t + log N_t. Every field is (A,); NaN where a series has no such figure.

    slope: change of the log rate per year (exp(slope) is the yearly factor); slope_se: its Poisson standard error, to be
    multiplied by √φ; phi: Pearson's X²/(T − 2); df: T − 2; n_years: T; mean_count: mean of the T counts.
    """

    intercept: Array
    intercept_se: Array
    slope: Array
    slope_se: Array
    deviance: Array
    phi: Array
    df: Array
    n_years: Array
    mean_count: Array


def log_linear(counts: npt.ArrayLike, base: npt.ArrayLike, years: npt.ArrayLike) -> LogLinear:
    """Maximum likelihood fit of the yearly log-linear Poisson trend to A series at once (McCullagh & Nelder 1989, §6).

    ``counts`` (A, T), NaN for a year a series does not have; ``base`` (A, T) or (T,): mean population or other exposure;
    ``years`` (T,). The intercept belongs to year 0 of ``years``, so centre them for a readable one. Because the intercept has
    a closed form given the slope, Newton's method runs on the slope alone: Σ t·y = Y·Σ t·N·e^{bt} / Σ N·e^{bt}.

    A series needs two years. Where the maximum does not exist (no event at all; all events in the first or the last year) the
    slope is NaN; ``slopes`` says what is then done.
    """
    y = np.atleast_2d(np.asarray(counts, dtype=np.float64))
    exposure = np.broadcast_to(np.asarray(base, dtype=np.float64), y.shape)
    is_used = np.isfinite(y) & np.isfinite(exposure) & (exposure > 0)
    n_years = is_used.sum(axis=1).astype(np.float64)
    y, exposure = np.where(is_used, y, 0.0), np.where(is_used, exposure, 0.0)
    t = np.broadcast_to(np.asarray(years, dtype=np.float64), y.shape)
    total = y.sum(axis=1)
    has_maximum = (n_years >= 2) & (total > 0) & _is_spread(y, t, is_used)

    with np.errstate(divide="ignore", invalid="ignore"):
        slope, weights, mean_t = _newton(y, exposure, t, total)
        fitted = total[:, None] * weights
        spread = np.sum(weights * (t - mean_t[:, None]) ** 2, axis=1)
        log_scale = np.log(total) - _log_sum(exposure, slope[:, None] * t)
        slope_se = 1 / np.sqrt(total * spread)
        intercept_se = np.sqrt(1 / total + mean_t**2 * slope_se**2)
        ratio = np.where(y > 0, y / fitted, 1.0)
        deviance = 2 * np.sum(y * np.log(ratio) - (y - fitted), axis=1)
        pearson = np.sum(np.where(is_used, (y - fitted) ** 2 / fitted, 0.0), axis=1)
        df = n_years - 2
        phi = np.where(df > 0, pearson / df, np.nan)

    def where_fitted(values: Array) -> Array:
        return np.where(has_maximum, values, np.nan)

    return LogLinear(
        intercept=where_fitted(log_scale),
        intercept_se=where_fitted(intercept_se),
        slope=where_fitted(slope),
        slope_se=where_fitted(slope_se),
        deviance=where_fitted(np.maximum(deviance, 0.0)),
        phi=where_fitted(phi),
        df=where_fitted(df),
        n_years=n_years,
        mean_count=np.where(n_years > 0, total / np.maximum(n_years, 1), np.nan),
    )


def _is_spread(y: Array, t: Array, is_used: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """Whether some event lies after the first used year and some before the last: only then is the likelihood bounded."""
    first = np.where(is_used, t, np.inf).min(axis=1, initial=np.inf)
    last = np.where(is_used, t, -np.inf).max(axis=1, initial=-np.inf)
    after = np.any((y > 0) & (t > first[:, None]), axis=1)
    before = np.any((y > 0) & (t < last[:, None]), axis=1)
    return np.asarray(after & before)


def _log_sum(exposure: Array, exponent: Array) -> Array:
    """log Σ_t N_t·e^{x_t}, without overflow."""
    top = np.where(exposure > 0, exponent, -np.inf).max(axis=1, keepdims=True)
    return np.asarray(top[:, 0] + np.log(np.sum(exposure * np.exp(exponent - top), axis=1)))


def _newton(y: Array, exposure: Array, t: Array, total: Array) -> tuple[Array, Array, Array]:
    """Slope, the share of all events the fit puts on each year (A, T), and the years' mean under it."""
    target = np.sum(t * y, axis=1) / total
    slope = np.zeros(y.shape[0])
    for _ in range(_STEPS):
        exponent = slope[:, None] * t
        top = np.where(exposure > 0, exponent, -np.inf).max(axis=1, keepdims=True)
        unscaled = exposure * np.exp(exponent - top)
        weights = unscaled / unscaled.sum(axis=1, keepdims=True)
        mean_t = np.sum(weights * t, axis=1)
        variance = np.sum(weights * (t - mean_t[:, None]) ** 2, axis=1)
        # At most 1 on the log scale per step: far from the maximum the variance is tiny and a full step would overshoot.
        step = np.nan_to_num(np.clip((target - mean_t) / variance, -1.0, 1.0))
        if np.all(np.abs(step) < 1e-13):
            break
        slope = slope + step
    return slope, weights, mean_t


def slopes(counts: npt.ArrayLike, base: npt.ArrayLike, years: npt.ArrayLike) -> LogLinear:
    """The trend of each series by as many years as it has (methods §2).

    Three or more: ``log_linear``. Two: log((y₂ + ½)/N₂) − log((y₁ + ½)/N₁) per year, variance 1/(y₁ + ½) + 1/(y₂ + ½). One or
    none: NaN. Where the maximum of three or more does not exist because every event lies in the first or the last year, ½ is
    added to each year. A series without any event has no trend.
    """
    y = np.atleast_2d(np.asarray(counts, dtype=np.float64))
    exposure = np.broadcast_to(np.asarray(base, dtype=np.float64), y.shape)
    plain, padded = log_linear(y, exposure, years), log_linear(y + 0.5, exposure, years)
    has_events = np.nansum(np.where(exposure > 0, y, 0.0), axis=1) > 0
    is_padded = has_events & ((plain.n_years == 2) | (np.isnan(plain.slope) & (plain.n_years > 2)))

    def pick(of_plain: Array, of_padded: Array) -> Array:
        return np.where(is_padded, of_padded, of_plain)

    return LogLinear(
        intercept=pick(plain.intercept, padded.intercept),
        intercept_se=pick(plain.intercept_se, padded.intercept_se),
        slope=pick(plain.slope, padded.slope),
        slope_se=pick(plain.slope_se, padded.slope_se),
        deviance=pick(plain.deviance, padded.deviance),
        phi=pick(plain.phi, padded.phi),
        df=pick(plain.df, padded.df),
        n_years=plain.n_years,
        mean_count=plain.mean_count,
    )


def slope_interval(
    fit: LogLinear, phi: npt.ArrayLike, df: npt.ArrayLike, confidence: float = 0.95
) -> tuple[Array, Array, Array, Array]:
    """The slope's t interval and test at dispersion φ: (lower, upper, t value, two-sided p), on the log scale per year.

    With ``fit.phi`` and ``fit.df`` this is the quasi-Poisson interval; an infinite df gives the normal one.
    """
    se = fit.slope_se * np.sqrt(np.asarray(phi, dtype=np.float64))
    freedom = np.asarray(df, dtype=np.float64)
    with np.errstate(invalid="ignore", divide="ignore"):
        margin = special.stdtrit(freedom, 0.5 + confidence / 2) * se
        t_value = fit.slope / se
        p_value = np.asarray(2 * special.stdtr(freedom, -np.abs(t_value)))
    return fit.slope - margin, fit.slope + margin, t_value, p_value


@dataclass(frozen=True)
class TrendTest:
    """The trend test of methods §1 for A series. lower, upper: limits of the slope; phi, df: shrunk dispersion and its
    freedom.
    """

    fit: LogLinear
    phi: Array
    df: Array
    lower: Array
    upper: Array
    t_value: Array
    p_value: Array


def trend_test(counts: npt.ArrayLike, base: npt.ArrayLike, years: npt.ArrayLike, confidence: float = 0.95) -> TrendTest:
    """Whether each of A series changes, with dispersion shrunk over the series and t with ν₀ + T − 2 degrees of freedom.

    The series must be of one kind (one kommun's problem areas in one source): they lend each other their dispersion.
    """
    fit = slopes(counts, base, years)
    shrunk = shrunk_dispersion(fit.phi, fit.n_years, fit.mean_count)
    lower, upper, t_value, p_value = slope_interval(fit, shrunk.phi, shrunk.df, confidence)
    return TrendTest(fit, shrunk.phi, shrunk.df, lower, upper, t_value, p_value)
