"""A run in one netCDF-4 file, and back, to the last bit."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from excitable.errors import ExcitableError, FileError
from excitable.files import write_bytes
from excitable.interop._writing._seal import check_seal, seal
from excitable.recording import InputSignal, Run, Scheme, Spikes
from excitable.stimuli import Oscillation, PiecewiseInput

if TYPE_CHECKING:
    import os

FORMAT = "excitable run"
VERSION = 1

# Names with two underscores cannot be those of states: the model language refuses them.
_WAVE = ("amplitude", "phase", "omega", "rate", "growth", "start", "stop")
_TABLE = ("offsets", "times", "level", "slope", "table_of")
_TEXTS = ("name", "start", "stopped")
_ATTRIBUTES = (*_TEXTS, "scheme", "scheme_why", "settings", "model", "recorded", "inputs")

# What h5py and its layers raise for files that are damaged in one place or another.
_BROKEN = (OSError, RuntimeError, KeyError, ValueError, TypeError, AttributeError, IndexError)


def save(run: Run, path: str | os.PathLike[str]) -> None:
    """Write a run to a netCDF file, whole or not at all.

    Parameters
    ----------
    run : Run
        What to keep.
    path : str or Path
        Name of the file, usually ending in ``.nc``; one that exists is replaced.

    Raises
    ------
    FileError
        If the file cannot be written; then nothing is left behind.

    Notes
    -----
    The file is netCDF-4 (HDF5) and opens in xarray and others. Attributes of the file:
    ``format`` is "excitable run", ``format_version`` is 1; ``name``, ``scheme``, ``scheme_why``,
    ``start``, ``stopped``, ``single``; ``settings``, ``model``, and the names ``recorded`` and
    ``inputs`` are JSON. Variables, all in the
    internal units (ms, mV, pA, nS, uA/cm2): ``t`` (t) holds absolute times in ms; each recorded
    quantity has its own name, shape (t, NAME__neuron), an attribute ``shown_in`` with the unit to
    show it in, and the numbers of its neurons in the coordinate ``NAME__neuron``.
    ``spikes__times`` in ms are grouped by neuron, and neuron i owns
    ``spikes__times[spikes__offsets[i]:spikes__offsets[i + 1]]``. Each input is kept as the tables
    that drove the run, ``input__NAME__times`` and so on, as `PiecewiseInput` describes them.
    Behind the end of HDF5, which others ignore, stands a checksum (SHA-256) of the file.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> import excitable as ex
    >>> run = ex.simulate(ex.LIF, "50 ms", I="400 pA")
    >>> with TemporaryDirectory() as folder:
    ...     save(run, f"{folder}/run.nc")
    ...     bool((load(f"{folder}/run.nc").v == run.v).all())
    True
    """
    # Built in memory, because HDF5 does not recover from a disk that is full.
    buffer = io.BytesIO()
    _write(run, buffer)
    data = buffer.getbuffer()
    write_bytes(path, data, seal(data))


def load(path: str | os.PathLike[str]) -> Run:
    """Read back a run that `save` wrote.

    Parameters
    ----------
    path : str or Path
        Name of the file.

    Returns
    -------
    Run
        The run, with its model, inputs and settings.

    Raises
    ------
    FileError
        If there is no such file, it is truncated, or it does not hold a run.

    Examples
    --------
    >>> load("nowhere.nc")
    Traceback (most recent call last):
        ...
    excitable.errors.FileError: nowhere.nc: there is no such file; ...
    """
    place = Path(path).expanduser()
    if not place.is_file():
        found = "this is a folder" if place.is_dir() else "there is no such file"
        write = "Write the name of a file that run.save made"
        raise FileError(found, "a saved run is expected", write, owner=str(place))
    # Read as what netCDF-4 is underneath: for damaged files h5netcdf warns from its destructor.
    import h5py

    try:
        check_seal(place)
        with h5py.File(place, "r") as file:
            _check_format(place, file.attrs)
            return _read(file)
    except FileError:
        raise
    except (*_BROKEN, ExcitableError) as error:
        raise FileError(
            "it is damaged or not a saved run",
            "a file that run.save made is expected",
            "Save the run again",
            owner=str(place),
        ) from error


def _check_format(place: Path, attributes: Any) -> None:
    if _text(attributes.get("format")) != FORMAT:
        raise FileError(
            "it is a netCDF file of another kind",
            "a file that run.save made is expected",
            "Read it with xarray.open_dataset, or as a recording with ex.interop.read_current",
            owner=str(place),
        )
    version = _whole(attributes["format_version"])
    if version > VERSION:
        raise FileError(
            f"its format has version {version}",
            f"this version of the package reads up to {VERSION}",
            "Write pip install --upgrade excitable",
            owner=str(place),
        )


def _write(run: Run, buffer: io.BytesIO) -> None:
    import h5netcdf

    with h5netcdf.File(buffer, "w") as file:
        file.attrs["format"] = FORMAT
        file.attrs["format_version"] = VERSION
        for name in _TEXTS:
            file.attrs[name] = getattr(run, name) or ""
        file.attrs["scheme"] = run.scheme.name
        file.attrs["scheme_why"] = run.scheme.why
        file.attrs["single"] = int(run.single)
        file.attrs["settings"] = json.dumps(run.settings, default=_plain)
        file.attrs["model"] = "" if run.model is None else json.dumps(run.model.to_dict())
        t = _put(file, "t", ("t",), run.t_ms)
        t.attrs["units"] = "ms"
        file.attrs["recorded"] = json.dumps(list(run.values))
        file.attrs["inputs"] = json.dumps(list(run.inputs))
        for name, array in run.values.items():
            variable = _put(file, name, ("t", f"{name}__neuron"), array)
            variable.attrs["shown_in"] = run.units[name]
            _put(file, f"{name}__neuron", (f"{name}__neuron",), run.neurons[name])
        spikes = run.spikes
        _put(file, "spikes__times", ("spikes__index",), spikes.grouped_ms)
        _put(file, "spikes__offsets", ("spikes__bound",), spikes.offsets)
        window = [float(spikes.start.magnitude), float(spikes.stop.magnitude)]
        _put(file, "spikes__window", ("spikes__end",), np.array(window))
        for name, signal in run.inputs.items():
            _write_input(file, f"input__{name}", signal)


def _write_input(file: Any, name: str, signal: InputSignal) -> None:
    table = signal.signal
    if not isinstance(table, PiecewiseInput):
        raise FileError(
            f"{name.removeprefix('input__')} is a {type(table).__name__}",
            "inputs are kept as the tables that drove the run",
            "Write lower(stimulus, ...) of it into the run",
        )
    dims = {"offsets": "bound", "table_of": "neuron"}
    for part in _TABLE:
        dimension = f"{name}__{dims.get(part, 'segment')}"
        variable = _put(file, f"{name}__{part}", (dimension,), getattr(table, part))
        variable.attrs["shown_in"] = signal.unit
    for part in _WAVE if table.oscillations else ():
        waves = np.stack([getattr(wave, part) for wave in table.oscillations])
        _put(file, f"{name}__wave__{part}", (f"{name}__wave", f"{name}__neuron"), waves)


def _put(file: Any, name: str, dimensions: tuple[str, ...], array: np.ndarray) -> Any:
    values = np.ascontiguousarray(array)
    for dimension, size in zip(dimensions, values.shape, strict=True):
        if dimension not in file.dimensions:
            # A dimension of size 0 would mean an unlimited one: it is 1, and marked as empty.
            file.dimensions[dimension] = max(size, 1)
    if values.size == 0:
        padded = np.zeros([max(size, 1) for size in values.shape], dtype=values.dtype)
        variable = file.create_variable(name, dimensions, data=padded)
        variable.attrs["shape"] = np.array(values.shape, dtype=np.int64)
        return variable
    return file.create_variable(name, dimensions, data=values)


def _get(file: Any, name: str) -> np.ndarray:
    variable = file[name]
    values = np.asarray(variable[...])
    if "shape" not in variable.attrs:
        return values
    return np.zeros([int(size) for size in variable.attrs["shape"]], dtype=values.dtype)


def _read(file: Any) -> Run:
    texts = {name: _text(file.attrs[name]) for name in _ATTRIBUTES}
    names = json.loads(texts["recorded"])
    t = _get(file, "t")
    values = {name: _get(file, name) for name in names}
    if any(len(array) != t.size for array in values.values()):
        raise ValueError("what was recorded and the times differ in length")
    start, stop = _get(file, "spikes__window")
    spikes = Spikes(
        _get(file, "spikes__times"), _get(file, "spikes__offsets"), start=start, stop=stop
    )
    return Run(
        name=texts["name"],
        model=_model(texts["model"]),
        t=t,
        values=values,
        units={name: _text(file[name].attrs["shown_in"]) for name in names},
        neurons={name: _get(file, f"{name}__neuron") for name in names},
        spikes=spikes,
        inputs={name: _read_input(file, name) for name in json.loads(texts["inputs"])},
        scheme=Scheme(texts["scheme"], texts["scheme_why"]),
        start=texts["start"],
        settings=json.loads(texts["settings"]),
        single=bool(_whole(file.attrs["single"])),
        stopped=texts["stopped"] or None,
    )


def _whole(value: Any) -> int:
    """Whole number of an attribute; netCDF keeps numbers as arrays of one."""
    return int(np.reshape(value, -1)[0])


def _text(value: Any) -> str:
    """Text of an attribute; one of no characters comes back as an empty mark."""
    return value.decode() if isinstance(value, bytes) else value if isinstance(value, str) else ""


def _read_input(file: Any, name: str) -> InputSignal:
    prefix = f"input__{name}"
    tables = [_get(file, f"{prefix}__{part}") for part in _TABLE]
    waves: tuple[Oscillation, ...] = ()
    if f"{prefix}__wave__amplitude" in file:
        parts = [_get(file, f"{prefix}__wave__{part}") for part in _WAVE]
        waves = tuple(Oscillation(*rows) for rows in zip(*parts, strict=True))
    unit = _text(file[f"{prefix}__level"].attrs["shown_in"])
    return InputSignal(PiecewiseInput(*tables, oscillations=waves), unit)


def _model(text: str) -> Any:
    if not text:
        return None
    from excitable.model import Model

    return Model.from_dict(json.loads(text))


def _plain(value: Any) -> Any:
    return value.item() if isinstance(value, np.generic) else str(value)
