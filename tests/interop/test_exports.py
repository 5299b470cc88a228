"""Runs in the objects of other packages."""

import numpy as np
import pytest

from excitable.errors import MissingExtraError
from excitable.interop import read_current, to_nwb


class TestXarray:
    def test_one_neuron(self, cell):
        data = cell.to_xarray()
        assert data["v"].dims == data["I"].dims == ("time",)
        assert data["v"].attrs["units"] == "mV"
        assert np.array_equal(data["v"], cell.v.magnitude)
        assert np.array_equal(data["time"], cell.t.magnitude)
        assert np.array_equal(data["spike_times"], cell.spikes.grouped_ms)
        assert data.attrs["scheme"] == "adaptive"
        assert data.attrs["t_start"] == 5.0

    def test_several_neurons(self, population):
        data = population.to_xarray()
        assert data["v"].dims == ("time", "neuron")
        assert data["neuron"].values.tolist() == [0, 2]
        assert float(data["I"].sel(neuron=2)[0]) == 900.0
        ids = np.repeat(np.arange(3), population.spikes.counts())
        assert np.array_equal(data["spike_neuron"], ids)

    def test_different_neurons_have_dimensions_of_their_own(self, population):
        import copy

        mixed = copy.copy(population)
        mixed.values = population.values | {"u": population.values["v"][:, :1]}
        mixed.neurons = population.neurons | {"u": np.array([1])}
        mixed.units = population.units | {"u": "mV"}
        data = mixed.to_xarray()
        assert data["v"].dims == ("time", "neuron_v")
        assert data["u"].dims == ("time", "neuron_u")
        assert "I" not in data

    def test_every_kind(self, run):
        data = run.to_xarray()
        assert set(run.recorded) <= set(data)
        assert data["spike_times"].size == run.spikes.count


class TestNeo:
    @pytest.fixture(autouse=True)
    def needs_neo(self):
        pytest.importorskip("neo")

    def test_one_neuron(self, cell):
        segment = cell.to_neo().segments[0]
        v, w, current = segment.analogsignals
        assert (v.name, w.name, current.name) == ("v", "w", "I")
        assert str(v.units.dimensionality) == "mV"
        assert np.array_equal(v.magnitude[:, 0], cell.v.magnitude)
        assert float(v.t_start.rescale("ms")) == 5.0
        assert float(v.sampling_period.rescale("ms")) == 0.1
        (train,) = segment.spiketrains
        assert np.array_equal(train.rescale("ms").magnitude, cell.spikes[0].times.magnitude)
        assert float(train.t_stop.rescale("ms")) == 85.05

    def test_every_kind(self, run):
        block = run.to_neo()
        segment = block.segments[0]
        assert len(segment.spiketrains) == len(run.spikes)
        assert block.annotations["scheme"] == run.scheme.name

    def test_densities_have_their_unit(self):
        import excitable as ex

        run = ex.simulate(ex.HodgkinHuxley, "1 ms", I="1 uA/cm2", record="m")
        m, current = run.to_neo().segments[0].analogsignals
        assert str(m.units.dimensionality) == "dimensionless"
        assert current.units.rescale("A/m**2") == pytest.approx(0.01)


class TestNwb:
    @pytest.fixture(autouse=True)
    def needs_pynwb(self):
        pytest.importorskip("pynwb")

    def test_one_neuron(self, cell, tmp_path):
        import pynwb

        cell.to_nwb(tmp_path / "run.nwb")
        with pynwb.NWBHDF5IO(str(tmp_path / "run.nwb"), "r") as file:
            nwb = file.read()
            v = nwb.acquisition["v"]
            assert (v.unit, v.conversion, v.rate, v.starting_time) == ("volts", 1e-3, 1e4, 0.005)
            assert np.array_equal(v.data[:], cell.v.magnitude)
            assert np.allclose(nwb.units["spike_times"][0], cell.spikes.grouped_ms / 1e3)
            assert "adaptive" in nwb.notes
        stimulus, info = read_current(tmp_path / "run.nwb", "I")
        assert (info.key, info.dt_ms) == ("stimulus/I", 0.1)
        assert stimulus.size is None

    def test_every_kind(self, run, tmp_path):
        from datetime import UTC, datetime

        start = datetime(2020, 1, 1, tzinfo=UTC)
        to_nwb(run, tmp_path / "run.nwb", session_start=start)
        assert [path.name for path in tmp_path.iterdir()] == ["run.nwb"]


@pytest.mark.parametrize(("module", "extra"), [("neo", "neo"), ("pynwb", "nwb")])
def test_a_missing_package_says_how_to_get_it(cell, tmp_path, monkeypatch, module, extra):
    import sys

    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(MissingExtraError, match=rf'pip install "excitable\[{extra}\]"'):
        cell.to_neo() if module == "neo" else cell.to_nwb(tmp_path / "run.nwb")
