"""`from_nir`: the neurons of a graph as a model."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import numpy as np

from excitable import units
from excitable.errors import FileError, ModelError
from excitable.interop._extra import extra
from excitable.interop._nir._scales import inward, scales

if TYPE_CHECKING:
    from collections.abc import Mapping

    from excitable.model import Model

_BORDER = ("Input", "Output")
_NEURONS = ("LIF", "LI", "IF")
_SYNAPTIC = ("CubaLIF", "CubaLI")


def from_nir(
    source: Any,
    *,
    node: str | None = None,
    time: str | None = None,
    voltage: str | None = None,
    current: str | None = None,
) -> Model:
    """Read the neurons of a NIR graph.

    Parameters
    ----------
    source : nir.NIRGraph, nir.NIRNode or path
        A graph, one of its nodes, or a file that ``nir.write`` wrote.
    node : str, optional
        The name of the node to read; needed where a graph holds more than one node of neurons, or
        anything beside them.
    time, voltage, current : str, optional
        In which units its numbers are meant. If not given, as the graph's metadata says (those that
        `to_nir` writes do), else second, volt and ampere.

    Returns
    -------
    Model
        `LIF` for an ``LIF`` node; a leaky integrator that does not fire for an ``LI``; a perfect
        integrator for an ``IF``. Parameters are numbers for one neuron, else arrays in the order of
        the node's flattened shape; the refractory time is 0.

    Raises
    ------
    FileError
        If a file is not a NIR graph.
    ModelError
        If there is no node of that kind or name, or several to choose from.
    UnitError
        If a unit is of another dimension.
    MissingExtraError
        If the package nir is not installed.

    Notes
    -----
    NIR fixes no units: what the numbers mean is between those who write and read a graph. Toolkits
    for machine learning write tau in seconds and a threshold of 1 without unit: say
    ``voltage="mV", current="nA"`` to have it as 1 mV, with r then in MOhm. ``CubaLIF`` nodes are
    not read: they hold a synapse whose weight w_in programs scale in different ways.
    Source: Pedersen et al. (2024).

    Examples
    --------
    >>> from excitable.interop import to_nir
    >>> from excitable.models import LIF
    >>> cell = from_nir(to_nir(LIF(tau_m="10 ms", t_ref="0 ms")))
    >>> print(cell["tau_m"], cell["V_T"])
    10.0 ms -50.0 mV
    """
    nir = extra("nir", "nir", "reading a NIR graph")
    graph = _opened(nir, source) if isinstance(source, str | os.PathLike) else source
    chosen = _node(graph, node)
    kind = type(chosen).__name__
    metadata = dict(getattr(graph, "metadata", {})) | dict(getattr(chosen, "metadata", {}))
    unit = scales((time, voltage, current), (units.VOLTAGE, units.CURRENT), metadata)
    return _model(kind, chosen, unit.factors)


def _opened(nir: Any, source: str | os.PathLike[str]) -> Any:
    place = Path(source).expanduser()
    if not place.is_file():
        raise FileError(
            "there is no such file", "a NIR graph is expected", "Check the name", owner=str(place)
        )
    try:
        return nir.read(str(place))
    except Exception as error:  # a foreign library reading a foreign file fails in many ways
        raise FileError(
            "it cannot be read as a NIR graph",
            "a file as nir.write makes it is expected",
            "Write the graph again",
            owner=str(place),
        ) from error


def _node(graph: Any, name: str | None) -> Any:
    nodes: Mapping[str, Any] | None = getattr(graph, "nodes", None)
    if nodes is None:
        _check_kind(graph, type(graph).__name__)
        return graph
    if name is not None:
        if name not in nodes:
            _refuse(f"no node is called {name!r:.60}", nodes)
        _check_kind(nodes[name], name)
        return nodes[name]
    inner = {key: node for key, node in nodes.items() if type(node).__name__ not in _BORDER}
    if len(inner) != 1:
        _refuse(f"it holds {len(inner)} nodes", nodes)
    (name,) = inner
    _check_kind(inner[name], name)
    return inner[name]


def _refuse(found: str, nodes: Mapping[str, Any]) -> NoReturn:
    held = [f"{key} ({type(node).__name__})" for key, node in nodes.items()]
    near = next((key for key, node in nodes.items() if type(node).__name__ in _NEURONS), "lif")
    raise ModelError(
        found,
        f"one node of neurons must be chosen; the nodes are {', '.join(held[:20])}",
        f'Write ex.from_nir(..., node="{near}")',
        owner="from_nir",
        name="node",
    )


def _check_kind(node: Any, name: str) -> None:
    kind = type(node).__name__
    if kind in _NEURONS:
        return
    write = "Write the name of a node of neurons: node=..."
    expected = f"a node of neurons ({', '.join(_NEURONS)}) is expected"
    if kind in _SYNAPTIC:
        expected += "; this one holds a synapse too, whose weight programs scale differently"
        write = "Write the neurons as an LIF, and the synapse beside them"
    raise ModelError(f"{name} is of the kind {kind:.60}", expected, write, owner="from_nir")


def _model(kind: str, node: Any, factors: tuple[float, float, float]) -> Model:
    from excitable.models import LIF

    time, voltage, current = factors

    def value(name: str, factor: float, unit: str) -> Any:
        numbers = inward(np.asarray(getattr(node, name), np.float64).ravel(), factor)
        return units.attach(float(numbers[0]) if numbers.size == 1 else numbers, unit)

    fire = {}
    if kind != "LI":
        fire = {"V_T": value("v_threshold", voltage, "mV"), "V_R": value("v_reset", voltage, "mV")}
    if kind == "IF":
        gain = value("r", voltage / (current * time), "mV/(pA*ms)")
        return _perfect_integrator()(C=1.0 / gain, **fire)
    leak = {
        "tau_m": value("tau", time, "ms"),
        "R": value("r", voltage / current, "GOhm"),
        "E_L": value("v_leak", voltage, "mV"),
    }
    return LIF(**leak, **fire, t_ref="0 ms") if fire else _leaky_integrator()(**leak)


def _leaky_integrator() -> Model:
    """The membrane of `LIF` without its spikes."""
    from excitable.model import Model
    from excitable.models import LIF

    names = ("tau_m", "R", "E_L")
    return Model(
        "Leaky integrator",
        name="LI",
        equations=LIF.equations,
        states=dict(LIF.states),
        inputs=dict(LIF.inputs),
        parameters={name: LIF.parameters[name] for name in names},
        source=LIF.reference,
    )


def _perfect_integrator() -> Model:
    """The membrane of `LIF` without its leak."""
    from excitable.model import Model, Parameter
    from excitable.models import LIF

    return Model(
        "Perfect integrate-and-fire neuron",
        name="IF",
        equations="C*dv/dt = I",
        spike="v >= V_T",
        reset="v = V_R",
        states=dict(LIF.states),
        inputs=dict(LIF.inputs),
        parameters={
            "C": Parameter("200 pF", "membrane capacitance", above="0 pF"),
            "V_T": LIF.parameters["V_T"],
            "V_R": LIF.parameters["V_R"],
        },
        source=LIF.reference,
    )
