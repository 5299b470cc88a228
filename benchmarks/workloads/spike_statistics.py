"""Statistics of a million spikes, and Victor and Purpura's distance of 5000."""

from frame import Report, spike_times

import excitable as ex
from excitable import kernels
from excitable.recording import SpikeTrain
from excitable.units import Hz, ms

report = Report(ex.__version__)
first, second = (SpikeTrain.from_ms(times, 0.0, 1e7) for times in spike_times())
few, others = (train.between(0 * ms, 50_000 * ms) for train in (first, second))
exponential = kernels.exponential(10 * ms)

TASKS = {
    "intervals": lambda: (first.cv(), first.cv2(), first.lv()),
    "psth": lambda: first.psth(100 * ms),
    "counts": lambda: (
        first.isi_histogram(1 * ms),
        first.fano([10, 100, 1000, 10_000] * ms),
    ),
    "correlogram": lambda: first.autocorrelogram(1 * ms, 100 * ms),
    "spectrum": lambda: first.power_spectrum(500 * Hz, resolution=1 * Hz),
    "convolution": lambda: first.convolve(exponential, dt=10 * ms).values,
    "locking": lambda: first.vector_strength(40 * Hz),
    "van_rossum": lambda: first.van_rossum(second, 10 * ms),
    "gamma": lambda: first.gamma_coincidence(second, 1 * ms),
    "victor_purpura": lambda: few.victor_purpura(others, 100 * Hz),
}
facts = {}
for name, task in TASKS.items():
    task()  # loads what it needs
    for _ in range(3):
        with report.timed(name):
            found = task()
    if name in ("intervals", "van_rossum", "victor_purpura"):
        facts[name] = found
report.send(spikes=first.count, few=few.count, **facts)
