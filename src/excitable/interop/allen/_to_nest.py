"""`to_nest`: a cell as a parameter dictionary of NEST."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from excitable.errors import ParameterError
from excitable.interop.allen._levels import FLAGS, SHORT, flags_of, read_level
from excitable.interop.allen._nest_limits import check_limits
from excitable.interop.allen._nest_names import MODELS, OLD, TEMPLATE
from excitable.interop.allen._population import cells_of

if TYPE_CHECKING:
    from excitable.interop.allen._cell import Cell
    from excitable.model import Model


def to_nest(model: Model, *, name: str = "glif_psc") -> Any:
    """Give a cell as a parameter dictionary of NEST.

    Parameters
    ----------
    model : Model
        A GLIF neuron of one of the five levels.
    name : str
        ``"glif_psc"``, ``"glif_cond"`` or ``"glif_psc_double_alpha"``, which differ in their
        synapses alone; or a template of bmtk such as ``"nest:glif_lif_r_asc_psc"``, which writes
        the older names (`a_spike`, `b_reset`, `k`) that go with it.

    Returns
    -------
    dict, or list of dict
        Parameters in mV, pA, pF, nS, ms with the three switches and, under ``"model"``, the name;
        for an array of cells one dictionary each.

    Raises
    ------
    ModelError
        If the equations are not those of a GLIF neuron.
    ParameterError
        If NEST could not hold the cell: the message names each limit of NEST that it breaks.

    Notes
    -----
    ``nest.Create(parameters.pop("model"), params=parameters)`` makes the neuron. NEST adds the
    reset offset, so that voltage_reset_add is -delta_v; it refuses f_v and f_j outside 0 and 1, a
    reset potential at or above the threshold, a refractory time of 0, and parts in other
    combinations than the five levels. It rounds t_ref to its step, and its theta_v does not see
    currents of synapses. Synapses are not part of a cell: tau_syn is left at NEST's default.

    Examples
    --------
    >>> import excitable as ex
    >>> parameters = to_nest(ex.models.GLIF2)
    >>> parameters["model"], parameters["voltage_reset_add"]
    ('glif_psc', 18.51)
    """
    template = TEMPLATE.fullmatch(name) if isinstance(name, str) else None
    if template is None and name not in MODELS:
        raise ParameterError(
            f"the model of NEST is {name!r:.60}",
            f"{', '.join(MODELS)} or a template of bmtk is expected",
            'Write name="glif_psc"',
            owner="interop.allen.to_nest",
        )
    cells = cells_of(model)
    check_limits(cells, model.name)
    dictionaries = [parameters_of(cell) | {"model": name} for cell in cells]
    if template is not None:
        dictionaries = [
            _under_old_names(d, cell) for d, cell in zip(dictionaries, cells, strict=True)
        ]
    return dictionaries[0] if model.size is None else dictionaries


def parameters_of(cell: Cell) -> dict[str, Any]:
    parameters: dict[str, Any] = {
        "C_m": cell.C,
        "g": cell.g,
        "E_L": cell.E_L,
        "V_th": cell.V_T,
        "V_reset": cell.V_R,
        "t_ref": cell.t_ref,
        "V_m": cell.E_L,
        **flags_of(cell.level),
    }
    if cell.reset:
        parameters |= {
            "voltage_reset_fraction": cell.reset.f_v,
            "voltage_reset_add": -cell.reset.delta_v,
            "th_spike_add": cell.reset.delta_s,
            "th_spike_decay": cell.reset.b_s,
        }
    if cell.currents:
        parameters |= {
            "asc_init": [0.0] * len(cell.currents),
            "asc_decay": [current.k for current in cell.currents],
            "asc_amps": [current.delta for current in cell.currents],
            "asc_r": [current.f for current in cell.currents],
        }
    if cell.adaptation:
        parameters |= {
            "th_voltage_index": cell.adaptation.a_v,
            "th_voltage_decay": cell.adaptation.b_v,
        }
    return parameters


def _under_old_names(parameters: dict[str, Any], cell: Cell) -> dict[str, Any]:
    """The same for a template of bmtk, whose name says the level in place of the switches."""
    name = parameters["model"]
    if read_level(name) != cell.level:
        raise ParameterError(
            f"{name} is the template of level {read_level(name)}",
            f"the cell is of level {cell.level}",
            f'Write name="nest:glif_{SHORT[cell.level]}_psc"',
            owner=cell.name,
        )
    kept = {key: value for key, value in parameters.items() if key not in FLAGS}
    return {OLD.get(key, key): value for key, value in kept.items()}
