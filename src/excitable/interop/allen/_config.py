"""A `neuron_config` of the Allen Cell Types Database: SI units, relative to `El_reference`."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

from excitable.interop.allen._cell import Adaptation, Cell, Current, Reset
from excitable.interop.allen._fields import Fields, Size

if TYPE_CHECKING:
    from collections.abc import Mapping

MILLI, PICO, NANO = 1e3, 1e12, 1e9
"""How many mV, pA, pF and nS one volt, ampere, farad and siemens are."""

_VOLT = Size("V", "mV", 1e-3, most=1.0)
_AMPERE = Size("A", "pA", 1e-12, most=1e-6)
SIZES = {
    **dict.fromkeys(("El_reference", "El", "th_inf", "init_voltage", "init_threshold"), _VOLT),
    **dict.fromkeys(("asc_amp_array", "init_AScurrents"), _AMPERE),
    "a_spike": _VOLT,
    "C": Size("F", "pF", 1e-12, most=1e-6),
    "R_input": Size("Ohm", "MOhm", 1e6, least=1e5),
    "dt": Size("s", "ms", 1e-3, most=5e-3),
    "asc_tau_array": Size("s", "ms", 1e-3, most=3.0),
}
_RESET_SIZES = {"b": _VOLT}

METHODS = {
    "voltage_dynamics_method": ("linear_forward_euler", "linear_exact"),
    "voltage_reset_method": ("zero", "v_before"),
    "threshold_dynamics_method": ("inf", "spike_component", "three_components_exact"),
    "threshold_reset_method": ("inf", "three_components"),
    "AScurrent_dynamics_method": ("none", "exp"),
    "AScurrent_reset_method": ("none", "sum"),
}
"""The methods that real cells have. The level is decided by them."""

_SAME = 1e-9
_NO_PHYSICS = (
    "type",
    "dt_multiplier",
    "extrapolation_method_name",
    "th_adapt",
    "neuronal_model_id",
)


class Found(NamedTuple):
    """A cell, the fields of its file that nothing was made of, and remarks about it."""

    cell: Cell
    unknown: list[str]
    remarks: list[str]


def is_config(content: Mapping[str, Any]) -> bool:
    """Whether a table looks like a `neuron_config`."""
    marks = ("El_reference", "R_input", "th_inf", "spike_cut_length", "asc_amp_array", "coeffs")
    return sum(mark in content for mark in marks) >= 2


def read_config(content: Mapping[str, Any], name: str) -> Found:
    """Read one cell from a `neuron_config`."""
    fields = Fields(content, name, SIZES)
    fields.ignore(*_NO_PHYSICS)
    coeffs = _Coefficients(fields)
    methods = {method: _method(fields, method) for method in METHODS}
    chosen = {method: name for method, (name, _) in methods.items()}
    _check_pairs(fields, chosen)

    reference = fields.number("El_reference")
    offset = fields.number("El", 0.0)
    E_L = (reference + offset) * MILLI
    th_inf = fields.number("th_inf") * coeffs.number("th_inf")
    t_ref = fields.count("spike_cut_length") * (fields.positive("dt") * MILLI)
    reset, V_R = _reset(methods, reference * MILLI, offset * MILLI)
    currents = _currents(fields, coeffs, methods)
    cell = Cell(
        name=name,
        C=fields.positive("C") * coeffs.number("C") * PICO,
        g=NANO * coeffs.number("G") / fields.positive("R_input"),
        E_L=E_L,
        V_T=reference * MILLI + th_inf * MILLI,
        t_ref=t_ref,
        V_R=V_R,
        reset=reset,
        currents=currents,
        adaptation=_adaptation(methods, coeffs),
        start=_start(fields, reference * MILLI, currents),
    )
    remarks = _remarks(fields, cell, th_inf)
    tables = (fields, coeffs.fields, *(params for _, params in methods.values()))
    return Found(cell, [key for table in tables for key in table.unknown()], remarks)


class _Coefficients:
    """The factors that a fit put on some of the numbers: each number counts times its own."""

    def __init__(self, fields: Fields) -> None:
        if not fields.has("coeffs"):
            fields.refuse(
                "coeffs",
                "it is missing",
                "the threshold is th_inf times coeffs.th_inf, so the factors are needed",
                'Write "coeffs": {"th_inf": 1, "C": 1, "G": 1} if the numbers are final',
            )
        self.fields = fields.table("coeffs")
        # Factors have no unit, though their names are those of fields that have one.
        self.fields.sizes = {}
        self.fields.ignore("a", "b", "asc_amp_array")

    def number(self, name: str) -> float:
        return self.fields.number(name)

    def numbers(self, name: str, size: int) -> list[float]:
        value = self.fields.numbers(name)
        return value * size if len(value) == 1 else self.fields.numbers(name, size)


def _method(fields: Fields, method: str) -> tuple[str, Fields]:
    table = fields.table(method)
    name = table.text("name")
    if name not in METHODS[method]:
        table.refuse(
            "name",
            f"there is no method {name!r:.60}",
            f"the methods of real cells are {', '.join(METHODS[method])}",
            f'Write "name": "{METHODS[method][0]}"',
        )
    params = (
        table.table("params")
        if table.has("params")
        else Fields({}, fields.owner, {}, f"{method}.params")
    )
    params.sizes = SIZES | _RESET_SIZES if method == "voltage_reset_method" else SIZES
    return name, params


def _check_pairs(fields: Fields, chosen: Mapping[str, str]) -> None:
    """Refuse a part that has its dynamics without its reset, or the reverse."""
    for dynamics, reset, none in (
        ("threshold_dynamics_method", "threshold_reset_method", "inf"),
        ("AScurrent_dynamics_method", "AScurrent_reset_method", "none"),
    ):
        if (chosen[dynamics] == none) != (chosen[reset] == none):
            fields.refuse(
                reset,
                f"{dynamics} is {chosen[dynamics]!r} and {reset} is {chosen[reset]!r}",
                f"both {none!r} or neither is expected",
                f"Write {none!r} for both, or the method that the cell was fitted with",
            )


def _reset(
    methods: Mapping[str, tuple[str, Fields]], reference: float, offset: float
) -> tuple[Reset | None, float]:
    """Give the reset rules, if the cell has any, and the potential of a plain reset."""
    rule, line = methods["voltage_reset_method"]
    dynamics, spike = methods["threshold_dynamics_method"]
    slope, intercept = (
        (line.number("a"), line.number("b") * MILLI) if rule == "v_before" else (0.0, 0.0)
    )
    if dynamics == "inf" and slope == 0.0:
        return None, reference + intercept
    # The file's line is drawn from El_reference, the model's from E_L = El_reference + El.
    delta_v = offset * (1.0 - slope) - intercept
    if dynamics == "inf":
        # A threshold component that never jumps: any rate does.
        return Reset(slope, delta_v, 0.0, 1.0), reference
    after = methods["threshold_reset_method"][1]
    delta_s, b_s = spike.number("a_spike"), spike.positive("b_spike")
    for name, value in (("a_spike", delta_s), ("b_spike", b_s)):
        if not math.isclose(after.number(name), value, rel_tol=_SAME):
            after.refuse(
                name,
                f"it is {after.number(name):g} here and {value:g} in threshold_dynamics_method",
                "one value is expected",
                "Write the same number in both",
            )
    if dynamics == "spike_component":
        spike.ignore("a_voltage", "b_voltage")
    return Reset(slope, delta_v, delta_s * MILLI, b_s / MILLI), reference


def _adaptation(
    methods: Mapping[str, tuple[str, Fields]], coeffs: _Coefficients
) -> Adaptation | None:
    dynamics, params = methods["threshold_dynamics_method"]
    if dynamics != "three_components_exact":
        return None
    a_v = params.number("a_voltage") * coeffs.number("a")
    b_v = params.number("b_voltage") * coeffs.number("b")
    return Adaptation(a_v / MILLI, b_v / MILLI)


def _currents(
    fields: Fields, coeffs: _Coefficients, methods: Mapping[str, tuple[str, Fields]]
) -> tuple[Current, ...] | None:
    dynamics, _ = methods["AScurrent_dynamics_method"]
    if dynamics == "none":
        # Files keep the amplitudes of the fit although the cell does not use them.
        fields.ignore("asc_amp_array", "asc_tau_array", "init_AScurrents")
        return None
    taus = fields.numbers("asc_tau_array")
    for tau in taus:
        if not tau > 0.0:
            fields.refuse("asc_tau_array", f"it holds {tau:g} s", "times above zero are expected")
    size = len(taus)
    amplitudes = fields.numbers("asc_amp_array", size)
    factors = coeffs.numbers("asc_amp_array", size)
    fractions = methods["AScurrent_reset_method"][1].numbers("r", size)
    starts = (
        fields.numbers("init_AScurrents", size) if fields.has("init_AScurrents") else [0] * size
    )
    return tuple(
        Current(1.0 / (tau * MILLI), amplitude * factor * PICO, fraction, start * PICO)
        for tau, amplitude, factor, fraction, start in zip(
            taus, amplitudes, factors, fractions, starts, strict=True
        )
    )


def _start(
    fields: Fields, reference: float, currents: tuple[Current, ...] | None
) -> dict[str, float]:
    """Where the file lets the states begin, if that is not at rest."""
    start = {}
    voltage = fields.number("init_voltage", 0.0) * MILLI
    if voltage != fields.number("El", 0.0) * MILLI:
        start["v"] = reference + voltage
    for j, current in enumerate(currents or (), 1):
        if current.start != 0.0:
            start[f"I_{j}"] = current.start
    return start


def _remarks(fields: Fields, cell: Cell, th_inf: float) -> list[str]:
    """What a reader of the file should know though nothing is wrong."""
    remarks = []
    if cell.start:
        values = ", ".join(
            f'{name}="{value:.12g} {"mV" if name == "v" else "pA"}"'
            for name, value in cell.start.items()
        )
        remarks.append(
            f"the file starts away from rest, and a run starts at rest. "
            f"Write simulate(..., initial=dict({values})) for the file's start"
        )
    if fields.has("init_threshold"):
        begun = fields.number("init_threshold")
        # Files hold the threshold before or after its factor; simulators start from neither.
        if not any(
            math.isclose(begun, th, rel_tol=1e-6) for th in (fields.number("th_inf"), th_inf)
        ):
            remarks.append(
                f"init_threshold {begun:g} V is not the threshold at rest, {th_inf:g} V; programs "
                f"start at rest all the same, so it was left out"
            )
    return remarks
