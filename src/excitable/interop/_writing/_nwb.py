"""A run as an NWB file."""

from __future__ import annotations

import uuid
import warnings
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import numpy as np

from excitable import units
from excitable.files import atomic
from excitable.interop._extra import extra
from excitable.interop._writing._dataset import attributes

if TYPE_CHECKING:
    import os

    from excitable.recording import Run

# NWB wants SI units, and a factor from what is stored to them.
_SI = {
    "mV": ("volts", 1e-3),
    "pA": ("amperes", 1e-12),
    "nS": ("siemens", 1e-9),
    "pF": ("farads", 1e-12),
    "ms": ("seconds", 1e-3),
}


def to_nwb(
    run: Run, path: str | os.PathLike[str], *, session_start: datetime | None = None
) -> None:
    """Write a run to an NWB file, whole or not at all.

    Parameters
    ----------
    run : Run
        What to write.
    path : str or Path
        Name of the file, usually ending in ``.nwb``.
    session_start : datetime, optional
        When the experiment began, which the format demands; now, if left out.

    Raises
    ------
    MissingExtraError
        If pynwb is not installed.
    FileError
        If the file cannot be written; then nothing is left behind.

    Notes
    -----
    Recorded quantities are time series under acquisition, inputs under stimulus, with several
    neurons as columns; spikes stand in the table of units, one for each neuron, in seconds.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> import excitable as ex
    >>> from excitable.interop import read_current
    >>> run = ex.simulate(ex.LIF, "50 ms", I=ex.step("400 pA", start="10 ms"))
    >>> with TemporaryDirectory() as folder:
    ...     to_nwb(run, f"{folder}/run.nwb")
    ...     read_current(f"{folder}/run.nwb", "I")[0]
    trace(<501 values in A>, dt=0.1 ms)
    """
    pynwb = extra("pynwb", "nwb", "an NWB file")
    facts = "; ".join(f"{name}: {value}" for name, value in attributes(run).items())
    with warnings.catch_warnings():
        # pynwb advises on fields that a simulation has none of, such as the subject's age.
        warnings.simplefilter("ignore")
        file = pynwb.NWBFile(
            session_description=f"simulation of {run.name}",
            identifier=str(uuid.uuid4()),
            session_start_time=session_start or datetime.now(UTC),
            notes=facts,
        )
        for name, array in run.values.items():
            shown = units.attach(array, run.units[name]).magnitude
            file.add_acquisition(_series(pynwb, run, name, shown, run.units[name]))
        if run.neurons:
            neurons = np.asarray(next(iter(run.neurons.values())))
            for name, signal in run.inputs.items():
                driven = run.input(name, neurons).magnitude
                file.add_stimulus(_series(pynwb, run, name, driven, signal.unit))
        window = [float(run.spikes.start.magnitude) / 1e3, float(run.spikes.stop.magnitude) / 1e3]
        for neuron, train in enumerate(run.spikes):
            file.add_unit(spike_times=train.times_ms / 1e3, obs_intervals=[window], id=neuron)
        with atomic(path) as fresh, pynwb.NWBHDF5IO(str(fresh), "w") as out:
            out.write(file)


def _series(pynwb: Any, run: Run, name: str, values: np.ndarray, unit: str) -> Any:
    si, conversion = _SI.get(unit, (unit or "1", 1.0))
    t = run.t_ms
    steps = np.diff(t)
    interval = float(run.settings.get("record_dt", steps[0] if steps.size else 1.0))
    even = steps.size > 0 and bool(np.abs(steps - interval).max() < 1e-6 * interval)
    sampling: dict[str, Any] = {"timestamps": t / 1e3}
    if even:
        sampling = {"starting_time": float(t[0]) / 1e3, "rate": 1e3 / interval}
    return pynwb.TimeSeries(
        name=name,
        data=values[:, 0] if run.single else values,
        unit=si,
        conversion=conversion,
        **sampling,
    )
