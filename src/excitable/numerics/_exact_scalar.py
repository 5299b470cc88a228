"""One linear state, from event to event: the closed form of the leaky integrator.

Between two events (a break of the input, a crossing, the end of refractoriness) the state obeys
`x' = a x + b + r s` with constants a, b, r and s the time since the last event, so that

    x(s) = x_0 + f_0 s phi_1(a s) + r s^2 phi_2(a s),      f_0 = a x_0 + b,

with phi_1(z) = (e^z - 1)/z and phi_2(z) = (phi_1(z) - 1)/z, which have no singular case. For r = 0
the crossing is closed, s = log1p(a q)/a with q = (theta - x_0)/f_0; else x has at most one extremum
and each monotone piece is bracketed. No step length enters: recording reads the same formula.
"""

import math

from numba import njit

from excitable.numerics import _status as status
from excitable.numerics._elementary import exp, expm1
from excitable.numerics._hints import optimise_for_size
from excitable.numerics._options import HELPER, KERNEL

_ROUNDING = 2.0**-50
_DECAYED = -0.5  # beyond this exponent a state is summed from what is left, not from its change
NEVER = math.inf


@njit(**HELPER)
def add(high, low, length):
    """The pair (high, low) + length, rounded once (two-sum)."""
    total = high + length
    part = total - high
    return total, low + ((high - (total - part)) + (length - part))


@njit(**HELPER)
def phi_1(z):
    """(e^z - 1)/z, 1 at 0."""
    if abs(z) < 1e-8:
        return 1.0 + 0.5 * z
    return math.expm1(z) / z


@njit(**HELPER)
def phi_2(z):
    """(phi_1(z) - 1)/z, 1/2 at 0; a series where the subtraction would cancel."""
    if abs(z) > 0.5:
        return (math.expm1(z) - z) / (z * z)
    term = 0.5
    total = term
    for k in range(3, 20):
        term *= z / k
        total += term
    return total


@njit(**HELPER)
def value(s, x, b, r, a):
    """State after the time s, from x with drive b and input slope r.

    Written as a change while little has decayed, so that a state at rest stays there to the last
    place; else as what is left and what was added, so that a decay to almost nothing keeps its
    digits.
    """
    z = a * s
    f = a * x + b
    added = r * s * s * phi_2(z) if r != 0.0 else 0.0
    if z < _DECAYED and (f != 0.0 or r != 0.0):
        return x * math.exp(z) + b * s * phi_1(z) + added
    return x + f * s * phi_1(z) + added


@njit(**HELPER)
def _root(low, high, x, b, r, a, theta, sign):
    """Crossing of theta inside a monotone bracket, by Newton's method kept inside it."""
    s = 0.5 * (low + high)
    f = a * x + b
    for _ in range(200):
        g = sign * (value(s, x, b, r, a) - theta)
        if g >= 0.0:
            high = s
        else:
            low = s
        slope = sign * (f * math.exp(a * s) + r * s * phi_1(a * s))
        step = -g / slope if slope > 0.0 else math.inf
        new = s + step
        if not (low < new < high):
            new = 0.5 * (low + high)
        if abs(new - s) <= 1e-16 * high or high - low <= 2e-16 * high:
            return new
        s = new
    return s


@njit(**HELPER)
def turning_point(f, r, a):
    """Time at which x' = f e^(a s) + r s phi_1(a s) vanishes, or NEVER."""
    if r == 0.0:
        return NEVER
    if a == 0.0:
        return -f / r
    w = a * f / r
    return -math.log1p(w) / a if w > -1.0 else NEVER


@njit(**HELPER)
def first_crossing(length, x, b, r, a, theta, sign):
    """Time of the first arrival at theta within (0, length], or NEVER.

    `sign` is +1 if the neuron fires above theta, -1 if below; x lies on the silent side.
    """
    f = a * x + b
    if r == 0.0:
        # x approaches x_inf: theta is reached only if the flow still points across it there.
        # Within rounding of that limit the neuron sits at its rheobase and stays silent.
        across = f + a * (theta - x)
        if sign * across <= _ROUNDING * (abs(a * theta) + abs(f - a * x)):
            return NEVER
        if sign * f <= 0.0:
            return NEVER
        q = (theta - x) / f
        z = a * q
        if z <= -1.0:
            return NEVER
        s = q if z == 0.0 else math.log1p(z) / a
        return s if s <= length else NEVER
    turn = turning_point(f, r, a)
    low = 0.0
    if 0.0 < turn < length:
        if sign * (value(turn, x, b, r, a) - theta) >= 0.0:
            return _root(low, turn, x, b, r, a, theta, sign)
        low = turn
    if sign * (value(length, x, b, r, a) - theta) >= 0.0:
        return _root(low, length, x, b, r, a, theta, sign)
    return NEVER


@njit(**KERNEL)
def advance(
    first, last, t_stop, t_end, spiking, resets, held, linear, gain,
    segments, cursor, times,
    x, sampling, sample_dt, n_samples, out, spikes, report,
):  # fmt: skip
    """Carry the neurons first..last-1 from event to event until each is past t_stop.

    Times are pairs (high, low) whose sum is exact to twice the working precision, so that a
    million intervals add up without drift. Arrays as in `_adaptive.advance`.
    """
    # Whatever a neuron needs is read once: every access to an array has to be compiled.
    optimise_for_size()
    inputs = cursor.shape[1]
    fired = 0
    capacity = spikes.shape[1]
    for i in range(first, last):
        a, c, theta, sign = linear[0, i], linear[1, i], linear[2, i], linear[3, i]
        now, low, wake, wake_low = times[0, i], times[1, i], times[2, i], times[3, i]
        k, where = sampling[0, i], sampling[1, i]
        v = x[i]
        burst = 0
        burst_start = -math.inf
        # Under a constant input one interval is like the one before: its crossing is known.
        known_v, known_drive, known = math.nan, math.nan, NEVER
        while now < t_stop and now < t_end:
            # Drive on this stretch, and its end.
            drive = c
            ramp = 0.0
            end = t_end
            for m in range(inputs):
                entry = cursor[0, m, i]
                final = cursor[1, m, i]
                while entry < final and segments[0, entry + 1] <= now:
                    entry += 1
                cursor[0, m, i] = entry
                slope = gain[m, i] * segments[2, entry]
                drive += gain[m, i] * segments[1, entry]
                drive += slope * ((now - segments[0, entry]) + low)
                ramp += slope
                if entry < final:
                    end = min(end, segments[0, entry + 1])
            rest = (wake - now) + (wake_low - low)
            refractory = rest > 0.0
            length = (end - now) - low
            wakes = refractory and rest <= length
            if wakes:
                length = rest
            rate = a
            if refractory and held:
                rate, drive, ramp = 0.0, 0.0, 0.0
            f = rate * v + drive
            fires = False
            early = False
            if spiking and not refractory:
                beyond = sign * (v - theta) >= 0.0
                if beyond and resets:
                    fires = True
                    length = 0.0
                elif beyond:
                    # Without a reset only arrivals count. Stop at a minimum below threshold,
                    # so that the next stretch starts from the silent side.
                    turn = turning_point(f, ramp, rate)
                    if 0.0 < turn < length:
                        if sign * (value(turn, v, drive, ramp, rate) - theta) < 0.0:
                            length = turn
                            early = True
                else:
                    if ramp != 0.0:
                        s = first_crossing(length, v, drive, ramp, rate, theta, sign)
                    else:
                        if v != known_v or drive != known_drive:
                            known_v, known_drive = v, drive
                            known = first_crossing(NEVER, v, drive, 0.0, rate, theta, sign)
                        s = known
                    if s <= length:
                        fires = True
                        length = s
            # Samples on [now, now + length): the state before the event.
            if where >= 0:
                until = n_samples
                if fires or early or wakes or end < t_end:
                    until = min(n_samples, int(min((now + length) / sample_dt, 1e15)) + 2)
                    while until > k and ((until - 1) * sample_dt - now) - low >= length:
                        until -= 1
                trace = out[where]
                if ramp == 0.0 and rate != 0.0:
                    scale = f / rate
                    near = until
                    if rate < 0.0 and f != 0.0:
                        reach = min((now + _DECAYED / rate) / sample_dt, 1e15)
                        near = min(near, int(reach) + 1)
                    near = max(near, k)
                    for j in range(near - k):
                        trace[k + j] = v + scale * expm1(rate * (((k + j) * sample_dt - now) - low))
                    limit = -drive / rate
                    for j in range(near, until):
                        s = (j * sample_dt - now) - low
                        trace[j] = limit + (v - limit) * exp(rate * s)
                else:
                    for j in range(k, until):
                        s = min((j * sample_dt - now) - low, length)
                        trace[j] = value(s, v, drive, ramp, rate)
                k = max(k, until)
            # To the event. The sum is kept as a pair: (now, low) + length.
            if fires:
                if length > 0.0:
                    v = theta
            elif f != 0.0 or ramp != 0.0:
                v = value(length, v, drive, ramp, rate)
            if not abs(v) < math.inf:
                report[status.STATUS], report[status.NEURON] = status.NOT_FINITE, i
                report[status.STATE], report[status.TIME] = 0, now
                return fired
            began = now
            if fires or early:
                now, low = add(now, low, length)
            elif wakes:
                now, low = wake, wake_low
            else:
                now, low = end, 0.0
            if fires:
                if fired < capacity:
                    spikes[0, fired] = now + low
                    spikes[1, fired] = i
                fired += 1
                if resets:
                    v = linear[4, i] * v + linear[5, i]
                if linear[6, i] > 0.0:
                    wake, wake_low = add(now, low, linear[6, i])
                if now - burst_start > status.FOREVER_WINDOW:
                    burst_start, burst = now, 0
                burst += 1
                if burst > status.FOREVER_SPIKES:
                    report[status.STATUS], report[status.NEURON] = status.FIRES_FOREVER, i
                    report[status.TIME] = began
                    return fired
        if now >= t_end and where >= 0:
            # A spike at the very end leaves the last sample to the state after it.
            for j in range(k, n_samples):
                out[where, j] = v
            k = n_samples
        times[0, i], times[1, i], times[2, i], times[3, i] = now, low, wake, wake_low
        sampling[0, i] = k
        x[i] = v
    if fired > capacity:
        report[status.STATUS] = status.SPIKES_FULL
    return fired
