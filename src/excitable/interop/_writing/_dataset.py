"""A run as an xarray data set."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from excitable import units

if TYPE_CHECKING:
    from excitable.recording import Run


def to_xarray(run: Run) -> Any:
    """Give a run as an xarray data set.

    Parameters
    ----------
    run : Run
        What to convert.

    Returns
    -------
    xarray.Dataset
        Each recorded quantity over ``time`` (ms) and, for several neurons, ``neuron``; each input
        under its name, over ``time``, for the same neurons; ``spike_times`` (ms) over ``spike``,
        with the coordinate ``spike_neuron``. Units stand in ``attrs["units"]`` of each.

    Notes
    -----
    If quantities were recorded of different neurons, each has a dimension of its own,
    ``neuron_NAME``.

    Examples
    --------
    >>> import excitable as ex
    >>> data = to_xarray(ex.simulate(ex.LIF, "50 ms", I="400 pA"))
    >>> data["v"].dims, data["v"].attrs["units"]
    (('time',), 'mV')
    """
    import xarray

    coordinates: dict[str, Any] = {"time": ("time", run.t_ms, {"units": "ms"})}
    variables: dict[str, Any] = {}
    shared = _shared_neurons(run)
    for name in run.values:
        dimension = "neuron" if shared is not None else f"neuron_{name}"
        dims = ("time",) if run.single else ("time", dimension)
        if not run.single:
            coordinates[dimension] = (dimension, run.neurons[name])
        shown = units.attach(run.bare(name), run.units[name]).magnitude
        variables[name] = (dims, shown, {"units": run.units[name]})
    if shared is not None:
        for name, signal in run.inputs.items():
            if name in variables:
                continue
            dims = ("time",) if run.single else ("time", "neuron")
            values = run.input(name, int(shared[0]) if run.single else shared).magnitude
            variables[name] = (dims, values, {"units": signal.unit})
    spikes = run.spikes
    ids = np.repeat(np.arange(len(spikes)), spikes.counts())
    coordinates["spike_neuron"] = ("spike", ids)
    variables["spike_times"] = ("spike", spikes.grouped_ms, {"units": "ms"})
    return xarray.Dataset(variables, coordinates, attributes(run))


def attributes(run: Run) -> dict[str, Any]:
    """How a run was made, as plain values."""
    settings = {
        name: value for name, value in run.settings.items() if isinstance(value, int | float | str)
    }
    stopped = {"stopped": run.stopped} if run.stopped else {}
    return {
        "model": run.name,
        "scheme": run.scheme.name,
        "scheme_why": run.scheme.why,
        "start": run.start,
        **settings,
        **stopped,
    }


def _shared_neurons(run: Run) -> np.ndarray | None:
    """Neurons that everything was recorded of; None if they differ or nothing was recorded."""
    every = list(run.neurons.values())
    if not every or not all(np.array_equal(some, every[0]) for some in every):
        return None
    return np.asarray(every[0])
