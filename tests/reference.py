"""An integrator that shares nothing with the package: SciPy's DOP853, events and resets by hand."""

import math
from dataclasses import dataclass, field

import numpy as np
from scipy.integrate import solve_ivp

TOLERANCE = 1e-12


@dataclass
class Cell:
    """A neuron written out by hand; the state is an array whose first entry is the potential.

    `rate(t, y, I)` gives the time derivatives, `reset(y)` the state after a spike. `upstroke` is a
    potential above which the potential only rises: from there on it serves as the clock, since
    near a blow-up no step in time is small enough.
    """

    rate: object
    peak: float
    reset: object = None
    refractory: float = 0.0
    upstroke: float = math.inf
    tolerance: float = TOLERANCE
    spikes: list = field(default_factory=list)

    def run(self, start, duration, current=lambda t: 0.0, breaks=(), at=()):
        """Return spike times and the states at the times `at`; `current` is smooth between breaks.

        Times within an upstroke, which is not integrated in time, have no state: nan.
        """
        self.spikes, self.y, self.t = [], np.array(start, float), 0.0
        self.at, self.samples = np.asarray(at, float), np.full((len(at), len(start)), np.nan)
        self.free_from = -math.inf
        for end in [*[b for b in sorted(breaks) if 0.0 < b < duration], duration]:
            begin = self.t
            middle = 0.5 * (begin + end)
            inside = np.array([current(begin), current(middle)])
            steady = np.ptp(inside) == 0.0 and len(breaks) > 0
            drive = (lambda t, value=inside[1]: value) if steady else current
            while self.t < end:
                self._piece(end, drive)
        return np.array(self.spikes), self.samples

    def _piece(self, end, drive):
        if self.free_from > self.t:
            stop = min(self.free_from, end)
            self._integrate(stop, drive, held=True)
        elif self.y[0] >= self.upstroke:
            self._upstroke(end, drive)
        else:
            self._integrate(end, drive)

    def _integrate(self, end, drive, held=False):
        def rate(t, y):
            slopes = np.array(self.rate(t, y, drive(t)))
            if held:
                slopes[0] = 0.0
            return slopes

        def crossing(t, y):
            return y[0] - min(self.peak, self.upstroke)

        crossing.terminal = self.reset is not None
        crossing.direction = 1
        found = solve_ivp(
            rate, (self.t, end), self.y, "DOP853", events=None if held else crossing,
            rtol=self.tolerance, atol=self.tolerance, dense_output=self.at.size > 0,
            max_step=max((end - self.t) / 2, 1e-12),
        )  # fmt: skip
        assert found.status >= 0, found.message
        self._sample(found)
        self.t, self.y = found.t[-1], found.y[:, -1]
        if held:
            return
        if self.reset is None:
            self.spikes.extend(found.t_events[0])
        elif found.status == 1 and self.peak <= self.upstroke:
            self._fire()
        elif found.status == 1:
            self.y[0] = self.upstroke

    def _sample(self, found):
        inside = (self.at >= self.t) & (self.at <= found.t[-1])
        if inside.any():
            self.samples[inside] = found.sol(self.at[inside]).T

    def _upstroke(self, end, drive):
        """From the present potential to the peak, with the potential as the clock."""

        def rate(v, y):
            slopes = self.rate(y[0], [v, *y[1:]], drive(self.t))
            return [1.0 / slopes[0], *(s / slopes[0] for s in slopes[1:])]

        def too_late(v, y):
            return y[0] - (end - self.t)

        too_late.terminal = True
        found = solve_ivp(
            rate, (self.y[0], self.peak), [0.0, *self.y[1:]], "DOP853", events=too_late,
            rtol=self.tolerance, atol=1e-14,
        )  # fmt: skip
        assert found.status >= 0, found.message
        self.y = np.array([found.t[-1], *found.y[1:, -1]])
        self.t = end if found.status == 1 else self.t + found.y[0, -1]
        if found.status == 0:
            self._fire()

    def _fire(self):
        self.spikes.append(self.t)
        self.y = np.array(self.reset(self.y), float)
        self.free_from = self.t + self.refractory


def hodgkin_huxley(spike_at=0.0, scale=1.0, tolerance=TOLERANCE):
    """The squid axon of 1952 in absolute potentials, from the printed rates."""

    def ratio(x):
        return 1.0 - x / 2.0 + x * x / 12.0 if abs(x) < 1e-5 else x / math.expm1(x)

    def rate(t, y, I):
        v, m, h, n = y
        x = v + 65.0
        a_m, b_m = ratio((25.0 - x) / 10.0), 4.0 * math.exp(-x / 18.0)
        a_h, b_h = 0.07 * math.exp(-x / 20.0), 1.0 / (math.exp((30.0 - x) / 10.0) + 1.0)
        a_n, b_n = 0.1 * ratio((10.0 - x) / 10.0), 0.125 * math.exp(-x / 80.0)
        sodium = 120.0 * m * m * m * h * (50.0 - v)
        potassium = 36.0 * n * n * n * n * (-77.0 - v)
        return [
            sodium + potassium + 0.3 * (-54.387 - v) + scale * I,
            a_m * (1.0 - m) - b_m * m,
            a_h * (1.0 - h) - b_h * h,
            a_n * (1.0 - n) - b_n * n,
        ]

    return Cell(rate, spike_at, tolerance=tolerance)


def izhikevich(a=0.02, b=0.2, c=-65.0, d=8.0):
    """The quadratic neuron of 2003."""

    def rate(t, y, I):
        v, u = y
        return [0.04 * v * v + 5.0 * v + 140.0 - u + I, a * (b * v - u)]

    return Cell(rate, 30.0, lambda y: [c, y[1] + d])


def adex(C, g_L, E_L, V_T, Delta_T, V_peak, V_R, t_ref, a, b, tau_w):
    """The adaptive exponential neuron of 2005; above V_T + 6 Delta_T only upwards."""

    def rate(t, y, I):
        v, w = y
        push = g_L * Delta_T * math.exp(min((v - V_T) / Delta_T, 300.0))
        return [(g_L * (E_L - v) + push - w + I) / C, (a * (v - E_L) - w) / tau_w]

    return Cell(
        rate, V_peak, lambda y: [V_R, y[1] + b], refractory=t_ref, upstroke=V_T + 6.0 * Delta_T
    )
