"""Kernels: area, peak, mean and variance in closed form, and what is refused."""

import itertools

import numpy as np
import pytest
from scipy.integrate import quad

from excitable import kernels
from excitable.errors import ParameterError, UnitError
from excitable.units import Hz, ms, mV, pA

TAU = 5.0


def moment(kernel, power, about=0.0):
    """Integral of (t - about)^power h(t) by quadrature, piece by piece."""
    edges = np.linspace(kernel.start_ms, kernel.stop_ms, 40)

    def integrand(t):
        return (t - about) ** power * kernel.at(np.array([t]))[0][0]

    return sum(
        quad(integrand, a, b, epsabs=1e-13, epsrel=1e-12)[0] for a, b in itertools.pairwise(edges)
    )


@pytest.mark.parametrize("n", range(7))
def test_the_postsynaptic_kernel_has_its_moments(n):
    kernel = kernels.gamma(n, TAU * ms)
    assert moment(kernel, 0) == pytest.approx(1.0, rel=1e-12)
    mean = moment(kernel, 1)
    assert mean == pytest.approx((n + 1) * TAU, rel=1e-12)
    assert moment(kernel, 2, about=mean) == pytest.approx((n + 1) * TAU**2, rel=1e-11)


@pytest.mark.parametrize("n", range(7))
def test_the_postsynaptic_kernel_peaks_at_n_tau(n):
    kernel = kernels.gamma(n, TAU * ms)
    t = np.linspace(0, 60, 60_001)
    assert t[np.argmax(kernel(t * ms).magnitude)] == pytest.approx(n * TAU, abs=1e-3)
    near = kernel([n * TAU - 1e-3, n * TAU, n * TAU + 1e-3] * ms).magnitude
    assert np.argmax(near) == 1


@pytest.mark.parametrize(
    ("kernel", "mean", "variance"),
    [
        (kernels.exponential(TAU * ms), TAU, TAU**2),
        (kernels.gaussian(TAU * ms), 0.0, TAU**2),
        (kernels.boxcar(TAU * ms), 0.0, TAU**2 / 12),
    ],
)
def test_other_shapes_have_area_one(kernel, mean, variance):
    assert moment(kernel, 0) == pytest.approx(1.0, rel=1e-12)
    assert moment(kernel, 1) == pytest.approx(mean, abs=1e-10)
    assert moment(kernel, 2, about=mean) == pytest.approx(variance, rel=1e-10)
    assert kernel(0 * ms).units == Hz.units


@pytest.mark.parametrize(
    "kernel", [kernels.gamma(3, TAU * ms), kernels.gaussian(TAU * ms), kernels.boxcar(TAU * ms)]
)
def test_the_integral_of_a_shape_is_the_shape_s(kernel):
    for t in (-3.0, 0.0, 1.0, 2.4, 12.0):
        low = max(min(t, kernel.stop_ms), kernel.start_ms)
        area = quad(lambda s: kernel.at(np.array([s]))[0][0], kernel.start_ms, low, epsabs=1e-13,
                    points=[0.0] if kernel.start_ms < 0 < low else None, limit=500)[0]  # fmt: skip
        assert kernel.cumulative(np.array([t]))[0] == pytest.approx(area, abs=1e-9)


def test_a_kernel_of_one_s_own_has_its_own_unit():
    kernel = kernels.Kernel(lambda s: 3 * pA * (1 - s / (5 * ms)), 0 * ms, 5 * ms, "triangle")
    assert kernel([-1, 0, 2.5, 5, 9] * ms).magnitude.tolist() == [0.0, 3.0, 1.5, 0.0, 0.0]
    assert kernel(0 * ms).units == pA.units
    assert repr(kernel) == "triangle"
    assert kernels.Kernel(lambda s: 1.0, 0 * ms, 5 * ms)([1, 2] * ms).magnitude.tolist() == [1, 1]


@pytest.mark.parametrize(
    ("call", "error"),
    [
        (lambda: kernels.gamma(-1, TAU * ms), ParameterError),
        (lambda: kernels.gamma(1.5, TAU * ms), ParameterError),
        (lambda: kernels.gamma(True, TAU * ms), ParameterError),
        (lambda: kernels.gamma(1, 0 * ms), ParameterError),
        (lambda: kernels.gamma(1, np.nan * ms), ParameterError),
        (lambda: kernels.gaussian([1, 2] * ms), ParameterError),
        (lambda: kernels.boxcar(5 * mV), UnitError),
        (lambda: kernels.exponential(5), UnitError),
        (lambda: kernels.Kernel(lambda s: s, 5 * ms, 5 * ms), ParameterError),
        (lambda: kernels.Kernel(lambda s: s, 0 * ms, np.inf * ms), ParameterError),
        (lambda: kernels.Kernel(lambda s: np.full(s.shape, np.nan) * Hz)(1 * ms), ParameterError),
        (lambda: kernels.Kernel(lambda s: np.ones((2, 2)))([1, 2, 3] * ms), ParameterError),
    ],
)
def test_what_is_refused(call, error):
    with pytest.raises(error):
        call()
