"""`write`: a cell as a `neuron_config`."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any

from excitable import units
from excitable.errors import ParameterError
from excitable.files import write_bytes
from excitable.interop.allen._config import MILLI, NANO, PICO
from excitable.interop.allen._population import cells_of

if TYPE_CHECKING:
    from os import PathLike

    from excitable.interop.allen._cell import Cell
    from excitable.model import Model

STEP = "0.05 ms"
"""The step in which the database counts refractory times."""

_WHOLE = 1e-9


def write(model: Model, path: str | PathLike[str], *, dt: Any = STEP) -> None:
    """Write cells to a `neuron_config` file of the Allen Cell Types Database.

    Parameters
    ----------
    model : Model
        A GLIF neuron; an array of values means one cell per element.
    path : path-like
        Where to; a file that is there is replaced.
    dt : Quantity or str
        The step of the file: the refractory time is counted in it.

    Raises
    ------
    ModelError
        If the equations are not those of a GLIF neuron.
    ParameterError
        If the refractory time is no whole number of steps.
    FileError
        If the file cannot be written; nothing is half written.

    Notes
    -----
    One cell is written bare; several are keyed by their names, each with all parts of the model.
    Numbers are in SI units, all factors in `coeffs` are 1, and the start is at rest. `read` gives
    the same model back, to one part in 1e12. Where V_R is not E_L, the reset is the line v_before
    with slope 0.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> from excitable.interop import allen
    >>> from excitable.models import GLIF5
    >>> with TemporaryDirectory() as folder:
    ...     write(GLIF5, f"{folder}/cell.json")
    ...     str(allen.read(f"{folder}/cell.json")["t_ref"])
    '3.75 ms'
    """
    write_bytes(path, (json.dumps(to_config(model, dt=dt), indent=2) + "\n").encode())


def to_config(model: Model, *, dt: Any = STEP) -> dict[str, Any]:
    """Give a cell as the content of a `neuron_config`.

    Parameters
    ----------
    model, dt
        As for `write`.

    Returns
    -------
    dict
        The fields of one cell; of several, a table of them keyed by their names.

    Raises
    ------
    ModelError, ParameterError
        As `write` does.

    Examples
    --------
    >>> import excitable as ex
    >>> to_config(ex.models.GLIF1)["spike_cut_length"]
    75
    """
    step = units.strip(dt, units.TIME, "interop.allen.write.dt")
    if not isinstance(step, float) or not step > 0.0:
        raise ParameterError(
            f"dt is {dt!s:.40}",
            "one time above zero is expected",
            f'Write dt="{STEP}"',
            owner="interop.allen.write",
        )
    cells = cells_of(model)
    if model.size is None:
        return _config(cells[0], step)
    names = [cell.name for cell in cells]
    if len(set(names)) < len(names):
        names = [f"{number}_{name}" for number, name in enumerate(names)]
    return {name: _config(cell, step) for name, cell in zip(names, cells, strict=True)}


def _config(cell: Cell, dt: float) -> dict[str, Any]:
    th_inf = (cell.V_T - cell.E_L) / MILLI
    currents = cell.currents or ()
    spike, spike_name, after_name = {}, "inf", "inf"
    after = {}
    if cell.reset or cell.adaptation:
        # Without reset rules the jumping part is there and never jumps.
        delta_s, b_s = (cell.reset.delta_s, cell.reset.b_s) if cell.reset else (0.0, 1.0)
        after = {"a_spike": delta_s / MILLI, "b_spike": b_s * MILLI}
        a_v, b_v = cell.adaptation or (0.0, 0.0)
        spike = after | {"a_voltage": a_v * MILLI, "b_voltage": b_v * MILLI}
        spike_name = "three_components_exact" if cell.adaptation else "spike_component"
        after_name = "three_components"
    line = {}
    if cell.reset:
        line = {"a": cell.reset.f_v, "b": -cell.reset.delta_v / MILLI}
    elif cell.V_R != cell.E_L:
        line = {"a": 0.0, "b": (cell.V_R - cell.E_L) / MILLI}
    fractions = {"r": [each.f for each in currents]} if currents else {}
    return {
        "type": "GLIF",
        "El_reference": cell.E_L / MILLI,
        "El": 0.0,
        "C": cell.C / PICO,
        "R_input": NANO / cell.g,
        "th_inf": th_inf,
        "spike_cut_length": _steps(cell, dt),
        "dt": dt / MILLI,
        "asc_amp_array": [each.delta / PICO for each in currents],
        "asc_tau_array": [1.0 / (each.k * MILLI) for each in currents],
        "init_voltage": 0.0,
        "init_threshold": th_inf,
        "init_AScurrents": [0.0] * len(currents),
        "voltage_dynamics_method": _method("linear_forward_euler"),
        "voltage_reset_method": _method("v_before" if line else "zero", line),
        "threshold_dynamics_method": _method(spike_name, spike),
        "threshold_reset_method": _method(after_name, after),
        "AScurrent_dynamics_method": _method("exp" if currents else "none"),
        "AScurrent_reset_method": _method("sum" if currents else "none", fractions),
        "coeffs": {"C": 1.0, "G": 1.0, "th_inf": 1.0, "a": 1.0, "b": 1.0}
        | {"asc_amp_array": [1.0] * len(currents)},
        "dt_multiplier": 10,
        "extrapolation_method_name": "endpoints",
        "th_adapt": None,
    }


def _method(name: str, params: dict[str, Any] | None = None) -> dict[str, Any]:
    return {"name": name, "params": params or {}}


def _steps(cell: Cell, dt: float) -> int:
    steps = round(cell.t_ref / dt)
    if abs(steps * dt - cell.t_ref) <= _WHOLE * max(cell.t_ref, dt):
        return steps
    near = f'dt="{cell.t_ref / math.ceil(cell.t_ref / dt):.12g} ms"'
    rounded = f't_ref="{max(steps, 1) * dt:.12g} ms"'
    raise ParameterError(
        f"{cell.t_ref:.12g} ms is {cell.t_ref / dt:.6g} steps of {dt:.12g} ms",
        "the file counts the refractory time in whole steps",
        f"Write {near}, or a cell with {rounded}",
        owner=cell.name,
        name="t_ref",
    )
