"""Messages of models, parameters and model files."""

import json
import tempfile
from pathlib import Path

import numpy as np

from excitable.model import Input, Model, Parameter, State, read
from excitable.models import (
    EIF,
    GLIF2,
    GLIF5,
    LIF,
    AdEx,
    Izhikevich,
    alif,
    glif,
    jump_of_drive,
)
from excitable.units import ms, mV, pA


def cell(**changes):
    definition = {
        "equations": "tau*dv/dt = E_L - v + R*I",
        "spike": "v >= V_T",
        "reset": "v = V_R",
        "refractory": "t_ref",
        "states": {"v": "-65 mV"},
        "inputs": {"I": "pA"},
        "parameters": {
            "tau": "20 ms",
            "R": "100 MOhm",
            "E_L": "-65 mV",
            "V_T": "-50 mV",
            "V_R": "-65 mV",
            "t_ref": "2 ms",
        },
    }
    return Model("Cell", **(definition | changes))


def more(**parameters):
    return {**cell().parameters, **parameters}


def equations(text, **changes):
    return cell(equations=text, **changes)


def file(name, text):
    """Read a model file of this content; its message names the file without its folder."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        if text is not None:
            path.write_text(text)
        try:
            read(path)
        except Exception as error:
            error.owner = error.owner.replace(f"{folder}/", "")
            raise


def content(**changes):
    whole = {
        "title": "Cell",
        "equations": "tau*dv/dt = -v",
        "states": {"v": "0 mV"},
        "parameters": {"tau": "20 ms"},
    }
    return file("cell.json", json.dumps(whole | changes))


NOISY = "tau*dv/dt = E_L - v + R*I + noise\nnoise = mV*sqrt(tau)*xi"

CASES = [
    ("parameter has no unit", lambda: LIF(tau_m=20)),
    ("parameter of another dimension", lambda: LIF(tau_m=20 * mV)),
    ("parameter of an unknown unit", lambda: LIF(tau_m="20 mx")),
    ("parameter is NaN", lambda: LIF(tau_m=np.nan * ms)),
    ("parameter is infinite for one neuron", lambda: LIF(tau_m=[1, np.inf, 3] * ms)),
    ("time constant is negative", lambda: LIF(tau_m=-20 * ms)),
    ("time constant is zero for one neuron", lambda: LIF(tau_m=[20, 0] * ms)),
    ("refractory time is negative", lambda: LIF(t_ref=-1 * ms)),
    ("a reset above threshold", lambda: LIF(V_R=-40 * mV)),
    ("a reset above threshold for some neurons", lambda: GLIF2(f_v=[0.2, 1.6, 0.3, 1.5])),
    ("a reset above threshold without rest", lambda: Izhikevich(c=35 * mV)),
    ("a reset above threshold is refused", lambda: GLIF2(f_v=1.5, on_bad_reset="raise")),
    ("no policy for resets", lambda: LIF(on_bad_reset="ignore")),
    ("no level of glif", lambda: glif(6)),
    ("a level and parts of glif", lambda: glif(3, adapting_threshold=True)),
    ("no number of after-spike currents", lambda: glif(3, currents=0)),
    ("after-spike currents where there are none", lambda: glif(2, currents=3)),
    ("no way to cut a spike", lambda: glif(5, cut="start")),
    ("a rate is negative", lambda: GLIF5(b_s=-0.01 / ms)),
    ("a rate is a time", lambda: GLIF5(k_1=10 * ms)),
    ("no number of threshold components", lambda: alif(0)),
    ("a jump of another unit", lambda: jump_of_drive(2 * mV, 100 * ms)),
    ("a jump without time", lambda: jump_of_drive("200 mV*ms", 0 * ms)),
    ("no width of the spike", lambda: EIF(Delta_T=0 * mV)),
    ("parameter of two axes", lambda: LIF(tau_m=np.ones((2, 2)) * ms)),
    ("parameter without values", lambda: LIF(tau_m=[] * ms)),
    ("arrays of different lengths", lambda: LIF(tau_m=[1, 2] * ms, V_T=[1, 2, 3] * mV)),
    ("unknown parameter", lambda: LIF(tau=20 * ms)),
    ("unknown parameter, nothing near", lambda: LIF(zzz=20 * ms)),
    ("a state is called", lambda: LIF(v=-60 * mV)),
    ("an input is called", lambda: LIF(I=3 * pA)),
    ("unknown item", lambda: LIF["tau"]),
    ("unknown preset", lambda: Izhikevich.preset("bursting")),
    ("no presets", lambda: LIF.preset("fast")),
    ("a model is set", lambda: setattr(AdEx, "a", 3)),
    ("a model is deleted from", lambda: delattr(AdEx, "a")),
    ("declared parameter has no known unit", lambda: Parameter("20 mx")),
    ("declared parameter is not finite", lambda: Parameter(np.inf * ms)),
    ("declared parameter is out of bounds", lambda: Parameter(0 * ms, above=0 * ms)),
    ("bound of another dimension", lambda: Parameter(1 * ms, low=0 * mV)),
    ("bound is an array", lambda: Parameter(1 * ms, low=[0, 1] * ms)),
    ("description is not text", lambda: Parameter(1 * ms, 3)),
    ("state is not finite", lambda: State(np.nan * mV)),
    ("input of an unknown unit", lambda: Input("ampore")),
    ("input is a number", lambda: Input(3)),
    ("title is not text", lambda: Model(3, equations="dv/dt = 0", states={"v": 0})),
    ("name of two lines", lambda: cell(name="a\nb")),
    ("no states", lambda: cell(states={})),
    ("states are a list", lambda: cell(states=["v"])),
    ("no equations", lambda: cell(equations="")),
    ("equations are not text", lambda: cell(equations=["dv/dt = 0"])),
    ("declared twice", lambda: cell(states={"v": "0 mV", "tau": "1 ms"})),
    ("parameter stands nowhere", lambda: cell(parameters=more(g="1 nS"))),
    ("input stands nowhere", lambda: cell(inputs={"I": "pA", "J": "pA"})),
    ("name is not a name", lambda: cell(parameters=more(**{"tau m": 1}))),
    ("name is a number", lambda: cell(parameters={**more(), 3: 1})),
    ("name is the time", lambda: cell(parameters=more(t=1))),
    ("name is noise", lambda: cell(parameters=more(xi_2=1))),
    ("name is a function", lambda: cell(parameters=more(exp=1))),
    ("name has two underscores", lambda: cell(parameters=more(a__b=1))),
    ("name is too long", lambda: cell(parameters=more(**{"a" * 100: 1}))),
    ("input is a keyword of a run", lambda: cell(inputs={"seed": "pA"})),
    ("undeclared name", lambda: equations("tau*dv/dt = E_L - v + R*J")),
    ("undeclared name, one is near", lambda: equations("tau*dv/dt = E_l - v + R*I")),
    ("the time in an equation", lambda: equations("tau*dv/dt = E_L - v + R*I*t/ms")),
    ("derivative of no state", lambda: equations("tau*dw/dt = E_L - w + R*I")),
    ("state without an equation", lambda: cell(states={"v": "0 mV", "w": "0 pA"})),
    ("defined and declared", lambda: equations("tau*dv/dt = R*I\nE_L = R*I")),
    ("defined in a circle", lambda: equations("tau*dv/dt = a\na = b + E_L\nb = a - v")),
    ("coefficient forgotten", lambda: equations("dv/dt = E_L - v + R*I")),
    ("coefficient twice", lambda: equations("tau*dv/dt = (E_L - v + R*I)/tau")),
    ("operands of different units", lambda: equations("tau*dv/dt = E_L - v + I")),
    ("noise is squared", lambda: equations("tau*dv/dt = E_L - v + tau*mV*xi*xi")),
    ("noise in the spike condition", lambda: cell(spike="v + mV*sqrt(ms)*xi >= V_T")),
    ("noise is assigned", lambda: equations(NOISY, reset="v = noise")),
    ("spike of two conditions", lambda: cell(spike="v >= V_T and v >= V_R")),
    ("spike of different units", lambda: cell(spike="v >= tau")),
    ("spike of an undeclared name", lambda: cell(spike="v >= V_S")),
    ("reset of a parameter", lambda: cell(reset="E_L = v")),
    ("reset of another unit", lambda: cell(reset="v = tau")),
    ("reset without a spike", lambda: cell(spike=None)),
    ("refractory time is a voltage", lambda: cell(refractory="V_R")),
    ("refractory time of a state", lambda: cell(refractory="t_ref*v/mV")),
    ("refractory time is bare", lambda: cell(refractory=2)),
    ("hold without a refractory time", lambda: cell(refractory=None, hold=["v"])),
    ("hold of no state", lambda: cell(hold=["w"])),
    ("hold of numbers", lambda: cell(hold=[1])),
    ("preset of an unknown parameter", lambda: cell(presets={"fast": {"Tau": 5 * ms}})),
    ("preset without a unit", lambda: cell(presets={"fast": {"tau": 5}})),
    ("preset is a value", lambda: cell(presets={"fast": 5 * ms})),
    ("preset without a name", lambda: cell(presets={"": {"tau": 5 * ms}})),
    ("file of another kind", lambda: read("cell.yaml")),
    ("file without an ending", lambda: read("cell")),
    ("file is not there", lambda: file("cell.toml", None)),
    ("file is cut off", lambda: file("cell.json", '{"title": "Cell", "equa')),
    ("file is not TOML", lambda: file("cell.toml", "title: Cell")),
    ("file is nested deeply", lambda: file("cell.json", "[" * 100_000)),
    ("file is too long", lambda: file("cell.toml", "#" * (1 << 21))),
    ("file holds a list", lambda: file("cell.json", "[]")),
    ("file has no title", lambda: file("cell.json", "{}")),
    ("file of another format", lambda: content(format="netCDF")),
    ("file of a later version", lambda: content(version=2)),
    ("file with an unknown field", lambda: content(equation="dv/dt = 0")),
    ("file with a number for text", lambda: content(spike=3)),
    ("file with a list for a table", lambda: content(states=["v"])),
    ("file with an unknown field of a parameter", lambda: content(parameters={"tau": {"v": 1}})),
    ("file with a parameter without a value", lambda: content(parameters={"tau": {}})),
    ("file with nothing for a value", lambda: content(parameters={"tau": None})),
    ("file with a bare number", lambda: content(parameters={"tau": 20})),
    ("file with attributes", lambda: content(equations="tau*dv/dt = ().__class__")),
    ("parameter as an attribute", lambda: LIF.tau_m),
    ("state as an attribute", lambda: LIF.v),
    ("input as an attribute", lambda: LIF.I),
    ("misspelt attribute", lambda: LIF.parametres),
    ("unknown attribute", lambda: LIF.shape),
    ("saved under another ending", lambda: LIF.save("lif.pkl")),
    ("saved in a folder that is not there", lambda: LIF.save("/nonexistent/folder/lif.toml")),
]
