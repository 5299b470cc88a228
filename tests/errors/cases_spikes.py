"""Messages of files of spikes."""

from contextlib import chdir
from pathlib import Path
from tempfile import TemporaryDirectory

from excitable import trains
from excitable.interop import read_spikes, spikes_from_neo, write_spikes


def reading(text, name="spikes.csv", **options):
    """Read a file that holds a text, in a folder of its own, so that names are short and fixed."""

    def case():
        with TemporaryDirectory() as folder, chdir(folder):
            if text is not None:
                Path(name).write_text(text)
            read_spikes(name, **options)

    return case


CASES = [
    ("spikes: no file", reading(None)),
    ("spikes: unknown format", reading("1", "spikes.xyz")),
    ("spikes: empty", reading("")),
    ("spikes: no unit", reading("1\n2\n")),
    ("spikes: no number", reading("time_ms\n1\nx\n")),
    ("spikes: NaN", reading("time_ms\nnan\n")),
    ("spikes: a short line", reading("neuron,time_ms\n1,2\n3\n")),
    ("spikes: many columns", reading("a,b,time_ms\n1,2,3\n")),
    ("spikes: no times", reading("v_mV\n1\n")),
    ("spikes: a bad comment", reading("# stop_ms = 1.2.3\ntime_ms\n1\n")),
    ("spikes: a neuron too many", reading("# neurons = 2\nneuron,time_ms\n5,1\n")),
    ("spikes: not NWB", reading("no hdf5", "spikes.nwb")),
    ("spikes: outside", reading("time_ms\n50\n", stop="10 ms")),
    ("spikes: to another format", lambda: write_spikes(trains.regular("9 Hz", "1 s"), "s.pkl")),
    ("spikes: not neo", lambda: spikes_from_neo([1, 2])),
]
