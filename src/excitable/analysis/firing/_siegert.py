r"""The integral of Siegert's formula, stable for all arguments.

.. math:: S(b, a) = \int_a^b e^{u^2} (1 + \operatorname{erf} u)\, du = \int_a^b erfcx(-u)\, du

For positive u the integrand is 2 exp(u**2) - erfcx(u), whose first part is Dawson's integral; what
is left is the smooth, slowly falling F(x) = int_0^x erfcx, found by Gauss-Legendre quadrature on
panels that double. Nothing overflows before S itself does.
"""

from __future__ import annotations

import functools
from typing import Any

import numpy as np

_NODES = 24
_EDGES = np.concatenate([[0.0], 0.5 * 2.0 ** np.arange(0, 60)])


@functools.cache
def _rule() -> tuple[np.ndarray, np.ndarray]:
    """Nodes and weights on [0, 1]."""
    nodes, weights = np.polynomial.legendre.leggauss(_NODES)
    return 0.5 * (nodes + 1.0), 0.5 * weights


@functools.cache
def _panels() -> np.ndarray:
    """F at every edge."""
    from scipy.special import erfcx

    nodes, weights = _rule()
    widths = np.diff(_EDGES)
    values = erfcx(_EDGES[:-1, None] + widths[:, None] * nodes) @ weights * widths
    return np.concatenate([[0.0], np.cumsum(values)])


def _integral_of_erfcx(low: np.ndarray, high: np.ndarray) -> np.ndarray:
    """Integral of erfcx from low to high, both not negative; exact also where they are close."""
    from scipy.special import erfcx

    nodes, weights = _rule()

    def piece(start: np.ndarray, stop: np.ndarray) -> np.ndarray:
        width = stop - start
        return width * (erfcx(start[..., None] + width[..., None] * nodes) @ weights)

    sign = np.where(high < low, -1.0, 1.0)
    low, high = np.minimum(low, high), np.maximum(low, high)
    first = np.clip(np.searchsorted(_EDGES, low, side="right"), 1, _EDGES.size - 1)
    last = np.clip(np.searchsorted(_EDGES, high, side="right") - 1, 0, _EDGES.size - 1)
    apart = last >= first
    inner = np.where(apart, _panels()[last] - _panels()[np.minimum(first, last)], 0.0)
    left = piece(low, np.where(apart, _EDGES[first], high))
    right = np.where(apart, piece(np.where(apart, _EDGES[last], high), high), 0.0)
    return sign * (left + inner + right)


def siegert(upper: Any, lower: Any) -> np.ndarray:
    r"""Return the integral of exp(u**2)(1 + erf u) from `lower` to `upper`.

    Parameters
    ----------
    upper, lower : float or ndarray
        Bounds.

    Returns
    -------
    ndarray
        Infinite where it overflows.
    """
    from scipy.special import dawsn

    b, a = np.broadcast_arrays(np.asarray(upper, float), np.asarray(lower, float))
    with np.errstate(over="ignore", invalid="ignore"):
        steep = 2.0 * (np.exp(np.maximum(b, 0.0) ** 2) * dawsn(np.maximum(b, 0.0)))
        steep_low = 2.0 * (np.exp(np.maximum(a, 0.0) ** 2) * dawsn(np.maximum(a, 0.0)))
        positive = _integral_of_erfcx(np.maximum(a, 0.0), np.maximum(b, 0.0))
        negative = _integral_of_erfcx(np.maximum(-b, 0.0), np.maximum(-a, 0.0))
        total = (steep - steep_low) - positive + negative
        # Bounds that are close and far out: the mean of the integrand, not a difference.
        total = np.where(_close(a, b), _short(a, b), total)
    return np.where(np.isnan(total) | (np.maximum(a, b) > 26.0), np.sign(b - a) * np.inf, total)


def _close(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    return (np.maximum(a, b) > 0.0) & (np.abs(b - a) * (1.0 + np.maximum(a, b)) < 1.0)


def _short(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Gauss-Legendre over a stretch on which the integrand changes little."""
    from scipy.special import erfcx

    nodes, weights = _rule()
    return (b - a) * (erfcx(-(a[..., None] + (b - a)[..., None] * nodes)) @ weights)


def variation(upper: float, lower: float) -> float:
    r"""Return the coefficient of variation of the first passage between two bounds.

    Parameters
    ----------
    upper, lower : float
        Threshold and reset, as in `siegert`.

    Returns
    -------
    float
        Standard deviation over mean of the passage time; 1 far below threshold.

    Notes
    -----
    CV^2 = 2 int K(x) dx / S^2, K(x) = exp(x^2) int_-inf^x exp(-y^2) erfcx(-y)^2 dy (Brunel 2000,
    appendix A). For x <= 0 the two exponentials are taken together; for x > 0 all is scaled by
    exp(-2 upper^2), so that nothing overflows.
    """
    top = max(upper, 0.0)
    double = single = 0.0
    if lower < 0.0:
        x, share = _grid(lower, min(upper, 0.0))
        double += float(_below(x) @ share) * np.exp(-2.0 * top**2)
        single += float(_integrand(x, top) @ share)
    if upper > 0.0:
        # From 0 even if the reset lies above: K needs the whole way.
        x, share = _grid(0.0, upper)
        inside = x > lower
        edge = max(lower, 0.0)
        if edge > 0.0:
            first, first_share = _grid(0.0, edge)
            second, second_share = _grid(edge, upper)
            x = np.concatenate([first, second])
            share = np.concatenate([first_share, second_share])
            inside = x > edge
        double += float((_above(x, share, top) * share)[inside].sum())
        single += float((_integrand(x, top) * share)[inside].sum())
    return float(np.sqrt(2.0 * double) / single)


def _grid(low: float, high: float) -> tuple[np.ndarray, np.ndarray]:
    """Nodes and weights on panels short against the scale on which exp(2 x**2) changes."""
    nodes, weights = _rule()
    count = max(int(np.ceil((high - low) * 4.0 * (1.0 + max(high, 0.0)))), 4)
    edges = np.linspace(low, high, min(count, 4000) + 1)
    widths = np.diff(edges)[:, None]
    return (edges[:-1, None] + widths * nodes).ravel(), (widths * weights).ravel()


def _integrand(x: np.ndarray, top: float) -> np.ndarray:
    return np.exp(_log_erfcx_of_minus(x) - top**2)


def _below(x: np.ndarray) -> np.ndarray:
    """K at x <= 0: int_0^inf exp(2 x s - s^2) erfcx(s - x)^2 ds."""
    from scipy.special import erfcx

    nodes, weights = _rule()
    edges = np.array([0.0, 1.0, 2.0, 4.0, 8.0, 16.0, 48.0])
    w = (edges[:-1, None] + np.diff(edges)[:, None] * nodes).ravel()
    share = (np.diff(edges)[:, None] * weights).ravel()
    scale = 1.0 / (1.0 - 2.0 * x)[:, None]
    s = w * scale
    value = np.exp(2.0 * x[:, None] * s - s**2) * erfcx(s - x[:, None]) ** 2
    return (value * scale) @ share


def _above(x: np.ndarray, share: np.ndarray, top: float) -> np.ndarray:
    """K at nodes x > 0 of `_grid`, times exp(-2 top^2)."""
    nodes, _ = _rule()
    grown = x.reshape(-1, nodes.size)
    parts = share.reshape(-1, nodes.size)

    def density(y: np.ndarray) -> np.ndarray:
        return np.exp(-(y**2) + 2.0 * _log_erfcx_of_minus(y) - top**2)

    whole = (density(grown) * parts).sum(axis=1)
    begun = np.concatenate([[0.0], np.cumsum(whole)[:-1]])
    starts = grown[:, :1] - (parts.sum(axis=1, keepdims=True)) * nodes[0]
    steps = starts[..., None] + (grown - starts)[..., None] * nodes
    within = (density(steps) @ _rule()[1]) * (grown - starts)
    zero = float(_below(np.zeros(1))[0]) * np.exp(-(top**2))
    return (np.exp(grown**2 - top**2) * (zero + begun[:, None] + within)).ravel()


def _log_erfcx_of_minus(y: np.ndarray) -> np.ndarray:
    """Logarithm of erfcx(-y), which for large y is y^2 + ln 2."""
    from scipy.special import erfcx

    with np.errstate(over="ignore", divide="ignore", invalid="ignore"):
        plain = np.log(erfcx(-np.minimum(y, 5.0)))
        steep = y**2 + np.log1p(1.0 - np.exp(-(y**2)) * erfcx(np.abs(y)))
    return np.where(y > 5.0, steep, plain)


@functools.cache
def register() -> None:
    """Make ``siegert`` and its derivatives known to expressions; done once."""
    from scipy.special import erfcx

    from excitable.expression import call, register_function

    def minus_erfcx(x: Any) -> Any:
        return erfcx(-np.asarray(x, float))

    register_function(
        "siegert_integrand",
        1,
        derivative=lambda args, _: (
            2.0 * args[0] * call("siegert_integrand", args[0]) + 2.0 / np.sqrt(np.pi)
        ),
        numpy=minus_erfcx,
        scalar=lambda x: float(minus_erfcx(x)),
        description="exp(x**2)*(1 + erf(x))",
    )
    register_function(
        "siegert",
        2,
        derivative=lambda args, i: (
            call("siegert_integrand", args[0]) if i == 0 else -call("siegert_integrand", args[1])
        ),
        numpy=siegert,
        scalar=lambda b, a: float(siegert(b, a)),
        description="integral of exp(u**2)*(1 + erf(u)) from the second to the first",
    )
