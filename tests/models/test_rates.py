"""Every rate and steady value of the conductance-based models, against the printed formulas."""

import mpmath
import numpy as np
import pytest

from excitable.expression import differentiate, evaluate
from excitable.models import ConnorStevens, TraubMiles, WangBuzsaki, channels

M = mpmath.mpf


def exp(number):
    return mpmath.exp(number)


def quotient(x, scale):
    """x/(1 - exp(-x/scale)), as Hodgkin and Huxley's rates have it, with its limit at 0."""
    return x / (1 - exp(-x / scale)) if x else M(scale)


WANG_BUZSAKI = {
    "alpha_m": lambda v: quotient(v + 35, 10) / 10,
    "beta_m": lambda v: 4 * exp(-(v + 60) / 18),
    "alpha_h": lambda v: M("0.07") * exp(-(v + 58) / 20),
    "beta_h": lambda v: 1 / (exp(-(v + 28) / 10) + 1),
    "alpha_n": lambda v: quotient(v + 34, 10) / 100,
    "beta_n": lambda v: exp(-(v + 44) / 80) / 8,
}
CONNOR_STEVENS = {
    "alpha_m": lambda v: M("0.38") * quotient(v + M("29.7"), 10),
    "beta_m": lambda v: M("15.2") * exp(M("-0.0556") * (v + M("54.7"))),
    "alpha_h": lambda v: M("0.266") * exp(-(v + 48) / 20),
    "beta_h": lambda v: M("3.8") / (1 + exp(-(v + 18) / 10)),
    "alpha_n": lambda v: M("0.02") * quotient(v + M("45.7"), 10),
    "beta_n": lambda v: exp(-(v + M("55.7")) / 80) / 4,
    "a_inf": lambda v: mpmath.cbrt(
        M("0.0761") * exp(M("0.0314") * (v + M("94.22")))
        / (1 + exp(M("0.0346") * (v + M("1.17"))))
    ),
    "tau_a": lambda v: M("0.3632") + M("1.158") / (1 + exp(M("0.0497") * (v + M("55.96")))),
    "b_inf": lambda v: (1 / (1 + exp(M("0.0688") * (v + M("53.3"))))) ** 4,
    "tau_b": lambda v: M("1.24") + M("2.678") / (1 + exp(M("0.0624") * (v + 50))),
}  # fmt: skip
TRAUB_MILES = {  # V_T = -63 mV
    "alpha_m": lambda v: M("0.32") * quotient(v + 50, 4),
    "beta_m": lambda v: M("0.28") * quotient(-(v + 23), 5),
    "alpha_h": lambda v: M("0.128") * exp(-(v + 46) / 18),
    "beta_h": lambda v: 4 / (1 + exp(-(v + 23) / 5)),
    "alpha_n": lambda v: M("0.032") * quotient(v + 48, 5),
    "beta_n": lambda v: exp(-(v + 53) / 40) / 2,
}
M_CURRENT = {
    "p_inf": lambda v: 1 / (1 + exp(-(v + 35) / 10)),
    "tau_p": lambda v: 1000 / (M("3.3") * exp((v + 35) / 20) + exp(-(v + 35) / 20)),
}
H_CURRENT = {
    "r_inf": lambda v: 1 / (1 + exp((v + 75) / M("5.5"))),
    "tau_r": lambda v: 1 / (
        exp(M("-14.59") - M("0.086") * v) + exp(M("-1.87") + M("0.0701") * v)
    ),
}  # fmt: skip
CALCIUM = {  # V_x = 2 mV
    "s_inf": lambda v: 1 / (1 + exp(-(v + 59) / M("6.2"))),
    "u_inf": lambda v: 1 / (1 + exp((v + 83) / 4)),
    "tau_u": lambda v: (
        M("30.8") + (M("211.4") + exp((v + M("115.2")) / 5)) / (1 + exp((v + 86) / M("3.2")))
    ) / M(3) ** M("1.2"),
}  # fmt: skip
PRINTED = {
    (model, name): formula
    for model, formulas in (
        (WangBuzsaki, WANG_BUZSAKI),
        (ConnorStevens, CONNOR_STEVENS),
        (TraubMiles, TRAUB_MILES),
        (channels.m_current, M_CURRENT),
        (channels.h_current, H_CURRENT),
        (channels.calcium, CALCIUM),
    )
    for name, formula in formulas.items()
}
# Where a rate is 0/0 as printed, with its value and its slope there.
SINGULAR = [
    (WangBuzsaki, "alpha_m", -35.0, 1.0, 0.05),
    (WangBuzsaki, "alpha_n", -34.0, 0.1, 0.005),
    (ConnorStevens, "alpha_m", -29.7, 3.8, 0.19),
    (ConnorStevens, "alpha_n", -45.7, 0.2, 0.01),
    (TraubMiles, "alpha_m", -50.0, 1.28, 0.16),
    (TraubMiles, "beta_m", -23.0, 1.4, -0.14),
    (TraubMiles, "alpha_n", -48.0, 0.16, 0.016),
]
GRID = [*np.arange(-120.0, 60.5, 0.5), -59.9999, -35.0000001, 0.1]
# Rounding of an argument of up to 12 by half a unit in the last place, to the fourth power.
ROUNDING = 2e-14


def value(model, name, v):
    right = model.system.expand(dict(model.system.intermediates)[name])
    return evaluate(right, {**model.values(), "v": v})


def identify(case):
    return f"{case[0].name}-{case[1]}"


@pytest.mark.parametrize("case", PRINTED, ids=identify)
def test_rates_are_the_printed_formulas(case):
    model, name = case
    with mpmath.workdps(40):
        expected = [float(PRINTED[case](M(float(v)))) for v in GRID]
    assert value(model, name, np.array(GRID)) == pytest.approx(expected, rel=ROUNDING)


@pytest.mark.parametrize("case", SINGULAR, ids=identify)
def test_removable_singularities(case):
    model, name, place, limit, slope = case
    assert value(model, name, place) == pytest.approx(limit, rel=4e-16)
    around = np.array(
        sorted({place, *(place + s * 10.0**k for k in range(-16, 1) for s in (-1, 1))})
    )
    with mpmath.workdps(40):
        expected = [float(PRINTED[model, name](M(float(v)))) for v in around]
    found = value(model, name, around)
    assert found == pytest.approx(expected, rel=1e-14)
    assert np.all(np.sign(slope) * np.diff(found) >= 0.0)
    right = model.system.expand(dict(model.system.intermediates)[name])
    names = {**model.values(), "v": place}
    assert evaluate(differentiate(right, "v"), names) == pytest.approx(slope, rel=1e-13)


@pytest.mark.parametrize("case", SINGULAR, ids=identify)
def test_the_jacobian_is_finite_at_the_singular_potentials(case):
    model, _, place, _, _ = case
    names = {**model.values(), **dict.fromkeys(model.states, 0.3), "v": place, "I": 0.0}
    jacobian = [[evaluate(entry, names) for entry in row] for row in model.system.jacobian()]
    assert np.isfinite(jacobian).all()


@pytest.mark.parametrize("model", list(dict.fromkeys(m for m, _ in PRINTED)), ids=lambda m: m.name)
def test_no_rate_is_left_out(model):
    kinds = ("alpha_", "beta_", "tau_", "a_inf", "b_inf", "p_inf", "r_inf", "s_inf", "u_inf")
    rates = {name for name, _ in model.system.intermediates if name.startswith(kinds)}
    assert rates == {name for other, name in PRINTED if other is model}
