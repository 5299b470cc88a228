"""Recordings: real ones, and files written here in every form that people keep."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from excitable.errors import FileError, UnitError
from excitable.interop import read_current
from excitable.interop._reading._naming import split_name
from excitable.interop._reading._sampling import tidy, uniform_interval
from excitable.stimuli import lower
from excitable.units import CURRENT, VOLTAGE, ms

SAMPLES = np.array([0.0, 100.0, -50.0, 20.5, 3.25])


def samples(stimulus, count, dt, n=1, dimension=CURRENT):
    table = lower(stimulus, dimension, n, duration=count * dt, dt=dt, owner="LIF.I")
    values = table.value(np.arange(count) * dt, np.arange(n))
    return values[:, 0] if n == 1 else values


def check(path, expected=SAMPLES, **options):
    stimulus, info = read_current(path, **options)
    assert info.dt_ms == 0.1
    assert info.samples == len(expected)
    assert np.allclose(samples(stimulus, len(expected), 0.1), expected, rtol=1e-15, atol=0)
    return info


class TestRealRecordings:
    def test_frozen_noise_of_a_pyramidal_cell(self, shared):
        path = shared / "recordings/gif_l5_frozen_noise/train_0_12s.npz"
        stimulus, info = read_current(path)
        assert (info.key, info.unit, info.dt_ms, info.samples) == ("I_pA", "pA", 0.1, 120_000)
        assert info.duration == 12_000 * ms
        kept = np.load(path)["I_pA"].astype(float)
        assert np.array_equal(samples(stimulus, 120_000, 0.1), kept)

    def test_repetitions_are_rows(self, shared):
        path = shared / "recordings/qsnmc2007_A/cond04.npz"
        with pytest.raises(FileError, match=r"4 rows of 34000 samples in pA.*::I_pA\[0\]"):
            read_current(path)
        kept = np.load(path)["I_pA"]
        stimulus, info = read_current(path, row=2)
        assert (info.row, info.dt_ms) == (2, 1.0)
        assert np.array_equal(samples(stimulus, 34_000, 1.0), kept[2])
        every, _ = read_current(path, row=":")
        assert every.size == 4
        assert np.array_equal(samples(every, 34_000, 1.0, n=4), kept.T)

    def test_steps_and_ramps_of_axon_files(self, shared):
        for name, rows in (("171116sh_0018", 17), ("18711001", 30), ("171116sh_0016", 11)):
            path = shared / f"recordings/pyabf_current_clamp/{name}.npz"
            stimulus, info = read_current(path, row=rows - 1)
            kept = np.load(path)["I_pA"][-1]
            assert np.array_equal(samples(stimulus, kept.size, 0.1), kept)
            assert info.key == "I_pA"

    def test_one_of_many_traces(self, shared):
        path = shared / "recordings/qsnmc2007_B/C010302A1.npz"
        with pytest.raises(FileError, match=r"IRdepol_13_I_pA.*and \d+ more"):
            read_current(path)
        with pytest.raises(FileError, match="does not tell how IDRest_76_I_pA is sampled"):
            read_current(path, "IDRest_76_I_pA")
        _, info = read_current(path, "IDRest_76_I_pA", dt="0.25 ms")
        assert info.samples == 12_000

    def test_a_table_whose_rows_are_traces(self, shared):
        path = shared / "recordings/brian2_hh_synthetic/input_traces_hh.csv"
        with pytest.raises(FileError, match="unit"):
            read_current(path, row=1, dt="0.01 ms")
        stimulus, info = read_current(path, row=1, unit="A", dt="0.01 ms")
        kept = np.genfromtxt(path, delimiter=",", skip_header=1)[1, 1:]
        assert info.samples == kept.size
        assert np.allclose(samples(stimulus, kept.size, 0.01), kept * 1e12, rtol=1e-12)


class TestTables:
    def write(self, folder, text, name="cell.csv"):
        path = folder / name
        path.write_text(text)
        return path

    @pytest.mark.parametrize(
        "text",
        [
            "t_ms,I_pA\n" + "".join(f"{k * 0.1:.1f},{x}\n" for k, x in enumerate(SAMPLES)),
            "time (s),I (nA)\n" + "".join(f"{k * 1e-4},{x / 1e3}\n" for k, x in enumerate(SAMPLES)),
            "t[us];current[pA];V_mV\n"
            + "".join(f"{k * 100};{x};-70\n" for k, x in enumerate(SAMPLES)),
            "# made by hand\n\nt_ms\tI_pA\n"
            + "".join(f"{k / 10}\t{x}\n" for k, x in enumerate(SAMPLES)),
            "# t_ms I_pA\n" + "".join(f"{k / 10} {x}\n" for k, x in enumerate(SAMPLES)),
            "t_ms;I_pA\n"
            + "".join(f"{k / 10};{x}\n".replace(".", ",") for k, x in enumerate(SAMPLES)),
            "# dt_ms = 0.1\nI_pA\n" + "".join(f"{x}\n" for x in SAMPLES),
            '# dt = 0.1 ms\n"I_pA"\n' + "".join(f"{x}\n" for x in SAMPLES),
            "\ufeffI_pA, t_ms\r\n" + "".join(f"{x}, {k / 10}\r\n" for k, x in enumerate(SAMPLES)),
        ],
    )
    def test_every_way_to_write_it(self, tmp_path, text):
        check(self.write(tmp_path, text))

    def test_numbers_alone_need_unit_and_interval(self, tmp_path):
        path = self.write(tmp_path, "".join(f"{x}\n" for x in SAMPLES), "cell.txt")
        check(path, unit="pA", dt="0.1 ms")
        with pytest.raises(FileError, match="unit of 0"):
            read_current(path, dt="0.1 ms")
        with pytest.raises(FileError, match="how 0 is sampled"):
            read_current(path, unit="pA")

    def test_columns_without_names_are_numbered(self, tmp_path):
        path = self.write(tmp_path, "1,2\n3,4\n5,6\n")
        with pytest.raises(FileError, match=r"0 \(3 samples, no unit\), 1 \(3 samples, no unit\)"):
            read_current(path, unit="pA", dt="0.1 ms")
        check(path, [2.0, 4.0, 6.0], key="1", unit="pA", dt="0.1 ms")

    def test_a_long_row_is_a_trace(self, tmp_path):
        path = self.write(tmp_path, ",".join(str(k) for k in range(50)) + "\n")
        check(path, np.arange(50.0), unit="pA", dt="0.1 ms")

    @pytest.mark.parametrize(
        ("text", "says"),
        [
            ("I_pA\n1\nx\n", "line 3 holds 'x'"),
            ("I_pA,V_mV\n1,2\n1\n", "line 3 has 1 in place of 2 columns"),
            ("I_pA,V_mV\n1,2\n1,\n", "line 3 holds ''"),
            ("I_pA\n", "no numbers"),
            ("# nothing\n", "no numbers"),
            ("I_pA\n1\nnan\n2\n", "the first at sample 1"),
            ("t_ms,I_pA\n0,1\n1,1\n3,1\n", "not evenly spaced"),
            ("t_ms,I_pA\n0,1\n0,1\n0,1\n", "not evenly spaced"),
            ("\x00\x01\x02", "not a table|no numbers"),
        ],
    )
    def test_what_is_not_a_table(self, tmp_path, text, says):
        path = self.write(tmp_path, text)
        with pytest.raises(FileError, match=says):
            read_current(path, dt=None if "t_ms" in text else "0.1 ms")

    def test_binary_files_are_refused(self, tmp_path):
        path = tmp_path / "cell.csv"
        path.write_bytes(bytes(range(256)))
        with pytest.raises(FileError, match="not text"):
            read_current(path)


class TestNumpy:
    def test_one_array(self, tmp_path):
        np.save(tmp_path / "I_pA.npy", SAMPLES)
        np.save(tmp_path / "cell.npy", SAMPLES)
        check(tmp_path / "I_pA.npy", dt="0.1 ms")
        check(tmp_path / "cell.npy", dt="0.1 ms", unit="pA")

    @pytest.mark.parametrize(
        "sampled",
        [
            {"dt_ms": 0.1},
            {"dt_s": 1e-4},
            {"rate_Hz": 10_000.0},
            {"fs_kHz": 10},
            {"t_ms": np.arange(5) * 0.1},
            {"time_s": np.arange(5, dtype=np.float32) * np.float32(1e-4)},
        ],
    )
    def test_sampling_is_told_in_many_ways(self, tmp_path, sampled):
        np.savez(tmp_path / "cell.npz", I_pA=SAMPLES, V_mV=SAMPLES, note="text", **sampled)
        check(tmp_path / "cell.npz")

    def test_the_longer_axis_is_time(self, tmp_path):
        np.savez(tmp_path / "cell.npz", I_nA=np.stack([SAMPLES, SAMPLES * 2], axis=1), dt_ms=0.1)
        check(tmp_path / "cell.npz", SAMPLES * 2000, row=1)
        check(tmp_path / "cell.npz", SAMPLES * 1000, row=-2)

    def test_what_is_said_twice_agrees(self, tmp_path):
        np.savez(tmp_path / "cell.npz", I_pA=SAMPLES, dt_ms=0.1)
        check(tmp_path / "cell.npz", unit="pA", dt="100 us")
        with pytest.raises(FileError, match="unit=nA is given"):
            read_current(tmp_path / "cell.npz", unit="nA")
        with pytest.raises(FileError, match=r"dt=0\.2 ms is given"):
            read_current(tmp_path / "cell.npz", dt="0.2 ms")
        with pytest.raises(UnitError, match="time"):
            read_current(tmp_path / "cell.npz", dt="3 mV")
        with pytest.raises(UnitError, match="not known"):
            read_current(tmp_path / "cell.npz", unit="blob")

    def test_names_without_their_unit_will_do(self, tmp_path):
        np.savez(tmp_path / "cell.npz", I_pA=SAMPLES, J_pA=SAMPLES * 2, dt_ms=0.1)
        check(tmp_path / "cell.npz", SAMPLES * 2, key="J")

    def test_files_that_are_broken(self, tmp_path):
        np.savez(tmp_path / "good.npz", I_pA=np.random.default_rng(1).normal(size=1000), dt_ms=0.1)
        data = (tmp_path / "good.npz").read_bytes()
        for count in (1, 50, len(data) // 2, len(data) - 5):
            (tmp_path / "cut.npz").write_bytes(data[:count])
            with pytest.raises(FileError, match="truncated"):
                read_current(tmp_path / "cut.npz")
        damaged = bytearray(data)
        damaged[300] ^= 0xFF
        (tmp_path / "damaged.npz").write_bytes(damaged)
        with pytest.raises(FileError, match="truncated or not"):
            read_current(tmp_path / "damaged.npz")
        (tmp_path / "text.npy").write_text("1 2 3")
        with pytest.raises(FileError, match="truncated or not"):
            read_current(tmp_path / "text.npy")

    def test_objects_are_refused(self, tmp_path):
        np.save(tmp_path / "I_pA.npy", np.array([{}, 1], dtype=object), allow_pickle=True)
        with pytest.raises(FileError, match="Python objects"):
            read_current(tmp_path / "I_pA.npy")
        np.savez(tmp_path / "cell.npz", I_pA=np.array([{}, 1], dtype=object), dt_ms=0.1)
        with pytest.raises(FileError, match="no series of numbers"):
            read_current(tmp_path / "cell.npz")


class TestFiles:
    def test_missing_folder_unknown_empty(self, tmp_path):
        (tmp_path / "cell.xyz").write_text("1")
        (tmp_path / "empty.csv").write_text("")
        for name, says in (
            ("no.csv", "no such file"),
            ("", "a folder"),
            ("cell.xyz", "known format"),
            ("empty.csv", "empty"),
        ):
            with pytest.raises(FileError, match=says):
                read_current(tmp_path / name)

    def test_rows_are_checked(self, tmp_path):
        np.savez(tmp_path / "cell.npz", I_pA=np.ones((2, 9)), dt_ms=0.1)
        with pytest.raises(FileError, match="there is no row 2; I_pA has 2 rows"):
            read_current(tmp_path / "cell.npz", row=2)
        with pytest.raises(FileError, match="whole number"):
            read_current(tmp_path / "cell.npz", row=1.5)


class TestAxon:
    @pytest.fixture
    def path(self, tmp_path):
        pyabf = pytest.importorskip("pyabf")
        sweeps = np.stack([np.linspace(0, 50, 2000), np.linspace(-20, 80, 2000)])
        pyabf.abfWriter.writeABF1(sweeps, str(tmp_path / "cell.abf"), 20_000, "pA")
        return tmp_path / "cell.abf"

    def test_sweeps_are_rows(self, path):
        stimulus, info = read_current(path, key="channel 0", row=1)
        assert (info.dt_ms, info.samples, info.unit) == (0.05, 2000, "pA")
        got = samples(stimulus, 2000, 0.05)
        assert np.allclose(got, np.linspace(-20, 80, 2000), rtol=0, atol=0.01)
        with pytest.raises(FileError, match="2 rows of 2000 samples"):
            read_current(path, key="channel 0")

    def test_cut_off(self, path):
        data = path.read_bytes()
        for count in (3, 100, 1000, len(data) // 2):
            path.write_bytes(data[:count])
            with pytest.raises(FileError, match="truncated or not an ABF file"):
                read_current(path, key="channel 0", row=0)


class TestNwb:
    @pytest.fixture
    def path(self, tmp_path):
        pynwb = pytest.importorskip("pynwb")
        from datetime import UTC, datetime

        file = pynwb.NWBFile("a cell", "1", datetime(2020, 1, 1, tzinfo=UTC))
        common = {"unit": "amperes", "conversion": 1e-12}
        file.add_stimulus(pynwb.TimeSeries(name="noise", data=SAMPLES, rate=1e4, **common))
        times = np.arange(5) * 1e-4
        file.add_acquisition(
            pynwb.TimeSeries(name="response", data=SAMPLES, unit="volts", timestamps=times)
        )
        with pynwb.NWBHDF5IO(str(tmp_path / "cell.nwb"), "w") as out:
            out.write(file)
        return tmp_path / "cell.nwb"

    def test_series_by_name(self, path):
        for options in ({}, {"key": "noise"}, {"key": "stimulus/noise"}):
            stimulus, info = read_current(path, **options)
            assert (info.key, info.dt_ms) == ("stimulus/noise", 0.1)
            assert np.allclose(samples(stimulus, 5, 0.1), SAMPLES, rtol=1e-15)
        stimulus, _ = read_current(path, "response")
        got = samples(stimulus, 5, 0.1, dimension=VOLTAGE)
        assert np.allclose(got, SAMPLES * 1e3, rtol=1e-15)

    def test_cut_off(self, path):
        data = path.read_bytes()
        path.write_bytes(data[: len(data) // 2])
        with pytest.raises(FileError, match="truncated or not an NWB file"):
            read_current(path)


@pytest.mark.parametrize("module", ["pyabf", "pynwb"])
def test_a_missing_package_says_how_to_get_it(tmp_path, monkeypatch, module):
    import sys

    from excitable.errors import MissingExtraError

    monkeypatch.setitem(sys.modules, module, None)
    kind = {"pyabf": "abf", "pynwb": "nwb"}[module]
    path = tmp_path / f"cell.{kind}"
    path.write_bytes(b"ABF2")
    with pytest.raises(MissingExtraError, match=rf'pip install "excitable\[{kind}\]"'):
        read_current(path)


@pytest.mark.parametrize(
    ("text", "name", "unit"),
    [
        ("I_pA", "I", "pA"),
        ("I (pA)", "I", "pA"),
        ("current[nA]", "current", "nA"),
        (" J [uA/cm2] ", "J", "uA/cm2"),
        ("IDRest_76_I_pA", "IDRest_76_I", "pA"),
        ("t_s", "t", "s"),
        ("V_counts", "V_counts", ""),
        ("V_m", "V_m", ""),
        ("I_h", "I_h", ""),
        ("time", "time", ""),
        ("sweep (1)", "sweep (1)", ""),
        ("v (x)", "v (x)", ""),
    ],
)
def test_names_tell_units(text, name, unit):
    assert split_name(text) == (name, unit)


@given(dt=st.integers(1, 9999), digits=st.integers(0, 4), count=st.integers(2, 5000))
def test_the_interval_that_was_meant_is_found(dt, digits, count):
    interval = dt / 10**digits
    times = 3.7 + np.arange(count) * interval
    assert uniform_interval("f.csv", "t", times, 1.0) == pytest.approx(interval, rel=1e-9)
    assert tidy(interval * (1 + 3e-16), 1e-12 * interval) == interval
