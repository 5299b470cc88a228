"""Messages of files of real cells, of NEST's parameters and of NIR graphs."""

import json
import sys
from contextlib import chdir
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest import mock

import numpy as np

import excitable as ex
from excitable.interop import read_model

allen = ex.interop.allen


def config(level=5, **changes):
    """A cell of our own values; None takes a field away."""
    table = allen.to_config(getattr(ex.models, f"GLIF{level}")) | changes
    return {name: value for name, value in table.items() if changes.get(name, 0) is not None}


def method(name, **params):
    return {"name": name, "params": params}


def with_files(call):
    """Run a case in a folder of its own, so that names in messages are short and fixed."""

    def case():
        with TemporaryDirectory() as folder, chdir(folder):
            Path("empty").mkdir()
            Path("mixed").mkdir()
            Path("mixed/7.json").write_text(json.dumps(config(1)))
            Path("mixed/sweeps.json").write_text("[1, 2]")
            Path("cut.json").write_text('{"C": 5.8e-11, ')
            Path("list.json").write_text("[1, 2]")
            Path("odd.json").write_text('{"colour": "red"}')
            Path("model.json").write_text(json.dumps(ex.LIF.to_dict()))
            Path("nest.json").write_text(json.dumps(allen.to_nest(ex.models.GLIF1)))
            Path("x.nir").write_text("nothing")
            call()

    return case


def nir_graph(*kinds):
    nir = sys.modules["nir"] if "nir" in sys.modules else __import__("nir")
    one = np.ones(1)
    made = {
        "LIF": lambda: nir.LIF(tau=one, r=one, v_leak=0 * one, v_threshold=one),
        "CubaLIF": lambda: nir.CubaLIF(
            tau_mem=one, tau_syn=one, r=one, v_leak=0 * one, v_threshold=one, v_reset=0 * one
        ),
        "Affine": lambda: nir.Affine(weight=np.ones((1, 1)), bias=one),
    }
    nodes = {f"n{i}": made[kind]() for i, kind in enumerate(kinds)}
    size = np.array([1])
    ends = {
        "input": nir.Input(input_type={"input": size}),
        "output": nir.Output(output_type={"output": size}),
    }
    return nir.NIRGraph(nodes=nodes | ends, edges=[], metadata={}, type_check=False)


def without_nir():
    with mock.patch.dict(sys.modules, {"nir": None}):
        ex.to_nir(ex.LIF)


START = {"v": "0 mV"}
_FILES = [
    ("cells: no such file", lambda: allen.read("none.json")),
    ("cells: an empty folder", lambda: allen.read("empty")),
    ("cells: other files in a folder", lambda: allen.read("mixed")),
    ("cells: cut JSON", lambda: allen.read("cut.json")),
    ("cells: a list", lambda: allen.read("list.json")),
    ("cells: of nobody", lambda: allen.read("odd.json")),
    ("cells: a model file", lambda: allen.read("model.json")),
    ("cells: NEST's parameters", lambda: allen.read("nest.json")),
    ("cells: a number", lambda: allen.read(3)),
    ("cells: an empty list", lambda: allen.read([])),
    ("model: a file of another program", lambda: ex.read("nest.json")),
    ("any file: of nobody", lambda: read_model("odd.json")),
    ("any file: a level of a model", lambda: read_model("model.json", level=3)),
    ("NIR: no graph", lambda: ex.from_nir("x.nir")),
    ("NIR: no such file", lambda: ex.from_nir("none.nir")),
]
CASES = [
    *((name, with_files(call)) for name, call in _FILES),
    ("cell: capacitance in pF", lambda: allen.read(config(C=58.72))),
    ("cell: potential in mV", lambda: allen.read(config(El_reference=-78.85))),
    ("cell: resistance in MOhm", lambda: allen.read(config(R_input=106.0))),
    ("cell: step in ms", lambda: allen.read(config(dt=0.05))),
    ("cell: time constants in ms", lambda: allen.read(config(asc_tau_array=[333.0, 10.0]))),
    ("cell: amplitudes in pA", lambda: allen.read(config(asc_amp_array=[-9.18, -198.94]))),
    ("cell: a field is missing", lambda: allen.read(config(C=None))),
    ("cell: a field is misspelt", lambda: allen.read(config(R_input=None, R_inputs=1e8))),
    ("cell: no factors", lambda: allen.read(config(coeffs=None))),
    ("cell: a text", lambda: allen.read(config(C="58.72 pF"))),
    ("cell: not finite", lambda: allen.read(config(C=float("nan")))),
    ("cell: not positive", lambda: allen.read(config(R_input=0))),
    ("cell: half a step", lambda: allen.read(config(spike_cut_length=74.5))),
    ("cell: one time constant of two", lambda: allen.read(config(asc_amp_array=[1e-12]))),
    ("cell: unknown method", lambda: allen.read(config(voltage_reset_method=method("spline")))),
    ("cell: reset without dynamics", lambda: allen.read(config(
        threshold_reset_method=method("inf")))),
    ("cell: two values of one jump", lambda: allen.read(config(
        threshold_reset_method=method("three_components", a_spike=0.1, b_spike=9.0)))),
    ("cell: no level chosen", lambda: allen.read({"GLIF1": config(1), "GLIF3": config(3)})),
    ("cell: no such level", lambda: allen.read(config(1), level=3)),
    ("cell: level of another family", lambda: allen.read(config(1), level=6)),
    ("cell: unknown fields", lambda: allen.read(config(1, colour="red", shape=[1, 2]))),
    ("cell: starts away from rest", lambda: allen.read(config(1, init_voltage=0.005))),
    ("cell: starts at another threshold", lambda: allen.read(config(1, init_threshold=0.5))),
    ("write: not a GLIF neuron", lambda: allen.to_config(ex.LIF)),
    ("write: not whole steps", lambda: allen.to_config(ex.models.GLIF1(t_ref="3.77 ms"))),
    ("write: no step", lambda: allen.to_config(ex.models.GLIF1, dt="0 ms")),
    ("NEST: SI units", lambda: allen.from_nest({"C_m": 5.8e-11}, level=1)),
    ("NEST: potentials in volts", lambda: allen.from_nest({"E_L": -0.07, "V_th": -0.05})),
    ("NEST: switches and level", lambda: allen.from_nest({"after_spike_currents": True}, level=1)),
    ("NEST: synapses", lambda: allen.from_nest({"tau_syn": [2.0]})),
    ("NEST: switched off", lambda: allen.from_nest({"asc_amps": [1.0, 2.0]})),
    ("NEST: starts away from rest", lambda: allen.from_nest({"V_m": -60.0})),
    ("NEST: unknown fields", lambda: allen.from_nest({"colour": 3})),
    ("NEST: not a table", lambda: allen.from_nest(3)),
    ("NEST: no dictionaries", lambda: allen.from_nest([])),
    ("NEST: a limit", lambda: allen.to_nest(ex.models.GLIF2(f_v=-0.2))),
    ("NEST: limits of some", lambda: allen.to_nest(ex.models.GLIF2(f_v=[-0.2, 0, -1]))),
    ("NEST: another combination", lambda: allen.to_nest(ex.models.glif(adapting_threshold=True))),
    ("NEST: another model", lambda: allen.to_nest(ex.models.GLIF1, name="iaf_psc_alpha")),
    ("NEST: another template", lambda: allen.to_nest(ex.models.GLIF1, name="nest:glif_lif_asc")),
    ("NIR: a refractory time", lambda: ex.to_nir(ex.LIF)),
    ("NIR: several losses", lambda: ex.to_nir(ex.models.GLIF5)),
    ("NIR: nonlinear", lambda: ex.to_nir(ex.HodgkinHuxley)),
    ("NIR: wrong unit", lambda: ex.to_nir(ex.LIF(t_ref="0 ms"), voltage="ms")),
    ("NIR: a synapse too", lambda: ex.from_nir(nir_graph("CubaLIF"))),
    ("NIR: not neurons", lambda: ex.from_nir(nir_graph("Affine"))),
    ("NIR: several nodes", lambda: ex.from_nir(nir_graph("Affine", "LIF"))),
    ("NIR: no such node", lambda: ex.from_nir(nir_graph("LIF"), node="lif")),
    ("NIR: nir is missing", without_nir),
]  # fmt: skip
