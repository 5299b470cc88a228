"""Several steps at once, for inputs with equally spaced breaks.

Over a block of steps everything is linear in the state at its start and the inputs during it, so
one product with a table prepared for each parameter set gives the distance to threshold after every
step and the change of the state. A bound on the curvature of the distance, linear in the sizes of
state and inputs, proves that nothing was crossed between the ends of the steps; where it does not,
the block is left to single steps.
"""

from numba import njit

from excitable.numerics._exact_series import degree_of, distance, evaluate, expand
from excitable.numerics._exact_tables import STEPS, WIDTH
from excitable.numerics._hints import keep_apart, stay_small
from excitable.numerics._options import HELPER


@njit(**HELPER)
def combine(table, z, first, last, found):
    """Product of a row and some columns of a table; of each eight rows the sum stays at hand."""
    keep_apart()
    for q in range(first, last):
        found[q] = table[0, q]
    for k in range(1, table.shape[0], WIDTH):
        a, b, c, d = z[k], z[k + 1], z[k + 2], z[k + 3]
        e, f, g, h = z[k + 4], z[k + 5], z[k + 6], z[k + 7]
        for q in range(first, last):
            total = found[q] + table[k, q] * a
            total += table[k + 1, q] * b
            total += table[k + 2, q] * c
            total += table[k + 3, q] * d
            total += table[k + 4, q] * e
            total += table[k + 5, q] * f
            total += table[k + 6, q] * g
            found[q] = total + table[k + 7, q] * h


@njit(**HELPER)
def gather(i, now, t_end, weights, ahead, aligned, times, level, slope, cursor, shift, z):
    """Put the inputs of the next block into z; give its end, or `now` if there is none, and margin.

    A block needs an input with breaks at `now` and after each of the next steps, and the others
    either the same breaks or none.
    """
    keep_apart()
    inputs = cursor.shape[1]
    end = now
    for m in range(inputs):
        k = cursor[0, m, i] - shift[m, i]
        if aligned[m, i] and ahead[k] and times[k] == now:
            end = times[k + STEPS]
    margin = weights[0]
    if end == now or end > t_end:
        return now, margin
    for m in range(inputs):
        entry = cursor[0, m, i]
        k = entry - shift[m, i]
        moves = aligned[m, i] and ahead[k] and times[k] == now
        if moves and times[k + STEPS] != end:
            return now, margin
        if not moves and entry < cursor[1, m, i] and times[k + 1] < end:
            return now, margin
        stride = 1 if moves else 0
        row = 1 + m * STEPS
        largest = 0.0
        for q in range(STEPS):
            u = level[entry + stride * q]
            z[row + q] = u
            largest = max(largest, abs(u))
        if slope is not None:
            largest, steep = _lean(z, row, row + inputs * STEPS, slope, entry, stride, end, now,
                                   times[k])  # fmt: skip
            margin += weights[1 + inputs + m] * steep
        margin += weights[1 + m] * largest
    return end, margin


@njit(**HELPER)
def _lean(z, row, steep_row, slope, entry, stride, end, now, begin):
    """Add slopes to the inputs of a block; give the largest size of input and slope."""
    stay_small()
    width = (end - now) / STEPS
    since = 0.0 if stride == 1 else now - begin
    largest = 0.0
    steep = 0.0
    for q in range(STEPS):
        rise = slope[entry + stride * q]
        z[steep_row + q] = rise
        z[row + q] += rise * since
        largest = max(largest, abs(z[row + q]), abs(z[row + q] + rise * width))
        steep = max(steep, abs(rise))
        if stride == 0:
            since += width
    return largest, steep


@njit(**HELPER)
def stride(
    i, now, t_stop, t_end, spiking, normal, theta, blocks,
    times, level, slope, cursor, shift, x, z, found, A, drive, size,
    sampling, sample_dt, n_samples, kept, out, series, b, r, here,
):  # fmt: skip
    """Carry neuron i over blocks from a break at `now` on; give the time it came to."""
    keep_apart()
    which, tables, all_weights, ahead, aligned = blocks
    table, weights = tables[which[i]], all_weights[which[i]]
    n, inputs = x.shape[0], cursor.shape[1]
    padded = (n + WIDTH - 1) // WIDTH * WIDTH
    states = table.shape[0] - padded
    base = 1 + 2 * inputs
    z[0] = 1.0
    while now < t_stop:
        end, margin = gather(
            i, now, t_end, weights, ahead, aligned, times, level, slope, cursor, shift, z
        )  # fmt: skip
        if end == now:
            return now
        for j in range(n):
            z[states + j] = x[j]
            margin += weights[base + j] * abs(x[j] - weights[base + n + j])
        combine(table, z, 0, STEPS + padded, found)
        done = STEPS
        if spiking:
            above = distance(normal, theta, x)
            for q in range(STEPS):
                if not (max(above, found[q]) + margin < 0.0):
                    done = q
                    break
                above = found[q]
        if done == 0:
            return now
        for m in range(inputs):
            k = cursor[0, m, i] - shift[m, i]
            if aligned[m, i] and ahead[k] and times[k] == now:
                cursor[0, m, i] += done
                end = times[k + done]
        if sampling[1, i] >= 0 and sampling[0, i] < n_samples and sampling[0, i] * sample_dt < end:
            combine(table, z, STEPS + padded, STEPS * (1 + padded), found)
            _sample(
                i, now, end, done, slope, x, z, found, A, drive, size,
                sampling, sample_dt, n_samples, kept, out, series, b, r, here,
            )  # fmt: skip
        if done < STEPS:
            _walk(done, states, n, table, z, found, x)
            return end
        for j in range(n):
            x[j] += found[STEPS + j]
        now = end
    return now


@njit(**HELPER)
def _walk(steps, states, n, table, z, found, x):
    """Take the first steps of a block one by one."""
    stay_small()
    first = STEPS + table.shape[0] - states
    for _ in range(steps):
        combine(table, z, first, 2 * first - STEPS, found)
        for j in range(n):
            x[j] += found[first + j]
            z[states + j] = x[j]
        # Only the inputs of the first step count.
        for q in range(1, states - 1):
            z[q] = z[q + 1]


@njit(**HELPER)
def _sample(
    i, now, end, done, slope, x, z, found, A, drive, size,
    sampling, sample_dt, n_samples, kept, out, series, b, r, here,
):  # fmt: skip
    """Record what falls into a block, from the states at the ends of its steps."""
    stay_small()
    n, inputs = x.shape[0], drive.shape[0] - 1
    padded = (n + WIDTH - 1) // WIDTH * WIDTH
    width = (end - now) / done
    k, column = sampling[0, i], sampling[1, i]
    while k < n_samples and k * sample_dt < end:
        t = k * sample_dt - now
        step = min(max(int(t / width), 0), done - 1)
        # Within rounding of the end of a step, that end is meant.
        if step + 1 < done and t - (step + 1) * width > -4e-16 * end:
            step += 1
        rest = t - step * width
        for j in range(n):
            here[j] = x[j]
            if step > 0:
                here[j] += found[STEPS + padded * step + j]
        if rest > 4e-16 * end:
            for j in range(n):
                b[j], r[j] = drive[0, j], 0.0
            for m in range(inputs):
                row = 1 + m * STEPS + step
                for j in range(n):
                    b[j] += drive[m + 1, j] * z[row]
                    if slope is not None:
                        r[j] += drive[m + 1, j] * z[row + inputs * STEPS]
            degree = degree_of(size * rest, n)
            expand(A, here, b, r, rest, degree, series)
            evaluate(series, degree, 1.0, here)
        for q in range(kept.size):
            out[q, column, k] = here[kept[q]]
        k += 1
    sampling[0, i] = k
