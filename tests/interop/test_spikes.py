"""Spike trains in and out: tables, NWB, neo, pynapple."""

import neo
import numpy as np
import pynapple as nap
import pytest

import excitable as ex
from excitable import trains
from excitable.errors import FileError, ParameterError, UnitError
from excitable.interop import read_spikes, spikes_from_neo, write_spikes
from excitable.recording import Spikes, SpikeTrain
from excitable.units import Hz, ms, pA, second

SOME = trains.poisson([10, 0, 50] * Hz, 5 * second, start=100 * ms)


@pytest.mark.parametrize("ending", ["csv", "nwb"])
@pytest.mark.parametrize("spikes", [SOME, SOME[0], SOME[1]])
def test_what_is_written_is_read_again(tmp_path, ending, spikes):
    write_spikes(spikes, tmp_path / f"spikes.{ending}")
    found = read_spikes(tmp_path / f"spikes.{ending}")
    every = spikes if isinstance(spikes, Spikes) else Spikes.from_trains([spikes])
    assert found.counts().tolist() == every.counts().tolist()
    # NWB is in seconds, which costs the last digit.
    tolerance = 0 if ending == "csv" else 1e-11
    assert np.abs(found.grouped_ms - every.grouped_ms).max(initial=0) <= tolerance
    assert found.start.magnitude == pytest.approx(100, abs=1e-9)
    assert found.stop.magnitude == pytest.approx(5100, abs=1e-9)


@pytest.mark.parametrize("ending", ["csv", "nwb"])
def test_the_spikes_of_a_run_are_read(tmp_path, ending):
    run = ex.simulate(ex.LIF, 500 * ms, I=[400, 0, 500] * pA)
    if ending == "csv":
        run.to_csv(tmp_path / "run.csv")
        found = read_spikes(tmp_path / "run_spikes.csv", stop=500 * ms)
        assert found.counts().tolist() == [n for n in run.spikes.counts() if n]
    else:
        run.to_nwb(tmp_path / "run.nwb")
        found = read_spikes(tmp_path / "run.nwb")
        assert found.counts().tolist() == run.spikes.counts().tolist()
    assert np.allclose(found.times_ms, run.spikes.times_ms, atol=1e-11, rtol=0)
    assert found.stop.magnitude == pytest.approx(500)


@pytest.mark.parametrize(
    ("text", "options", "expected"),
    [
        ("time_ms\n3\n1\n", {}, [[1, 3]]),
        ("3\n1\n", {"unit": "ms"}, [[1, 3]]),
        ("t (s)\n0.003\n", {}, [[3]]),
        ("neuron,time_ms\n7,1\n3,2\n7,0.5\n", {}, [[2], [0.5, 1]]),
        ("time_ms;unit\n1;b\n2;a\n3;b\n", {}, [[2], [1, 3]]),
        ("0\t0.001\n1\t0.002\n", {"unit": "second"}, [[1], [2]]),
        ("0 1\n1 2\n", {"unit": "ms"}, [[1], [2]]),
        ("# start_ms = -5, stop_ms = 9, neurons = 3\nneuron,time_ms\n2,1\n", {}, [[], [], [1]]),
        ("# stop_ms = 9\ntime_ms\n", {}, [[]]),
        ("# stop_ms = 9, neurons = 2\nneuron,time_ms\n", {}, [[], []]),
    ],
)
def test_tables(tmp_path, text, options, expected):
    (tmp_path / "spikes.csv").write_text(text)
    found = read_spikes(tmp_path / "spikes.csv", **options)
    assert [train.times_ms.tolist() for train in found] == expected


def test_the_window_is_what_is_said_or_told_or_seen(tmp_path):
    path = tmp_path / "spikes.csv"
    path.write_text("time_ms\n-4\n6\n")
    assert (read_spikes(path).start, read_spikes(path).stop) == (-4 * ms, 6 * ms)
    path.write_text("# start_ms = 2, stop_ms = 9\ntime_ms\n6\n")
    assert (read_spikes(path).start, read_spikes(path).stop) == (2 * ms, 9 * ms)
    found = read_spikes(path, start=0 * ms, stop="1 s")
    assert (found.start, found.stop) == (0 * ms, 1000 * ms)


def test_neo():
    segment = SOME.to_neo()
    assert [len(train) for train in segment.spiketrains] == SOME.counts().tolist()
    assert float(segment.spiketrains[0].t_start.rescale("s")) == 0.1
    assert spikes_from_neo(segment) == SOME
    assert spikes_from_neo(list(segment.spiketrains)) == SOME
    assert spikes_from_neo(SOME[0].to_neo()) == SOME[0]
    block = neo.Block()
    block.segments.append(segment)
    assert spikes_from_neo(block) == SOME
    run = ex.simulate(ex.LIF, 100 * ms, I=400 * pA)
    assert spikes_from_neo(run.to_neo()) == run.spikes
    seconds = neo.SpikeTrain([0.3, 0.1], units="s", t_stop=1.0)
    assert spikes_from_neo(seconds) == SpikeTrain([100, 300] * ms, 0 * ms, 1000 * ms)
    with pytest.raises(ParameterError):
        spikes_from_neo([1, 2])


def test_pynapple():
    group = SOME.to_pynapple()
    assert isinstance(group, nap.TsGroup)
    for k, train in enumerate(SOME):
        assert np.allclose(1000 * group[k].t, train.times_ms, atol=1e-6, rtol=0)
    series = SOME[2].to_pynapple()
    assert isinstance(series, nap.Ts)
    assert series.rate == pytest.approx(SOME[2].count / 5)
    assert float(series.time_support["start"][0]) == pytest.approx(0.1)
    counts = series.count(0.1).d
    assert counts.tolist() == SOME[2].psth(100 * ms).counts.tolist()


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("no.csv", None, "there is no such file"),
        ("bad.xyz", "1", "does not say a known format"),
        ("bad.csv", "", "it is empty"),
        ("bad.csv", "1\n2\n", "does not tell the unit"),
        ("bad.csv", "time_ms\n1\nx\n", "line 3 holds 'x'"),
        ("bad.csv", "time_ms\nnan\n", "NaN or infinite"),
        ("bad.csv", "neuron,time_ms\n1,2\n3\n", "line 3 has 1 in place of 2 columns"),
        ("bad.csv", "a,b,time_ms\n1,2,3\n", "it has 3 columns"),
        ("bad.csv", "v_mV\n1\n", "0 of them are times"),
        ("bad.csv", "# stop_ms = 1.2.3\ntime_ms\n1\n", "stop_ms = 1.2.3"),
        ("bad.csv", "# neurons = 2\nneuron,time_ms\n5,1\n", "states 2 neurons and names 5"),
        ("bad.nwb", "no hdf5", "truncated or not an NWB file"),
    ],
)
def test_bad_files(tmp_path, name, text, message):
    if text is not None:
        (tmp_path / name).write_text(text)
    with pytest.raises(FileError, match=message):
        read_spikes(tmp_path / name)


def test_bytes_that_are_no_text(tmp_path):
    (tmp_path / "bad.csv").write_bytes(b"\xff\xfe\x00\x01")
    with pytest.raises(FileError, match="not text"):
        read_spikes(tmp_path / "bad.csv")


def test_what_is_refused(tmp_path):
    (tmp_path / "spikes.csv").write_text("time_ms\n1\n50\n")
    with pytest.raises(ParameterError, match="outside the window"):
        read_spikes(tmp_path / "spikes.csv", stop=10 * ms)
    with pytest.raises(UnitError):
        read_spikes(tmp_path / "spikes.csv", unit="mV")
    with pytest.raises(FileError, match="known format"):
        write_spikes(SOME, tmp_path / "spikes.pkl")
    assert [path.name for path in tmp_path.iterdir()] == ["spikes.csv"]


def test_an_nwb_file_without_units(tmp_path):
    write_spikes(Spikes.from_trains([]), tmp_path / "none.nwb")
    with pytest.raises(FileError, match="no table of units"):
        read_spikes(tmp_path / "none.nwb")


def test_a_neuron_has_a_whole_number(tmp_path):
    path = tmp_path / "half.csv"
    path.write_text("neuron,time_ms\n0.5,3\n0,5\n")
    with pytest.raises(FileError, match="no whole number"):
        read_spikes(path)
