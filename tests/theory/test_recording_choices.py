"""What is recorded, when, and from where: values against closed forms."""

import numpy as np
import pytest

import excitable as ex
from excitable.errors import UnknownNameError
from excitable.units import MOhm, cm, mS, ms, mV, pA

MEMBRANE = ex.LIF(R=100 * MOhm, E_L=0 * mV, V_T=1e6 * mV, V_R=0 * mV)


def charge(t):
    return -10.0 * np.expm1(-t / 20.0)


class TestNames:
    def test_every_state_by_default(self):
        assert ex.simulate(ex.AdEx, 1 * ms).recorded == ("v", "w")

    def test_spikes_alone(self):
        run = ex.simulate(ex.LIF, 100 * ms, I=300 * pA, record=False)
        assert run.recorded == ()
        assert run.spikes.count == 6

    def test_large_populations_keep_spikes_alone(self):
        run = ex.simulate(ex.LIF, 10 * ms, I=np.full(101, 300.0) * pA)
        assert run.recorded == ()
        assert ex.simulate(ex.LIF, 10 * ms, I=np.full(101, 300.0) * pA, record=True).recorded

    def test_one_name_several_names(self):
        assert ex.simulate(ex.HodgkinHuxley, 1 * ms, record="h").recorded == ("h",)
        assert ex.simulate(ex.HodgkinHuxley, 1 * ms, record=["n", "v"]).recorded == ("n", "v")

    def test_order_of_names_does_not_mix_states(self):
        one = ex.simulate(ex.HodgkinHuxley, 5 * ms, I="10 uA/cm2")
        two = ex.simulate(ex.HodgkinHuxley, 5 * ms, I="10 uA/cm2", record=["n", "m", "v"])
        for name in "nmv":
            assert np.array_equal(one.bare(name), two.bare(name))

    def test_unknown_names(self):
        with pytest.raises(UnknownNameError, match="'x' cannot be recorded"):
            ex.simulate(ex.LIF, 1 * ms, record="x")


class TestNeurons:
    @pytest.mark.parametrize("scheme", ["exact", "adaptive", "rk4"])
    @pytest.mark.parametrize("which", [[2, 70], slice(60, None, 3), 5])
    def test_chosen_neurons(self, scheme, which):
        currents = np.linspace(0.0, 500.0, 75)
        every = ex.simulate(ex.LIF, 30 * ms, I=currents * pA, record=True, scheme=scheme)
        some = ex.simulate(ex.LIF, 30 * ms, I=currents * pA, record=dict(v=which), scheme=scheme)
        chosen = np.atleast_1d(np.arange(75)[which])
        assert some.neurons["v"].tolist() == chosen.tolist()
        assert np.array_equal(some.bare("v"), every.bare("v")[:, chosen])
        assert np.array_equal(some.spikes.times_ms, every.spikes.times_ms)

    def test_one_neuron_has_no_neuron_axis(self):
        assert ex.simulate(ex.LIF, 1 * ms).v.shape == (11,)
        assert ex.simulate(ex.LIF, 1 * ms, I=[1.0, 2.0] * pA).v.shape == (11, 2)


class TestIntermediates:
    def test_rates_of_the_squid_axon(self):
        run = ex.simulate(ex.HodgkinHuxley, 20 * ms, I="10 uA/cm2", record=["v", "beta_m"])
        expected = 4.0 * np.exp(-(run.bare("v") + 65.0) / 18.0)
        assert run.bare("beta_m") == pytest.approx(expected, rel=1e-13)
        assert run["beta_m"].units == run.t.units**-1

    def test_currents_alone_and_of_several_neurons(self):
        model = ex.Model(
            "Leak beside a switched conductance",
            equations="""
                C*dv/dt = -I_L + I
                I_L = g_L*(v - E_L)
                power = I_L*v
            """,
            states=dict(v=-60 * mV),
            inputs=dict(I="uA/cm2"),
            parameters=dict(C="1 uF/cm2", g_L=np.array([0.1, 0.3]) * (mS / cm**2), E_L=-60 * mV),
        )
        run = ex.simulate(model, 50 * ms, I="1 uA/cm2", record=["I_L", "power"])
        rates = np.array([0.1, 0.3])
        expected = -np.expm1(-rates * run.t_ms[:, None])
        assert run.bare("I_L") == pytest.approx(expected, rel=1e-12, abs=1e-14)
        assert run.bare("power") == pytest.approx(expected * (expected / rates - 60), rel=1e-12)

    def test_a_quantity_of_inputs_alone(self):
        model = ex.Model(
            "Gain",
            equations="tau*dv/dt = -v + drive\ndrive = R*I",
            states=dict(v=0 * mV),
            inputs=dict(I=pA),
            parameters=dict(tau=20 * ms, R=100 * MOhm),
        )
        current = ex.step(100 * pA, start=1.05 * ms, stop=3 * ms)
        run = ex.simulate(model, 5 * ms, I=current, record="drive")
        on = (run.t_ms >= 1.05) & (run.t_ms < 3.0 - 1e-9)
        assert np.array_equal(run.bare("drive"), np.where(on, 10.0, 0.0))


class TestTimes:
    @pytest.mark.parametrize("scheme", ["exact", "adaptive", "rk4"])
    @pytest.mark.parametrize("duration", [1.0, 1.05, 0.03, 7.77, 100.0])
    def test_duration_need_not_be_a_multiple(self, duration, scheme):
        run = ex.simulate(MEMBRANE, duration * ms, I=100 * pA, scheme=scheme)
        count = int(duration / 0.1 + 1e-9) + 1
        assert run.t_ms == pytest.approx(np.arange(count) * 0.1, abs=1e-12)
        assert run.t_ms[-1] <= duration
        assert run.bare("v") == pytest.approx(charge(run.t_ms), abs=1e-6)
        assert run.duration.to("ms").magnitude == duration

    @pytest.mark.parametrize("dt", [0.03, 0.7, 1 / 3])
    def test_steps_that_do_not_divide_the_duration(self, dt):
        for scheme in ("exact", "rk4"):
            run = ex.simulate(MEMBRANE, 10 * ms, dt=dt * ms, I=100 * pA, scheme=scheme)
            assert run.t_ms.size == int(10.0 / dt + 1e-9) + 1
            assert run.bare("v") == pytest.approx(charge(run.t_ms), abs=1e-6)

    @pytest.mark.parametrize("scheme", ["exact", "adaptive"])
    @pytest.mark.parametrize("interval", [0.01, 0.1, 0.25, 3.3, 50.0])
    def test_interval_of_recording(self, interval, scheme):
        run = ex.simulate(MEMBRANE, 50 * ms, record_dt=interval * ms, I=100 * pA, scheme=scheme)
        assert run.t_ms.size == int(50.0 / interval + 1e-9) + 1
        assert run.bare("v") == pytest.approx(charge(run.t_ms), abs=1e-6)

    def test_interval_of_recording_with_a_fixed_step(self):
        fine = ex.simulate(MEMBRANE, 50 * ms, I=100 * pA, scheme="rk4")
        coarse = ex.simulate(MEMBRANE, 50 * ms, record_dt=2.5 * ms, I=100 * pA, scheme="rk4")
        assert np.array_equal(coarse.bare("v"), fine.bare("v")[::25])

    @pytest.mark.parametrize("scheme", ["exact", "adaptive", "rk4"])
    @pytest.mark.parametrize("t_start", [-50.0, 12.34, 1e6])
    def test_a_run_is_the_same_at_any_time(self, t_start, scheme):
        """Stimuli are in the time of the run; everything shifts together."""

        def run(begin):
            current = ex.step(300 * pA, start=(begin + 5.5) * ms, stop=(begin + 60) * ms)
            return ex.simulate(ex.LIF, 80 * ms, t_start=begin * ms, I=current, scheme=scheme)

        early, late = run(0.0), run(t_start)
        rounding = 4 * np.spacing(max(abs(t_start), 80.0))
        assert early.spikes.count == 3
        shift = late.spikes[0].times_ms - early.spikes[0].times_ms
        assert np.abs(shift - t_start).max() < rounding + 1e-12
        assert late.t_ms == pytest.approx(early.t_ms + t_start, abs=rounding)
        assert late.bare("v") == pytest.approx(early.bare("v"), abs=10 * rounding + 1e-9)

    def test_a_stimulus_that_began_before_the_run(self):
        current = ex.step(100 * pA, start=-30 * ms, stop=10 * ms)
        run = ex.simulate(MEMBRANE, 30 * ms, t_start=-5 * ms, I=current)
        t = run.t_ms
        expected = charge(t + 5.0) - np.where(t > 10.0, charge(np.maximum(t - 10.0, 0.0)), 0.0)
        assert run.bare("v") == pytest.approx(expected, abs=1e-12)


class TestStart:
    def test_states_left_out_stay_at_rest(self):
        run = ex.simulate(ex.HodgkinHuxley, 1 * ms, initial=dict(v=-50 * mV))
        rest = ex.simulate(ex.HodgkinHuxley, 1 * ms)
        assert run.bare("v")[0] == -50.0
        for gate in "mhn":
            assert run.bare(gate)[0] == rest.bare(gate)[0]
        assert "v as given" in run.start

    def test_a_given_start_is_the_first_sample(self):
        run = ex.simulate(ex.AdEx, 1 * ms, initial=dict(v="-61 mV", w="33 pA"))
        assert (run.bare("v")[0], run.bare("w")[0]) == (-61.0, 33.0)
        assert run.start == "as given"

    def test_a_model_without_rest_begins_as_declared(self):
        model = ex.Izhikevich(q_0="150 mV/ms")
        run = ex.simulate(model, 1 * ms)
        assert (run.bare("v")[0], run.bare("u")[0]) == (-65.0, -13.0)
        assert "no stable equilibrium" in run.start

    def test_rest_of_izhikevich_is_the_lower_root(self):
        run = ex.simulate(ex.Izhikevich, 1 * ms)
        # 0.04 v^2 + 5 v + 140 = 0.2 v
        assert run.bare("v")[0] == pytest.approx((-4.8 - np.sqrt(4.8**2 - 22.4)) / 0.08, rel=1e-13)
        assert run.bare("u")[0] == pytest.approx(0.2 * run.bare("v")[0], rel=1e-13)

    def test_rest_of_the_leaky_neuron_is_its_resting_potential(self):
        run = ex.simulate(ex.LIF(E_L=np.array([-70.0, -61.5]) * mV), 1 * ms)
        assert run.bare("v")[0].tolist() == [-70.0, -61.5]
