"""The law-giver itself: it sees what is wrong, says what does not apply, and reads well."""

import dataclasses

import numpy as np
import pytest
from user_models import MULTIPLICATIVE_NOISE, SILENT

from excitable import check_model
from excitable.checking import Finding, ModelCheck
from excitable.checking._check import _finding
from excitable.checking._order import measured_order
from excitable.checking._report import BrokenLawError
from excitable.checking._steps import compiled_step, flat_step
from excitable.checking._subject import Subject, first_neuron
from excitable.checking._text import jacobian, latex
from excitable.errors import ModelError, ParameterError, SchemeError, UnknownNameError
from excitable.expression import Number, parse
from excitable.models import EIF, LIF, FitzHughNagumo, HodgkinHuxley, MorrisLecar
from excitable.units import ms, mV


def test_laws_that_cannot_apply_say_so():
    verdicts = {f.law: f for f in check_model(SILENT, schemes=(), runs=False).findings}
    assert verdicts["compiled reset"].verdict == "does not apply"
    assert verdicts["compiled reset"].detail == "no reset"
    assert verdicts["Jacobian"].verdict == "holds"


def test_the_report_counts_and_lists():
    check = ModelCheck(
        "Cell <1>",
        (
            Finding("units", "holds", "5 names"),
            Finding("order", "broken", "order 1.00, 4 is due"),
            Finding("reset", "does not apply", "no reset"),
        ),
    )
    assert not check.passed
    assert check.broken[0].law == "order"
    first, *rows = check.report.splitlines()
    assert first == "Cell <1>: 1 laws hold, 1 broken, 1 do not apply"
    assert len(rows) == 3
    assert repr(check) == check.report
    html = check._repr_html_()
    assert "Cell &lt;1&gt;" in html
    assert "<b>broken</b>" in html


def test_a_wrong_jacobian_is_found(monkeypatch):
    subject = Subject(EIF, ())
    wrong = ((Number(-0.1),),)
    monkeypatch.setattr(type(subject.system), "jacobian", lambda self: wrong)
    with pytest.raises(BrokenLawError, match="differences give"):
        jacobian(subject)


def test_a_scheme_of_a_lower_order_is_found(monkeypatch):
    from excitable.checking import _order
    from excitable.numerics.schemes import heun

    monkeypatch.setattr(_order, "formulas", lambda system, scheme: heun.formulas(system))
    with pytest.raises(BrokenLawError, match="4 is due"):
        measured_order(Subject(EIF, ()), "rk4")


def test_a_kernel_of_other_formulas_is_found(monkeypatch):
    from excitable.checking import _steps
    from excitable.numerics.schemes import euler_maruyama

    monkeypatch.setattr(_steps, "formulas", lambda system, scheme: euler_maruyama.formulas(system))
    with pytest.raises(BrokenLawError, match="v differs"):
        compiled_step(Subject(LIF, ()), "rk4")


def test_a_wrong_flat_step_is_found(monkeypatch):
    from excitable.checking import _steps

    lower = _steps.lower

    def off(system, scheme, made):
        step = lower(system, scheme, made)
        last = step.body[-1]
        value = last.value + parse("1e-9")
        return dataclasses.replace(step, body=(*step.body[:-1], type(last)(last.target, value)))

    monkeypatch.setattr(_steps, "lower", off)
    with pytest.raises(BrokenLawError, match="differs"):
        flat_step(Subject(LIF, ()))


def test_unbalanced_latex_is_found(monkeypatch):
    subject = Subject(LIF, ())
    for text in (r"\frac{dv}{dt", r"\frac{dv}{dt}\right)", r"\begin{aligned}\frac12\end{array}"):
        monkeypatch.setattr(type(LIF), "latex", lambda self, text=text: text)
        with pytest.raises(BrokenLawError):
            latex(subject)


def test_a_law_that_fails_otherwise_is_a_finding():
    def law(subject):
        raise ZeroDivisionError("by nothing")

    found = _finding("odd", law, Subject(LIF, ()))
    assert (found.verdict, found.detail) == ("broken", "ZeroDivisionError: by nothing")


def test_of_a_population_the_first_neuron_is_examined():
    model = LIF(tau_m=[10, 20] * ms)
    assert first_neuron(model) == LIF(tau_m=10 * ms)
    assert first_neuron(LIF) is LIF
    assert check_model(model, schemes=(), runs=False).passed


def test_the_drive_makes_it_fire_a_few_times():
    drive = Subject(LIF, ("exact",)).drive
    assert 3 <= drive.spikes <= 5
    assert drive.inputs["I"] > 150.0  # pA, its rheobase


def test_a_given_drive_is_taken():
    check = check_model(LIF, schemes=["exact"], inputs=dict(I="400 pA"))
    fires = next(f for f in check.findings if f.law == "fires")
    assert "400 pA" in fires.detail


def test_silent_random_states_lie_around_rest():
    subject = Subject(HodgkinHuxley, (), seed=3)
    states = subject.states(20)
    assert (np.abs(states - subject.start[:, None]) <= subject.scale[:, None]).all()
    assert np.ptp(states, axis=1).min() > 0.0


def test_noise_is_part_of_the_compiled_step():
    assert "within" in compiled_step(Subject(MULTIPLICATIVE_NOISE, (), seed=5), "milstein")


@pytest.mark.parametrize(
    ("call", "error"),
    [
        (lambda: check_model("LIF"), ModelError),
        (lambda: check_model(LIF, schemes="euler"), SchemeError),
        (lambda: check_model(EIF, schemes=["exact"]), SchemeError),
        (lambda: check_model(LIF, inputs=dict(J="1 pA")), UnknownNameError),
        (lambda: check_model(LIF, inputs=dict(I=1 * mV)), ValueError),
        (lambda: check_model(LIF, seed=-1), ParameterError),
    ],
)
def test_bad_arguments(call, error):
    with pytest.raises(error):
        call()


@pytest.mark.parametrize("model", [MorrisLecar, FitzHughNagumo], ids=lambda model: model.name)
def test_a_slow_model_is_waited_for(model):
    """Its intervals are as long as the usual time of waiting, and at high drive it is blocked."""
    drive = Subject(model, ()).drive
    assert drive is not None
    assert drive.spikes >= 3
