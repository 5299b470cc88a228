"""One kernel, three ways: as a formula, as a chain of stages, as a synapse that is run."""

import numpy as np
import pytest

import excitable as ex
from excitable.errors import ParameterError
from excitable.units import ms

TAU = 5.0
T = np.concatenate([[0.0, 1e-3], np.linspace(0.1, 120.0, 400)])
SYNAPSES = {
    name: getattr(ex.synapses, name) for name in ("Exponential", "Alpha", "DualExponential")
}


def answer(synapse, **options):
    return ex.impulse_response(synapse, input="a", output="s", t=T * ms, **options).value.m_as(
        "1/ms"
    )


@pytest.mark.parametrize("n", range(7))
def test_c15_kernel_chain_and_closed_form_are_equal(n):
    found = answer(ex.synapses.Gamma(n)(tau=TAU * ms))
    kernel = ex.kernels.gamma(n, TAU * ms)(T * ms).m_as("1/ms")
    current = ex.theory.synaptic_kernel(T * ms, tau_s=TAU * ms, n=n).m_as("1/ms")
    assert np.abs(found - kernel).max() < 1e-12 * kernel.max()
    assert np.abs(current - kernel).max() < 1e-12 * kernel.max()


@pytest.mark.parametrize("n", range(7))
def test_c15_area_peak_mean_and_variance(n):
    # Nodes of a rule exact for polynomials times exp(-t/tau).
    nodes, weights = np.polynomial.laguerre.laggauss(40)
    lag = nodes * TAU
    synapse = ex.synapses.Gamma(n)(tau=TAU * ms)
    h = ex.impulse_response(synapse, input="a", t=lag * ms).value.m_as("1/ms")
    share = weights * TAU * h * np.exp(nodes)
    assert share.sum() == pytest.approx(1.0, rel=1e-10)
    assert share @ lag == pytest.approx((n + 1) * TAU, rel=1e-10)
    assert share @ (lag - (n + 1) * TAU) ** 2 == pytest.approx((n + 1) * TAU**2, rel=1e-9)
    around = n * TAU + np.array([-1e-3, 0.0, 1e-3])
    values = answer_at(synapse, np.maximum(around, 0.0))
    assert values.argmax() == (1 if n else 0)


def answer_at(synapse, t, **options):
    return ex.impulse_response(synapse, input="a", t=t * ms, **options).value.m_as("1/ms")


def test_named_synapses_are_chains():
    assert answer(SYNAPSES["Exponential"]) == pytest.approx(answer(ex.synapses.Gamma(0)))
    assert answer(SYNAPSES["Alpha"]) == pytest.approx(answer(ex.synapses.Gamma(1)))
    even = SYNAPSES["DualExponential"](tau_rise=TAU * ms, tau_decay=TAU * ms)
    assert answer(even) == pytest.approx(answer(ex.synapses.Gamma(1)))
    found = answer(SYNAPSES["DualExponential"](tau_rise=1 * ms, tau_decay=6 * ms))
    assert found == pytest.approx((np.exp(-T / 6) - np.exp(-T)) / 5.0, abs=1e-15)


@pytest.mark.parametrize("n", [0, 1, 3, 6])
def test_spikes_that_are_run_through_a_synapse_leave_its_kernel(n):
    # Spikes as narrow pulses of area one: the width of 0.1 us shifts the kernel by half of it.
    width = 1e-4
    spike = ex.pulse(f"{1 / width} 1/ms", start=2 * ms, width=width * ms)
    run = ex.simulate(ex.synapses.Gamma(n)(tau=TAU * ms), 60 * ms, a=spike)
    kernel = ex.kernels.gamma(n, TAU * ms)((run.t_ms - 2.0 - width / 2) * ms).m_as("1/ms")
    late = run.t_ms > 2.01
    assert np.abs(run.bare("s") - kernel)[late].max() < 1e-9


def test_the_mean_of_the_output_is_the_rate_of_spikes():
    for synapse in [*SYNAPSES.values(), ex.synapses.Gamma(4)]:
        run = ex.simulate(synapse, 400 * ms, a="80 Hz")
        assert run.s[-1].m_as("Hz") == pytest.approx(80.0, rel=1e-12)
        assert run.scheme.name == "exact"


@pytest.mark.parametrize("name", ["Exponential", "DualExponential", 2])
def test_synapses_pass_the_check_of_models(name):
    result = ex.check_model(ex.synapses.Gamma(name) if isinstance(name, int) else SYNAPSES[name])
    assert result.passed, result.report


@pytest.mark.parametrize("n", [-1, 1.5, True, 101, "two"])
def test_orders_that_are_none_are_refused(n):
    with pytest.raises(ParameterError, match="whole number from 0 to 100"):
        ex.synapses.Gamma(n)


def test_the_part_is_found():
    assert "synapses" in ex.__all__
    assert sorted(ex.synapses.__all__) == ["Alpha", "DualExponential", "Exponential", "Gamma"]
