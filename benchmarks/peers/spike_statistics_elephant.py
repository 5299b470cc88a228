"""Statistics of a million spikes in Elephant: the one named on the command line."""

import sys
import warnings

import elephant
import neo
import quantities as pq
from elephant import conversion, spectral, spike_train_correlation, spike_train_dissimilarity
from elephant import statistics as of_trains
from frame import Report, spike_times

warnings.simplefilter("ignore")
report = Report(elephant.__version__)
task = sys.argv[1]
first, second = (neo.SpikeTrain(times * pq.ms, t_stop=1e7 * pq.ms) for times in spike_times())
few, others = (train.time_slice(0 * pq.ms, 50_000 * pq.ms) for train in (first, second))


def binned(train):
    return conversion.BinnedSpikeTrain(train, bin_size=1 * pq.ms)


def intervals():
    gaps = of_trains.isi(first)
    return float(of_trains.cv(gaps)), float(of_trains.cv2(gaps)), float(of_trains.lv(gaps))


def spectrum():
    signal = neo.AnalogSignal(
        binned(first).to_array()[0].astype(float), units="dimensionless", sampling_rate=1 * pq.kHz
    )
    return spectral.welch_psd(signal, frequency_resolution=1 * pq.Hz)


TASKS = {
    "intervals": intervals,
    "psth": lambda: of_trains.time_histogram([first], 100 * pq.ms),
    "correlogram": lambda: spike_train_correlation.cross_correlation_histogram(
        binned(first), binned(first), window=[-100, 100]
    ),
    "spectrum": spectrum,
    "van_rossum": lambda: spike_train_dissimilarity.van_rossum_distance(
        [first, second], 10 * pq.ms
    ),
    "victor_purpura": lambda: spike_train_dissimilarity.victor_purpura_distance(
        [few, others], 100 * pq.Hz
    ),
}
with report.timed():
    found = TASKS[task]()
facts = {}
if task == "intervals":
    facts[task] = found
elif task in ("van_rossum", "victor_purpura"):
    facts[task] = float(found[0, 1])
report.send(spikes=len(first), few=len(few), **facts)
