"""`to_nir`: a membrane as a graph of one node."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from excitable.errors import ModelError
from excitable.interop._extra import extra
from excitable.interop._nir._membrane import Membrane, membrane_of
from excitable.interop._nir._scales import Scales, outward, scales

if TYPE_CHECKING:
    from excitable.model import Model


def to_nir(
    model: Model,
    *,
    time: str | None = None,
    voltage: str | None = None,
    current: str | None = None,
    lossy: bool = False,
) -> Any:
    """Give a leaky integrate-and-fire neuron as a NIR graph.

    Parameters
    ----------
    model : Model
        `LIF` in any of its forms, a perfect or a leaky integrator, or any other model whose
        equations are of that kind; an array of values means one neuron per element.
    time, voltage, current : str, optional
        Units of the numbers in the graph; second, volt and ampere if not given.
    lossy : bool
        Whether what NIR cannot say may be left out: a refractory time, adaptation, a moving
        threshold, after-spike currents.

    Returns
    -------
    nir.NIRGraph
        ``input -> neuron -> output``; the neuron is an ``LIF``, an ``IF`` or, without threshold, an
        ``LI``. Units, and what was lost, stand in the metadata of the node. ``nir.write(path,
        graph)`` writes it.

    Raises
    ------
    ModelError
        If something would be lost that `lossy` does not allow, with a list of it; or if the
        potential does not relax linearly, as in Hodgkin and Huxley's equations.
    UnitError
        If a unit is of another dimension.
    MissingExtraError
        If the package nir is not installed.

    Notes
    -----
    The graph means ``tau*dv/dt = v_leak - v + r*I``, a spike where v > v_threshold, and v = v_reset
    then. Here a spike is fired where v >= V_T; the two differ only in a cell that stands exactly on
    its threshold for ever. Programs that read a graph step it on a grid of their own, so that their
    spikes move with their step. v_reset is always written, for readers take 0 where it is missing.
    Source: Pedersen et al. (2024).

    Examples
    --------
    >>> from excitable.models import LIF
    >>> graph = to_nir(LIF(t_ref="0 ms"))
    >>> graph.nodes["neuron"].tau.tolist(), graph.nodes["neuron"].v_threshold.tolist()
    ([0.02], [-0.05])
    """
    nir = extra("nir", "nir", "a NIR graph")
    found = membrane_of(model)
    if found.lost and not lossy:
        raise ModelError(
            f"NIR has no place for {', '.join(found.lost)}",
            "a leaky integrator with a fixed threshold and a fixed reset is expected",
            'Write t_ref="0 ms" where that is all, or ex.to_nir(..., lossy=True), which notes what '
            "is lost",
            owner=model.name,
            name="to_nir",
        )
    v, I = next(iter(model.states.values())), next(iter(model.inputs.values()))
    unit = scales((time, voltage, current), (v.dimension, I.dimension))
    metadata = unit.metadata() | {"name": model.name}
    if found.lost:
        metadata["lost"] = "; ".join(found.lost)
    size = model.size or 1
    neuron = _node(nir, found, unit, size, metadata)
    shape = np.array([size])
    return nir.NIRGraph(
        nodes={
            "input": nir.Input(input_type={"input": shape}),
            "neuron": neuron,
            "output": nir.Output(output_type={"output": shape}),
        },
        edges=[("input", "neuron"), ("neuron", "output")],
        metadata=dict(metadata),
    )


def _node(nir: Any, found: Membrane, unit: Scales, size: int, metadata: dict[str, str]) -> Any:
    """Make the node: without leak an IF, without threshold an LI, else an LIF."""
    time, voltage, current = unit.factors

    def numbers(value: Any, factor: float) -> np.ndarray:
        return np.array(np.broadcast_to(outward(np.asarray(value, np.float64), factor), size))

    fire = {}
    if found.threshold is not None:
        fire = {
            "v_threshold": numbers(found.threshold, voltage),
            "v_reset": numbers(found.reset, voltage),
        }
    if found.tau is None:
        if not fire:
            raise ModelError(
                "it neither leaks nor fires",
                "NIR's I node is the only one like it, and it has no potential to speak of",
                "Write a model with a leak or a threshold",
                owner="to_nir",
            )
        r = numbers(found.gain, voltage / (current * time))
        return nir.IF(r=r, metadata=metadata, **fire)
    # R = gain*tau: the potential that one unit of input leads to.
    leaky = {
        "tau": numbers(found.tau, time),
        "r": numbers(found.gain * found.tau, voltage / current),
        "v_leak": numbers(found.leak, voltage),
    }
    return (
        nir.LIF(**leaky, **fire, metadata=metadata) if fire else nir.LI(**leaky, metadata=metadata)
    )
