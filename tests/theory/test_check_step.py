"""`run.check_step()`: what it says must be what a finer run shows."""

import numpy as np
import pytest

import excitable as ex
from excitable.errors import SimulationError
from excitable.units import ms, mV, pA

DRIVE = "10 uA/cm2"


def shift(check):
    return check.spike_shift.to("ms").magnitude


def test_an_exact_run_is_converged_at_any_step():
    for dt in (0.1, 5.0):
        run = ex.simulate(ex.LIF, 200 * ms, dt=dt * ms, record_dt=1 * ms, I=300 * pA)
        check = run.check_step()
        assert check.converged
        assert shift(check) < 1e-9
        assert check.differences["v"].to("mV").magnitude < 1e-9
        assert check.spikes == (run.spikes.count,) * 2


def test_an_adaptive_run_says_its_own_error():
    run = ex.simulate(ex.HodgkinHuxley, 80 * ms, I=DRIVE)
    check = run.check_step()
    assert check.converged
    assert 0.0 < shift(check) < 1e-4
    assert "tolerance" in check.change


@pytest.mark.parametrize(("scheme", "order"), [("exponential_euler", 1), ("exponential_strang", 2)])
def test_the_shift_is_that_of_half_the_step(scheme, order):
    found = {}
    for dt in (0.04, 0.02, 0.01):
        found[dt] = ex.simulate(ex.HodgkinHuxley, 60 * ms, dt=dt * ms, scheme=scheme, I=DRIVE)
    for dt in (0.04, 0.02):
        check = found[dt].check_step()
        by_hand = np.abs(found[dt].spikes[0].times_ms - found[dt / 2].spikes[0].times_ms).max()
        assert shift(check) == by_hand
        v, finer = found[dt].bare("v"), found[dt / 2].bare("v")[::2]
        assert check.differences["v"].to("mV").magnitude == np.abs(v - finer).max()
        assert not check.converged or by_hand <= 0.01
    ratio = shift(found[0.04].check_step()) / shift(found[0.02].check_step())
    assert np.log2(ratio) == pytest.approx(order, abs=0.2)


def test_a_coarse_step_is_not_converged():
    run = ex.simulate(ex.HodgkinHuxley, 60 * ms, dt=0.1 * ms, scheme="exponential_euler", I=DRIVE)
    check = run.check_step()
    assert not check.converged
    assert shift(check) > 0.5
    assert "exponential_euler" in repr(check)


def test_spikes_that_come_or_go_are_no_small_shift():
    """Near rheobase half a step decides whether there is a spike."""
    counts = {}
    for I in np.linspace(6.0, 6.6, 13):
        run = ex.simulate(
            ex.HodgkinHuxley, 60 * ms, dt=0.1 * ms, scheme="exponential_euler", I=f"{I} uA/cm2",
            record=False,
        )  # fmt: skip
        check = run.check_step()
        counts[I] = check.spikes
        assert np.isinf(shift(check)) == (check.spikes[0] != check.spikes[1])
        assert check.converged == (shift(check) <= 0.01)
    assert any(before != after for before, after in counts.values())


def test_noise_cannot_be_checked():
    model = ex.Model(
        "Noise", equations="tau*dx/dt = -x + s*sqrt(tau)*xi", states=dict(x=0 * mV),
        parameters=dict(tau=5 * ms, s=1 * mV),
    )  # fmt: skip
    with pytest.raises(SimulationError, match="carries noise"):
        ex.simulate(model, 5 * ms).check_step()
