"""Lowering: tables equal the sum of the parts evaluated directly, times keep every bit."""

import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from excitable import units
from excitable.errors import MemoryLimitError, StimulusError, UnitError
from excitable.stimuli import lower, pulse, pulses, ramp, size_of, step, trace
from excitable.units import CURRENT, ms, mV, nA, pA


def lowered(value, n=1, duration=1000.0, dt=0.1, dimension=CURRENT, **options):
    return lower(value, dimension, n, duration=duration, dt=dt, owner="LIF.I", **options)


def check_layout(table, n):
    assert table.offsets.dtype == np.int64
    assert table.table_of.dtype == np.int64
    assert table.table_of.shape == (n,)
    assert table.times.size == table.level.size == table.slope.size == table.offsets[-1]
    assert (table.times[table.offsets[:-1]] == 0.0).all()
    inside = np.ones(table.times.size, dtype=bool)
    inside[table.offsets[:-1]] = False
    assert (np.diff(table.times)[inside[1:]] > 0).all()
    assert table.table_of.max() < table.tables


class TestConstants:
    def test_a_quantity_is_one_segment_for_all(self):
        table = lowered(0.3 * nA, n=5)
        check_layout(table, 5)
        assert table.is_constant
        assert (table.tables, table.level.tolist()) == (1, [300.0])

    def test_an_array_is_one_segment_per_neuron(self):
        table = lowered([1.0, 2.0, 3.0] * pA, n=3)
        check_layout(table, 3)
        assert table.is_constant
        assert table.value([0.0, 7.0], [2, 0]).tolist() == [[3.0, 1.0], [3.0, 1.0]]

    def test_zero_needs_no_unit(self):
        assert lowered(0).level.tolist() == [0.0]

    def test_text_is_read(self):
        assert lowered("0.3 nA").level.tolist() == [300.0]

    def test_other_lengths_are_refused(self):
        with pytest.raises(StimulusError, match="values for 3 neurons; there are 4 neurons"):
            lowered([1, 2, 3] * pA, n=4)

    def test_a_wrong_unit_is_refused(self):
        with pytest.raises(UnitError, match=r"^LIF\.I: .*a current is expected"):
            lowered(3 * mV)

    @pytest.mark.parametrize("bad", [np.nan, np.inf])
    def test_what_is_not_finite_is_refused(self, bad):
        with pytest.raises(StimulusError, match="finite"):
            lowered(bad * pA)
        with pytest.raises(StimulusError, match="index 1"):
            lowered([1, bad] * pA, n=2)


class TestSwitching:
    def test_times_off_the_grid_keep_every_bit(self):
        table = lowered(step(300 * pA, start=100.0123 * ms, stop=400 * ms))
        assert table.times.tolist() == [0.0, 100.0123, 400.0]
        assert table.level.tolist() == [0.0, 300.0, 0.0]

    def test_it_is_on_from_start_and_off_from_stop(self):
        table = lowered(step(1 * pA, start=1 * ms, stop=2 * ms))
        before = np.nextafter([1.0, 2.0], 0)
        assert table.value([before[0], 1.0, before[1], 2.0]).tolist() == [0, 1, 1, 0]

    def test_a_sum_merges_what_coincides(self):
        table = lowered(step(1 * pA, start=10 * ms, stop=20 * ms) + step(2 * pA, start=20 * ms))
        assert table.times.tolist() == [0.0, 10.0, 20.0]
        assert table.level.tolist() == [0.0, 1.0, 2.0]

    def test_times_at_which_nothing_changes_are_left_out(self):
        both = step(1 * pA, start=1 * ms) + step(1 * pA, start=5 * ms) - step(1 * pA, start=5 * ms)
        assert lowered(both).times.tolist() == [0.0, 1.0]

    def test_time_runs_from_the_start_of_the_run(self):
        table = lowered(step(1 * pA, start=103 * ms, stop=150 * ms), t_start=100.0, duration=20.0)
        assert table.times.tolist() == [0.0, 3.0]
        assert lowered(step(1 * pA, start=103 * ms), t_start=200.0).level.tolist() == [1.0]

    def test_a_pulse_of_no_width_is_nothing(self):
        assert lowered(pulse(1 * pA, start=5 * ms, width=0 * ms)).is_constant

    def test_pulses_begin_at_exact_multiples(self):
        table = lowered(pulses(1 * pA, start=0.3 * ms, width=0.05 * ms, period=0.1 * ms, n=1000))
        assert (table.times[1::2] == 0.3 + np.arange(1000) * 0.1).all()
        assert table.times.size == 2001

    def test_pulses_of_full_width_stay_on(self):
        table = lowered(pulses(1 * pA, start=0.3 * ms, width=0.1 * ms, period=0.1 * ms, n=1000))
        assert table.level.tolist() == [0.0, 1.0, 0.0]

    def test_pulses_without_a_number_go_on(self):
        table = lowered(pulses(1 * pA, start=5 * ms, width=1 * ms, period=100 * ms), duration=1e4)
        assert table.level.sum() == 100
        late = pulses(1 * pA, start=5 * ms, width=1 * ms, period=100 * ms)
        assert lowered(late, t_start=1e6, duration=150.0).times.tolist() == [0, 5, 6, 105, 106]

    def test_each_neuron_can_have_its_own_times(self):
        stimulus = step([1, 2, 3] * pA, start=[10, 20, 30] * ms, stop=40 * ms)
        table = lowered(stimulus, n=3)
        check_layout(table, 3)
        assert size_of(stimulus) == 3
        assert table.value([15.0, 25.0, 35.0], [0, 1, 2]).tolist() == [
            [1, 0, 0],
            [1, 2, 0],
            [1, 2, 3],
        ]

    def test_equal_neurons_share_a_table(self):
        table = lowered(step(np.tile([1.0, 2.0], 50) * pA, start=1 * ms) + 3 * pA, n=100)
        assert table.tables == 2
        assert table.value(5.0, np.arange(4)).tolist() == [4.0, 5.0, 4.0, 5.0]

    def test_a_ramp_is_one_slope(self):
        table = lowered(ramp(10 * pA, 20 * pA, start=100 * ms, stop=200 * ms))
        assert table.times.tolist() == [0.0, 100.0, 200.0]
        assert table.slope.tolist() == [0.0, 0.1, 0.0]
        cut = lowered(ramp(10 * pA, 20 * pA, start=100 * ms, stop=200 * ms), t_start=150.0)
        assert cut.level[0] == pytest.approx(15.0, rel=1e-15)


class TestTraces:
    def test_samples_hold_until_the_next(self):
        table = lowered(trace([1, 2, 3] * pA, dt=0.1 * ms, start=5 * ms, after=9 * pA))
        assert table.times.tolist() == [0.0, *(5.0 + np.arange(4) * 0.1)]
        assert table.level.tolist() == [0.0, 1.0, 2.0, 3.0, 9.0]

    def test_linear_samples_are_met(self):
        values = np.array([1.0, 4.0, -2.0, 5.0])
        table = lowered(trace(values * pA, dt=2 * ms, start=1 * ms, hold="linear", after=7 * pA))
        at = 1.0 + 2.0 * np.arange(4)
        assert table.value(at).tolist() == values.tolist()
        t = np.linspace(1.0, 7.0, 50)
        assert np.allclose(table.value(t), np.interp(t, at, values), rtol=0, atol=1e-12)
        assert table.value([0.5, 8.9, 9.0, 50.0]).tolist() == [0.0, 5.0, 7.0, 7.0]

    def test_only_what_the_run_sees_is_kept(self):
        long = trace(np.arange(1e6) * pA, dt=0.1 * ms)
        table = lowered(long, duration=1.0, t_start=5000.0)
        assert table.times.size == 11
        assert table.level[0] == 50000.0
        early = lowered(trace([1, 2] * pA, dt=1 * ms, after=3 * pA), t_start=50.0)
        assert early.level.tolist() == [3.0]
        late = lowered(trace([1, 2] * pA, dt=1 * ms, start=99 * ms), duration=50.0)
        assert late.level.tolist() == [0.0]

    def test_equal_samples_are_one_segment(self):
        command = np.repeat([0.0, 100.0, 0.0], 1000)
        table = lowered(trace(command * pA, dt=0.1 * ms), duration=500.0)
        assert table.times.tolist() == [0.0, 100.0, 200.0]

    def test_columns_go_to_neurons(self):
        values = np.arange(12.0).reshape(4, 3)
        table = lowered(trace(values * pA, dt=1 * ms, after=[7, 8, 9] * pA), n=3)
        check_layout(table, 3)
        got = table.value(np.arange(5) + 0.5, np.arange(3))
        assert got.tolist() == [*values.tolist(), [7.0, 8.0, 9.0]]
        linear = lowered(trace(values * pA, dt=1 * ms, hold="linear"), n=3)
        assert linear.value(0.5, [2]).tolist() == [3.5]

    def test_a_trace_can_start_at_its_own_time_for_each_neuron(self):
        table = lowered(trace([1, 2] * pA, dt=1 * ms, start=[0, 10] * ms), n=2)
        assert table.value([0.5, 10.5, 11.5], [0, 1]).tolist() == [[1, 0], [0, 1], [0, 2]]

    def test_sample_times_do_not_drift(self):
        values = np.random.default_rng(1).normal(size=200_000)
        table = lowered(trace(values * pA, dt=0.1 * ms), duration=20_000.0)
        assert (table.times[:200_000] == np.arange(200_000) * 0.1).all()


class TestLimits:
    def test_more_than_the_memory_is_refused_first(self):
        many = trace(np.random.default_rng(1).normal(size=100_000) * pA, dt=0.1 * ms)
        with pytest.raises(MemoryLimitError, match="GiB"):
            lowered(many + np.arange(1e6) * pA, n=1_000_000, duration=1e5)

    def test_lowering_is_cheap(self):
        def best(value, n, repeats=5, **options):
            spent = []
            for _ in range(repeats):
                begin = time.perf_counter()
                lowered(value, n=n, **options)
                spent.append(time.perf_counter() - begin)
            return min(spent)

        # Generous factors over what is meant (30 us, 1 ms, some ms): the machine may be busy.
        assert best(300 * pA, 1, repeats=50) < 200e-6
        assert best(np.linspace(0, 1, 10_000) * pA, 10_000, repeats=20) < 4e-3
        samples = np.random.default_rng(1).normal(size=1_000_000) * pA
        assert best(trace(samples, dt=0.1 * ms), 1, duration=1e5) < 0.3


TIMES = st.floats(0.0, 100.0)
VALUES = st.floats(-1e3, 1e3)


@st.composite
def pieces(draw):
    """Give a stimulus of one part and a function that evaluates it with plain arithmetic."""
    kind = draw(st.sampled_from(["step", "pulse", "pulses", "ramp", "previous", "linear"]))
    a, b = draw(VALUES), draw(VALUES)
    start, width = draw(TIMES), draw(st.floats(0.5, 60.0))
    if kind == "step":
        stop = start + width
        return step(a * pA, start * ms, stop * ms), lambda t: a if start <= t < stop else 0.0
    if kind == "pulse":
        return pulse(a * pA, start * ms, width * ms), (
            lambda t: a if start <= t < start + width else 0.0
        )
    if kind == "pulses":
        n = draw(st.integers(0, 5))
        period = width * draw(st.floats(1.0, 3.0))
        return pulses(a * pA, start * ms, width * ms, period * ms, n), (
            lambda t: a * any(0 <= t - (start + k * period) < width for k in range(n))
        )
    if kind == "ramp":
        stop = start + width
        return ramp(a * pA, b * pA, start * ms, stop * ms), (
            lambda t: a + (b - a) * (t - start) / (stop - start) if start <= t < stop else 0.0
        )
    samples = draw(st.lists(VALUES, min_size=1, max_size=8))
    dt = width / 4

    def sampled(t):
        k = int(np.floor((t - start) / dt))
        if t < start:
            return 0.0
        if k >= len(samples):
            return b
        following = samples[min(k + 1, len(samples) - 1)]
        share = (t - start) / dt - k if kind == "linear" else 0.0
        return samples[k] + share * (following - samples[k])

    return trace(samples * pA, dt * ms, start * ms, hold=kind, after=b * pA), sampled


@given(
    parts=st.lists(pieces(), min_size=1, max_size=4),
    weights=st.lists(st.sampled_from([1.0, -1.0, 2.5]), min_size=4, max_size=4),
    constant=VALUES,
    t_start=st.sampled_from([0.0, 17.25]),
    times=st.lists(st.floats(0.0, 150.0), min_size=1, max_size=20),
)
def test_tables_equal_the_parts_evaluated_directly(parts, weights, constant, t_start, times):
    total = constant * pA
    for (stimulus, _), weight in zip(parts, weights, strict=False):
        total = total + weight * stimulus
    table = lowered(total, duration=150.0, t_start=t_start)
    check_layout(table, 1)
    # Within rounding of a jump the two may fall on different sides of it.
    clear = [t for t in times if np.min(np.abs(table.times - t)) > 1e-9]
    expected = [
        constant
        + sum(w * value(t + t_start) for (_, value), w in zip(parts, weights, strict=False))
        for t in clear
    ]
    scale = 1e3 * (1 + sum(map(abs, weights)))
    assert np.allclose(table.value(np.array(clear)), expected, rtol=0, atol=1e-8 * scale)


@given(
    amplitudes=st.lists(VALUES, min_size=3, max_size=3),
    starts=st.lists(TIMES, min_size=3, max_size=3),
    shared=st.lists(pieces(), min_size=1, max_size=2),
)
def test_a_population_equals_its_neurons_one_by_one(amplitudes, starts, shared):
    common = sum((stimulus for stimulus, _ in shared), start=0)
    together = lowered(common + step(amplitudes * pA, starts * ms), n=3, duration=150.0)
    check_layout(together, 3)
    t = np.linspace(0.0, 150.0, 301)
    for neuron in range(3):
        alone = lowered(common + step(amplitudes[neuron] * pA, starts[neuron] * ms), duration=150.0)
        assert np.array_equal(together.value(t, neuron), alone.value(t))


def test_dimensionless_inputs_take_bare_numbers():
    table = lowered(step(0.5, start=5 * ms) + 1.0, dimension=units.DIMENSIONLESS)
    assert table.level.tolist() == [1.0, 1.5]
