"""What must not matter does not: slices, threads, buffers, neighbours, seeds."""

import numpy as np
import pytest

import excitable as ex
from excitable.simulation import _loop
from excitable.units import ms, pA

CURRENTS = np.linspace(160, 420, 150) * pA


def spikes_of(run):
    return run.spikes.offsets.tolist(), run.spikes.grouped_ms.tolist()


@pytest.mark.parametrize("scheme", ["exact", "adaptive", "rk4"])
def test_slices_and_spike_buffers_change_nothing(scheme, monkeypatch):
    def run():
        return ex.simulate(ex.LIF, 200 * ms, I=CURRENTS, scheme=scheme, record="v",
                           record_dt=5 * ms, threads=2)  # fmt: skip

    whole = run()
    assert whole.spikes.count > 500
    grow = _loop.Chunk.__post_init__

    def small(self):
        self.capacity = 3
        grow(self)

    monkeypatch.setattr(_loop.Chunk, "__post_init__", small)
    monkeypatch.setattr(_loop, "SLICE_SECONDS", 0.01)
    monkeypatch.setattr("excitable.simulation._simulate._guess", lambda problem, choice: 1.0)
    pieces = run()
    assert spikes_of(pieces) == spikes_of(whole)
    np.testing.assert_array_equal(pieces.values["v"], whole.values["v"])


def test_the_numbering_of_neurons_does_not_matter():
    order = np.random.default_rng(0).permutation(CURRENTS.size)
    run = ex.simulate(ex.LIF, 100 * ms, I=CURRENTS)
    other = ex.simulate(ex.LIF, 100 * ms, I=CURRENTS[order])
    for k, i in enumerate(order):
        assert other.spikes[k].times_ms.tolist() == run.spikes[int(i)].times_ms.tolist()


def test_a_parameter_array_is_a_population_of_single_neurons():
    taus = [8.0, 15.0, 31.0]
    crowd = ex.simulate(ex.LIF(tau_m=taus * ms), 100 * ms, I=300 * pA)
    for k, tau in enumerate(taus):
        alone = ex.simulate(ex.LIF(tau_m=tau * ms), 100 * ms, I=300 * pA)
        assert alone.spikes[0].times_ms.tolist() == crowd.spikes[k].times_ms.tolist()
        np.testing.assert_array_equal(alone.values["v"][:, 0], crowd.values["v"][:, k])


def test_check_step_says_how_far_from_converged():
    coarse = ex.simulate(ex.LIF, 100 * ms, I=300 * pA, scheme="euler_maruyama", dt=0.5 * ms)
    check = coarse.check_step()
    assert check.change == "dt 0.5 ms against 0.25 ms"
    assert not check.converged
    assert check.spike_shift.to("ms").magnitude > 0.01
    assert "euler_maruyama" in repr(check)
    exact = ex.simulate(ex.LIF, 100 * ms, I=300 * pA).check_step()
    assert exact.converged
    assert exact.spike_shift.to("ms").magnitude < 1e-9
