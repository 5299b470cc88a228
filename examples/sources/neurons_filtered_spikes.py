"""A spike train filtered by a synapse: s = a * h, a kernel for each spike, summed."""

from picture import COLOURS, QUIET, panels

import excitable as ex
from excitable.units import ms

train = ex.SpikeTrain([40, 105, 180, 240, 258, 270, 285, 296] * ms, stop=450 * ms)
kernel = ex.kernels.exponential(25 * ms)
total = train.convolve(kernel, dt=0.5 * ms)

with panels(size=(5.4, 2.4)) as axes:
    for time in train.times:
        alone = ex.SpikeTrain([time.m] * ms, stop=450 * ms).convolve(kernel, dt=1 * ms)
        late = alone.t >= time
        axes.plot(alone.t.m[late], alone.values.m[late], color=QUIET, linewidth=0.5)
    axes.plot(total.t.m, total.values.m, color=COLOURS[0], linewidth=1.5, label="$s = a * h$")
    axes.vlines(train.times.m, 0, 110, color=COLOURS[1], linewidth=1, label="spikes $a$")
    axes.set(xlabel="time (ms)", ylabel="$s$ (1/s)", xlim=(0, 450), ylim=(0, None))
    axes.legend(loc="upper right")
