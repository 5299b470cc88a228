"""Noise: right in law, the same numbers wherever they are asked for."""

import numpy as np
import pytest

from excitable.stimuli import lower, ornstein_uhlenbeck, step, white_noise
from excitable.units import CURRENT, ms, pA


def lowered(value, n=1, duration=1000.0, dt=0.1, **options):
    return lower(
        value, CURRENT, n, duration=duration, dt=dt, owner=options.pop("owner", "LIF.I"), **options
    )


def samples(value, count=1000, **options):
    return lowered(value, duration=count * 0.1, **options).level[:count]


class TestOrnsteinUhlenbeck:
    def test_its_law_is_exact_for_any_step(self):
        for dt in (0.1, 3.0):
            noise = ornstein_uhlenbeck(100 * pA, 20 * pA, 2 * ms, dt=dt * ms, seed=3)
            x = lowered(noise, duration=200_000 * dt).level - 100.0
            independent = x.size * np.tanh(dt / 2.0)  # effective number of samples
            assert abs(x.mean()) < 5 * 20 / np.sqrt(independent)
            assert x.var() == pytest.approx(400.0, rel=5 * np.sqrt(2 / independent))
            for lag in (1, 5):
                expected = np.exp(-lag * dt / 2.0)
                got = np.mean(x[lag:] * x[:-lag]) / x.var()
                assert got == pytest.approx(expected, abs=5 / np.sqrt(independent))

    def test_it_follows_its_recursion(self):
        noise = ornstein_uhlenbeck(5 * pA, 2 * pA, 10 * ms, dt=0.1 * ms, seed=1)
        x = samples(noise, 5000) - 5.0
        shocks = (x[1:] - np.exp(-0.01) * x[:-1]) / (2.0 * np.sqrt(1 - np.exp(-0.02)))
        assert abs(np.corrcoef(shocks[:-1], shocks[1:])[0, 1]) < 5 / np.sqrt(shocks.size)
        assert shocks.std() == pytest.approx(1.0, rel=0.05)

    def test_it_begins_stationary(self):
        noise = ornstein_uhlenbeck(0 * pA, 1 * pA, 1000 * ms, seed=1, independent=True)
        first = lowered(noise, n=4000, duration=0.05).level
        assert first.std() == pytest.approx(1.0, rel=0.06)


class TestWhiteNoise:
    @pytest.mark.parametrize("dt", [0.1, 1.0])
    def test_its_variance_is_that_of_its_step(self, dt):
        x = lowered(
            white_noise("3 pA*ms**0.5", mean=7 * pA, dt=dt * ms, seed=2), duration=2e4
        ).level
        assert x.var() == pytest.approx(9.0 / dt, rel=5 * np.sqrt(2 / x.size))
        assert x.mean() == pytest.approx(7.0, abs=5 * np.sqrt(9.0 / dt / x.size))
        assert abs(np.corrcoef(x[1:], x[:-1])[0, 1]) < 5 / np.sqrt(x.size)

    def test_it_takes_the_step_of_the_run(self):
        noise = white_noise("1 pA*ms**0.5", seed=1)
        assert lowered(noise, dt=0.5, duration=10.0).times.tolist() == [k * 0.5 for k in range(21)]

    def test_it_starts_and_stops_in_time(self):
        table = lowered(
            white_noise("1 pA*ms**0.5", dt=1 * ms, start=2.5 * ms, stop=4.2 * ms, seed=1)
        )
        assert table.times.tolist() == [0.0, 2.5, 3.5, 4.2]
        assert table.level[0] == table.level[-1] == 0.0


NOISES = pytest.mark.parametrize(
    "make",
    [
        lambda **options: ornstein_uhlenbeck(0 * pA, 1 * pA, 5 * ms, **options),
        lambda **options: white_noise("1 pA*ms**0.5", **options),
    ],
    ids=["ornstein_uhlenbeck", "white_noise"],
)


@NOISES
class TestReproducible:
    def test_the_length_of_the_run_does_not_matter(self, make):
        assert np.array_equal(samples(make(seed=1), 1000), samples(make(seed=1), 5000)[:1000])

    def test_a_run_may_start_later(self, make):
        whole = samples(make(seed=1), 5000)
        tail = lowered(make(seed=1), t_start=200.0, duration=300.0).level
        assert np.allclose(tail[:3000], whole[2000:5000], rtol=0, atol=1e-12)

    def test_what_it_is_added_to_does_not_matter_with_its_own_seed(self, make):
        alone = samples(make(seed=1))
        summed = samples(make(seed=2) * 0 + step(1 * pA) + make(seed=1), owner="AdEx.I_2")
        assert np.allclose(summed, alone + 1.0, rtol=0, atol=1e-12)

    def test_the_seed_of_the_run_decides_otherwise(self, make):
        assert np.array_equal(samples(make(), seed=4), samples(make(), seed=4))
        assert not np.array_equal(samples(make(), seed=4), samples(make(), seed=5))
        assert not np.array_equal(samples(make(), seed=4, owner="a.J"), samples(make(), seed=4))

    def test_two_noises_in_a_sum_differ_and_one_taken_twice_does_not(self, make):
        noise = make()
        assert not lowered(noise - noise).level.any()
        assert lowered(noise - make()).level.any()

    def test_neurons_share_it_or_not(self, make):
        assert lowered(make(), n=3).tables == 1
        own = lowered(make(independent=True), n=3, duration=99.9)
        x = own.level.reshape(3, -1)
        assert own.tables == 3
        assert abs(np.corrcoef(x)[0, 1]) < 0.9
        assert np.array_equal(samples(make()), x[0])
        wide = lowered(make(independent=True), n=5, duration=99.9).level.reshape(5, -1)
        assert np.array_equal(wide[:3], x)
