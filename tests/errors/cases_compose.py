"""Messages about neurons put together from a membrane and channels."""

from excitable.model import Model, compose
from excitable.models import HodgkinHuxley, channels
from excitable.units import mV, nS


def membrane(**changes):
    definition = {
        "equations": "C*dv/dt = I - I_ion",
        "states": {"v": "-65 mV"},
        "inputs": {"I": "uA/cm2", "I_ion": "uA/cm2"},
        "parameters": {"C": "1 uF/cm2"},
    }
    return Model("Membrane", **(definition | changes))


def channel(equations="I_x = g_x*(v - E_x)", **changes):
    definition = {
        "equations": equations,
        "states": {},
        "inputs": {"v": "mV"},
        "parameters": {"g_x": "1 mS/cm2", "E_x": "0 mV"},
    }
    return Model("A channel", name="channel", **(definition | changes))


def cell(*parts, **named):
    return compose("Cell", membrane(), *parts, **named)


POINT = {"inputs": {"I": "pA", "I_ion": "pA"}, "parameters": {"C": "100 pF"}}
NOISY = {"parameters": {"s": "1 uA/cm2*ms**0.5"}, "inputs": {"v": "mV"}}
NAMED = ("I_x = g_x*(v - E_x) + a\na = g_x*(v + E_x)", "I_y = g_x*(v - E_x) - a\na = g_x*v")

CASES = [
    ("no title", lambda: compose(membrane(), channels.sodium, channels.leak)),
    ("membrane is not a model", lambda: compose("Cell", "C*dv/dt = I", channels.leak)),
    ("membrane without a potential", lambda: compose("Cell", channels.sodium, channels.leak)),
    ("membrane is a whole neuron", lambda: compose("Cell", HodgkinHuxley, channels.leak)),
    ("membrane that adds up nothing", lambda: compose(
        "Cell", membrane(equations="C*dv/dt = I"), channels.leak)),
    ("no channels", cell),
    ("channel is a class", lambda: cell(channels)),
    ("channel is a value for a parameter", lambda: cell(channels.leak, E_L=-60 * mV)),
    ("channel without v", lambda: cell(channel("I_x = g_x*E_x", inputs={}))),
    ("channel without a current", lambda: cell(channel("x = g_x*(v - E_x)"))),
    ("channel of two currents", lambda: cell(channel("I_x = g_x*(v - E_x)\nI_y = 2*I_x"))),
    ("channel that spikes", lambda: cell(channel(
        "I_x = g_x*r*(v - E_x)\nms*dr/dt = -r", states={"r": 0}, spike="r >= 1"))),
    ("channel twice under one name", lambda: cell(channels.potassium, channels.potassium)),
    ("two channels under one name", lambda: cell(channels.sodium, channels.cortical_sodium)),
    ("channel of a point in a membrane of an area", lambda: cell(
        channel(parameters={"g_x": 1 * nS, "E_x": "0 mV"}))),
    ("channel of an area in a membrane of a point", lambda: compose(
        "Cell", membrane(**POINT), channels.sodium)),
    ("channel of a potential without unit", lambda: cell(channel(
        "I_x = g_x*(v*mV - E_x)", inputs={"v": "1"}))),
    ("shared parameter of two values", lambda: cell(
        channels.sodium, channels.potassium(V_0=-60 * mV))),
    ("shared parameter of two bounds", lambda: cell(
        channels.leak, channel("I_x = g_L*(v - E_x)", parameters={
            "g_L": "0.3 mS/cm2", "E_x": "0 mV"}))),
    ("shared state", lambda: cell(channels.sodium, channel(
        "I_x = g_x*m*(v - E_x)\nms*dm/dt = 1 - m", states={"m": 0.1}))),
    ("parameter here, state there", lambda: cell(channels.sodium, channel(
        "I_x = m*(v - E_x)", parameters={"m": "1 mS/cm2", "E_x": "0 mV"}))),
    ("named quantity of two equations", lambda: cell(
        *(channel(text) for text in NAMED))),
    ("input of the membrane in a channel", lambda: cell(channel(
        "I_x = I*(v - E_x)", parameters={"I": "1 mS/cm2", "E_x": "0 mV"}))),
    ("input of another unit", lambda: cell(
        channel("I_x = g_x*(v - E_x)*w", inputs={"v": "mV", "w": "1"}),
        channel("I_y = g_x*w", inputs={"v": "mV", "w": "mV"}))),
    ("noise of two channels", lambda: cell(
        channel("I_x = s*xi + 0*v*uA/cm**2/mV", **NOISY),
        channel("I_y = s*xi + 0*v*uA/cm**2/mV", **NOISY))),
    ("preset of no parameter", lambda: compose(
        "Cell", membrane(), channels.leak, presets={"open": {"g_Na": "1 mS/cm2"}})),
]  # fmt: skip
