"""The formulas of the schemes themselves, evaluated by NumPy: orders, statistics, refusals."""

import numpy as np
import pytest
from user_models import MULTIPLICATIVE_NOISE, NOISY_INTEGRATOR, SILENT

from excitable.checking._reference import step_by_formulas, step_names
from excitable.checking._subject import Subject
from excitable.errors import SchemeError
from excitable.model import Model
from excitable.models import EIF, LIF, AdEx, HodgkinHuxley
from excitable.numerics.choose import FIXED_STEP, SCHEMES, choose, formulas, refusal
from excitable.units import ms, mV, nS, pA, pF

GROWTH = Model(
    "Geometric Brownian motion",
    equations="dx/dt = mu*x + sigma*x*xi",
    states=dict(x=1.0),
    parameters=dict(mu="0.1/ms", sigma="0.3 ms**-0.5"),
)
PATHS = 400


def walk(model, scheme, increments, span, start=None):
    """Take a model along given Brownian increments, shape (steps, paths)."""
    subject = Subject(model, ())
    made = formulas(model.system, scheme)
    steps, paths = increments.shape
    x = np.repeat((subject.declared if start is None else start)[:, None], paths, axis=1)
    for k in range(steps):
        names = step_names(subject, x, 0.0, span / steps, lambda t: {})
        names |= {"xi__step": increments[k]}
        x = step_by_formulas(made, names, model.system.states)
    return x


@pytest.fixture(scope="module")
def brownian():
    """Increments of many paths over 1 ms in 1024 steps."""
    return np.random.default_rng(1).normal(0.0, np.sqrt(1 / 1024), (1024, PATHS))


@pytest.mark.parametrize("scheme", ["heun", "milstein"])
def test_strong_order_one_with_multiplicative_noise(scheme, brownian):
    # In Stratonovich's sense the solution is exp(mu t + sigma W): no -sigma^2/2.
    exact = np.exp(0.1 + 0.3 * brownian.sum(axis=0))
    errors = []
    counts = [16, 32, 64, 128]
    for count in counts:
        x = walk(GROWTH, scheme, brownian.reshape(count, -1, PATHS).sum(axis=1), 1.0)
        errors.append(np.sqrt(np.mean((x[0] - exact) ** 2)))
    order = -np.polyfit(np.log(counts), np.log(errors), 1)[0]
    assert 0.85 < order < 1.3
    assert errors[-1] < 2e-3


def test_the_sense_is_that_of_stratonovich(brownian):
    # E x(1) = exp(mu + sigma^2/2); read as Ito's it would be exp(mu). The paths are antithetic, so
    # that the mean is sharper than the two senses are apart.
    both = np.concatenate([brownian, -brownian], axis=1)
    mean = walk(GROWTH, "milstein", both, 1.0).mean()
    exact = np.exp(0.1 + 0.3 * both.sum(axis=0)).mean()
    assert mean == pytest.approx(exact, rel=1e-4)
    assert abs(exact - np.exp(0.1 + 0.045)) < 0.01 < np.exp(0.1) * (np.exp(0.045) - 1)


@pytest.mark.parametrize("scheme", ["heun", "milstein", "euler_maruyama"])
def test_variance_of_an_ornstein_uhlenbeck_process(scheme):
    # dv = -v/tau dt + sigma sqrt(2/tau) dW has the variance sigma^2. A linear step is
    # x -> (1 + a) x + b dW, so the variance of the scheme is b^2 h/(1 - (1 + a)^2): no sampling.
    subject = Subject(NOISY_INTEGRATOR, ())
    made = formulas(NOISY_INTEGRATOR.system, scheme)
    rest = subject.start

    def after(x, increment, h):
        names = step_names(subject, rest + x, 0.0, h, lambda t: {}) | {"xi__step": increment}
        return float(step_by_formulas(made, names, ("v",))[0]) - float(rest[0])

    found = []
    for h in (1.0, 0.5, 0.25):
        keep, push = after(1.0, 0.0, h), after(0.0, 1.0, h)
        found.append(push**2 * h / (1.0 - keep**2))
    error = np.abs(np.array(found) - 1.0)
    order = np.log2(error[0] / error[2]) / 2
    assert error[-1] < 0.01
    assert order > (1.9 if scheme == "heun" else 0.9)


def test_schemes_agree_on_additive_noise_to_first_order(brownian):
    ends = [walk(NOISY_INTEGRATOR, s, brownian[:, :20], 1.0) for s in ("heun", "euler_maruyama")]
    assert np.abs(ends[0] - ends[1]).max() < 1e-3


def test_what_auto_takes():
    assert choose(LIF.system).name == "exact"
    assert choose(LIF.system, smooth=("I",)).name == "adaptive"
    for model in (EIF, AdEx, HodgkinHuxley, SILENT):
        assert choose(model.system).name == "adaptive", model.name
    for model in (NOISY_INTEGRATOR, MULTIPLICATIVE_NOISE):
        assert choose(model.system).name == "heun", model.name


@pytest.mark.parametrize("scheme", [s for s in SCHEMES if s != "auto"])
def test_a_refusal_names_what_serves(scheme):
    for model in (LIF, EIF, NOISY_INTEGRATOR, MULTIPLICATIVE_NOISE):
        why = refusal(model.system, scheme)
        if why is None:
            assert choose(model.system, scheme).name == scheme
            continue
        with pytest.raises(SchemeError) as caught:
            choose(model.system, scheme)
        best = choose(model.system).name
        assert why in str(caught.value)
        assert f'scheme="{best}"' in caught.value.write


def test_what_is_refused():
    assert refusal(EIF.system, "exact") == "dv/dt is not linear in v"
    assert refusal(LIF.system, "exact", ("I",)) == "I is neither constant nor linear in pieces"
    assert refusal(AdEx.system, "exponential_euler") == "dv/dt is not linear in v itself"
    assert refusal(NOISY_INTEGRATOR.system, "rk4") == "it has no noise term for xi"
    assert "Ito" in refusal(MULTIPLICATIVE_NOISE.system, "euler_maruyama")
    assert refusal(NOISY_INTEGRATOR.system, "euler_maruyama") is None
    assert refusal(HodgkinHuxley.system, "exponential_strang") is None


def noisy(second):
    return Model(
        "Two noises",
        equations=f"tau*dx/dt = -x + a*sqrt(tau)*y*xi\n tau*dy/dt = -y + {second}",
        states=dict(x=1.0, y=1.0),
        parameters=dict(tau=10 * ms, a=0.1),
    )


def test_milstein_asks_for_noises_that_commute():
    together = noisy("a*sqrt(tau)*x*xi_2").system
    assert refusal(together, "milstein") == "its noises do not commute"
    assert refusal(together, "heun") is None
    apart = noisy("a*sqrt(tau)*xi").system
    assert refusal(apart, "milstein") is None


@pytest.mark.parametrize(
    ("spike", "reset", "why"),
    [
        ("v**2 >= V_T**2", "v = V_R", "the spike condition is not linear in v"),
        ("v >= V_T + R*I", "v = V_R", "the spike condition depends on an input"),
        ("v >= V_T", "v = 2*V_R - v*v/V_R", "the reset of v is not linear in v"),
        ("v >= V_T", "v = V_R + R*I", "the reset of v depends on an input"),
    ],
)
def test_why_a_linear_equation_may_not_be_exact(spike, reset, why):
    model = Model(
        "Odd", equations="tau*dv/dt = E_L - v + R*I", spike=spike, reset=reset,
        states=dict(v=-65 * mV), inputs=dict(I=pA),
        parameters=dict(tau=20 * ms, R="100 MOhm", E_L=-65 * mV, V_T=-50 * mV, V_R=-70 * mV),
    )  # fmt: skip
    assert refusal(model.system, "exact") == why
    if why.endswith("input"):  # an input may jump, so no scheme can serve
        with pytest.raises(SchemeError, match=why.replace("an input", "the input I")):
            choose(model.system)
        return
    assert choose(model.system).name == "adaptive"
    assert choose(model.system).why.startswith(why)


def test_every_scheme_states_its_order_and_its_formulas_end_with_the_states():
    for scheme, make in FIXED_STEP.items():
        if refusal(HodgkinHuxley.system, scheme) is None:
            targets = [a.target for a in make(HodgkinHuxley.system)]
            assert targets[-4:] == ["v__new", "m__new", "h__new", "n__new"]


def test_held_states_stand_still_in_every_scheme():
    model = Model(
        "Held",
        equations="C*dv/dt = g*(E_L - v) - w + I\n tau*dw/dt = a*(v - E_L) - w",
        spike="v >= V_T", reset="v = V_R", refractory="t_ref",
        states=dict(v=-60 * mV, w=10 * pA), inputs=dict(I=pA),
        parameters=dict(C=100 * pF, g=10 * nS, E_L=-65 * mV, tau=20 * ms, a=2 * nS,
                        V_T=-50 * mV, V_R=-60 * mV, t_ref=5 * ms),
    )  # fmt: skip
    subject = Subject(model, ())
    x = np.array([[-60.0], [20.0]])
    for scheme in FIXED_STEP:
        names = step_names(subject, x, 0.0, 0.5, lambda t: {}) | {"active__": 0.0}
        after = step_by_formulas(formulas(model.system, scheme), names, ("v", "w"))
        assert after[0, 0] == -60.0, scheme
        assert after[1, 0] != 20.0, scheme
