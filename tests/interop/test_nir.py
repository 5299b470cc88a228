"""Neurons as NIR graphs, and back."""

from itertools import pairwise

import numpy as np
import pytest

import excitable as ex
from excitable.errors import FileError, MissingExtraError, ModelError, UnitError
from excitable.units import GOhm, MOhm, ms, mV, nS, pA, pF

nir = pytest.importorskip("nir")


def lif(**changes):
    return ex.LIF(**({"t_ref": 0 * ms} | changes))


def graph_of(*neurons):
    size = np.array([1])
    nodes = {f"n{i}": neuron for i, neuron in enumerate(neurons)}
    names = ["input", *nodes, "output"]
    ends = {
        "input": nir.Input(input_type={"input": size}),
        "output": nir.Output(output_type={"output": size}),
    }
    edges = list(pairwise(names))
    return nir.NIRGraph(nodes=nodes | ends, edges=edges, metadata={})


def one(kind, **values):
    return kind(**{name: np.array([value]) for name, value in values.items()})


def test_numbers_are_in_si_units():
    node = ex.to_nir(lif(tau_m=10 * ms, R=200 * MOhm, V_R=-70 * mV)).nodes["neuron"]
    assert node.tau == pytest.approx([0.01])
    assert node.r == pytest.approx([2e8])
    assert node.v_leak == pytest.approx([-0.065])
    assert node.v_threshold == pytest.approx([-0.05])
    assert node.v_reset == pytest.approx([-0.07])
    assert node.metadata["voltage_unit"] == "volt"


@pytest.mark.parametrize("units", [{}, {"time": "ms", "voltage": "mV", "current": "nA"}])
def test_a_file_keeps_numbers_and_units(units, tmp_path):
    model = lif(tau_m=[7.3, 20, 33.1] * ms, R=[80, 100, 0.7] * MOhm)
    nir.write(tmp_path / "cells.nir", ex.to_nir(model, **units))
    back = ex.from_nir(tmp_path / "cells.nir")
    for name, value in model.values().items():
        assert back.values()[name] == pytest.approx(np.broadcast_to(value, 3)[: np.size(
            back.values()[name])], rel=1e-15), name  # fmt: skip
    drive = ex.step(400 * pA)
    once = ex.simulate(model, 200 * ms, I=drive).spikes.times_ms
    assert ex.simulate(back, 200 * ms, I=drive).spikes.times_ms == pytest.approx(once, abs=1e-10)
    assert once.size > 10


def test_other_forms_of_the_same_membrane_are_recognised():
    conductance = ex.models.GLIF1(t_ref=0 * ms, C=100 * pF, g=5 * nS)
    node = ex.to_nir(conductance).nodes["neuron"]
    assert node.tau == pytest.approx([0.02])
    assert node.r == pytest.approx([2e8])
    free = ex.Model(
        "Written otherwise",
        equations="dv/dt = (2*I*Z - 3*v)/T",
        spike="2*v >= theta + 1*mV",
        reset="v = theta/10; v = 2*v",
        states={"v": 0 * mV},
        inputs={"I": pA},
        parameters={"Z": 6 * GOhm, "T": 30 * ms, "theta": 19 * mV},
    )
    node = ex.to_nir(free, time="ms", voltage="mV", current="pA").nodes["neuron"]
    assert node.tau == pytest.approx([10.0])
    assert node.r == pytest.approx([4.0])
    assert node.v_threshold == pytest.approx([10.0])
    assert node.v_reset == pytest.approx([3.8])


def test_a_membrane_that_does_not_fire_and_one_that_does_not_leak():
    leaky = ex.from_nir(graph_of(one(nir.LI, tau=0.01, r=1e8, v_leak=-0.07)))
    assert leaky["tau_m"].magnitude == pytest.approx(10.0)
    assert type(ex.to_nir(leaky).nodes["neuron"]) is nir.LI
    # 100 MOhm and 10 ms: 100 pF. 15 mV take 100 pF * 15 mV / 300 pA = 5 ms.
    perfect = ex.from_nir(graph_of(one(nir.IF, r=1e10, v_threshold=0.015)))
    assert perfect["C"].to("pF").magnitude == pytest.approx(100.0)
    run = ex.simulate(perfect, 12 * ms, I=300 * pA, initial={"v": 0 * mV})
    assert run.spikes[0].times_ms == pytest.approx([5.0, 10.0])
    again = ex.to_nir(perfect).nodes["neuron"]
    assert type(again) is nir.IF
    assert again.r == pytest.approx([1e10])


def test_a_reset_is_zero_where_a_graph_says_none():
    node = one(nir.LIF, tau=0.02, r=1.0, v_leak=0.0, v_threshold=1.0)
    cell = ex.from_nir(graph_of(node), voltage="mV", current="pA")
    assert (cell["V_R"].magnitude, cell["V_T"].magnitude) == (0.0, 1.0)
    assert ex.from_nir(node, voltage="mV", current="pA").values() == cell.values()


def test_a_node_of_a_larger_graph_is_chosen_by_name():
    size = np.ones(1)
    fire = one(nir.LIF, tau=0.02, r=1.0, v_leak=0.0, v_threshold=1.0)
    graph = graph_of(nir.Affine(weight=np.ones((1, 1)), bias=size), fire)
    with pytest.raises(ModelError, match=r'node="n1"'):
        ex.from_nir(graph)
    assert ex.from_nir(graph, node="n1")["tau_m"].magnitude == 20.0
    with pytest.raises(ModelError, match="n0 is of the kind Affine"):
        ex.from_nir(graph, node="n0")
    with pytest.raises(ModelError, match="no node is called 'n9'"):
        ex.from_nir(graph, node="n9")


def test_shapes_are_flattened():
    values = np.arange(1.0, 7.0).reshape(2, 3)
    node = nir.LIF(tau=values, r=values, v_leak=values, v_threshold=values + 1)
    assert ex.from_nir(node)["tau_m"].magnitude.tolist() == [1e3 * k for k in range(1, 7)]


def test_units_of_another_kind_are_refused():
    with pytest.raises(UnitError, match='Write time="second"'):
        ex.to_nir(lif(), time="mV")
    with pytest.raises(UnitError, match="current"):
        ex.from_nir(ex.to_nir(lif()), current="mV")


def test_files_that_are_no_graphs(tmp_path):
    (tmp_path / "x.nir").write_bytes(b"nothing")
    for name in ("x.nir", "none.nir"):
        with pytest.raises(FileError, match="NIR"):
            ex.from_nir(tmp_path / name)


def test_without_the_package_it_says_what_to_install(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "nir", None)
    for call in (lambda: ex.to_nir(ex.LIF), lambda: ex.from_nir("x.nir")):
        with pytest.raises(MissingExtraError, match=r"excitable\[nir\]"):
            call()


MEMBRANE = "tau*dv/dt = -v + R*I"
REFUSED = {
    "two inputs": ({"equations": "tau*dv/dt = -v + R*(I + J)", "inputs": {"I": pA, "J": pA}},
                   "it has 2 inputs"),
    "runs away": ({"equations": "tau*dv/dt = v + R*I"}, "runs away"),
    "drifts": ({"equations": "tau*dv/dt = V + R*I"}, "drifts without input"),
    "moved by its input": ({"spike": "v >= V + R*I", "reset": "v = 0*mV"}, "depends on the input"),
    "downwards": ({"spike": "v <= -V", "reset": "v = 0*mV"}, "fires downwards"),
    "no reset": ({"spike": "v >= V"}, "does not reset"),
    "a power": ({"equations": "tau*dv/dt = -v*abs(v)/V + R*I"}, "v is not linear"),
}  # fmt: skip


@pytest.mark.filterwarnings("ignore:.*stands in no equation:excitable.errors.ExcitableWarning")
@pytest.mark.parametrize("case", REFUSED)
def test_what_is_no_leaky_integrator_is_refused(case):
    changes, words = REFUSED[case]
    model = ex.Model(**{
        "title": "Another membrane", "equations": MEMBRANE, "states": {"v": 0 * mV},
        "inputs": {"I": pA}, "parameters": {"tau": 10 * ms, "R": 1 * GOhm, "V": 5 * mV},
    } | changes)  # fmt: skip
    with pytest.raises(ModelError, match=words):
        ex.to_nir(model, lossy=True)


def test_noise_is_lost():
    noisy = ex.Model(
        "Noisy", equations="tau*dv/dt = -v + R*I + s*sqrt(tau)*xi",
        spike="v >= V", reset="v = 0*mV", states={"v": 0 * mV}, inputs={"I": pA},
        parameters={"tau": 10 * ms, "R": 1 * GOhm, "V": 5 * mV, "s": 1 * mV},
    )  # fmt: skip
    with pytest.raises(ModelError, match="no place for noise"):
        ex.to_nir(noisy)
    assert ex.to_nir(noisy(s=0 * mV)).nodes["neuron"].tau == pytest.approx([0.01])
