"""Saved runs: the same to the last bit, never half written, clear when damaged."""

import subprocess
import sys

import numpy as np
import pytest

import excitable as ex
from excitable.errors import FileError
from excitable.interop import load, save


def test_round_trip_is_exact(run, tmp_path, same_inputs):
    run.save(tmp_path / "run.nc")
    again = ex.load(tmp_path / "run.nc")
    assert again.recorded == run.recorded
    assert np.array_equal(again.t_ms, run.t_ms)
    for name in run.recorded:
        assert np.array_equal(again.values[name], run.values[name])
        assert np.array_equal(again.neurons[name], run.neurons[name])
        assert again[name].units == run[name].units
    assert again.spikes == run.spikes
    assert again.settings == run.settings
    assert (again.scheme, again.scheme.why) == (run.scheme, run.scheme.why)
    for name in ("name", "start", "single", "stopped", "model"):
        assert getattr(again, name) == getattr(run, name)
    assert repr(again) == repr(run)
    same_inputs(run, again)


def test_values_that_are_hard_to_write(cell, tmp_path):
    import copy

    odd = copy.copy(cell)
    hard = np.array([np.nan, np.inf, -np.inf, -0.0, 5e-324, 1.7976931348623157e308, np.pi])
    odd.values = {"v": np.resize(hard, (cell.t_ms.size, 1))}
    odd.neurons, odd.units = {"v": np.array([0])}, {"v": "mV"}
    save(odd, tmp_path / "run.nc")
    assert load(tmp_path / "run.nc").values["v"].tobytes() == odd.values["v"].tobytes()


def test_the_layout_is_open_to_others(cell, tmp_path):
    import xarray

    cell.save(tmp_path / "run.nc")
    with xarray.open_dataset(tmp_path / "run.nc", engine="h5netcdf") as data:
        assert data.attrs["format"] == "excitable run"
        assert data.attrs["format_version"] == 1
        assert data["v"].dims == ("t", "v__neuron")
        assert data["v"].attrs["shown_in"] == "mV"
        assert np.array_equal(data["v"].values[:, 0], cell.bare("v"))
        assert np.array_equal(data["spikes__times"].values, cell.spikes.grouped_ms)


def test_it_replaces_what_was_there(cell, population, tmp_path):
    path = tmp_path / "run.nc"
    cell.save(path)
    population.save(path)
    assert len(load(path).spikes) == 3
    assert [file.name for file in tmp_path.iterdir()] == ["run.nc"]


def test_permissions_are_the_usual_ones(cell, tmp_path):
    cell.save(tmp_path / "run.nc")
    (tmp_path / "other").write_text("")
    assert (tmp_path / "run.nc").stat().st_mode == (tmp_path / "other").stat().st_mode


class TestFaults:
    def test_a_folder_that_is_missing_or_a_folder_as_name(self, cell, tmp_path):
        with pytest.raises(FileError, match="cannot be written"):
            cell.save(tmp_path / "no" / "run.nc")
        with pytest.raises(FileError, match="this is a folder"):
            cell.save(tmp_path)
        assert list(tmp_path.iterdir()) == []

    def test_an_error_leaves_the_old_file_and_nothing_else(self, cell, tmp_path, monkeypatch):
        import os

        path = tmp_path / "run.nc"
        cell.save(path)
        before = path.read_bytes()

        def full(descriptor):
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(os, "fsync", full)
        with pytest.raises(FileError, match="No space left on device"):
            cell.save(path)
        assert path.read_bytes() == before
        assert list(tmp_path.iterdir()) == [path]

    @pytest.mark.skipif(sys.platform == "win32", reason="limits of file size are POSIX")
    def test_a_disk_that_fills_up(self, tmp_path):
        program = """
import resource, sys
import excitable as ex
run = ex.simulate(ex.LIF, "500 ms", I="400 pA")
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
for write in (run.save, run.to_csv):
    try:
        write(sys.argv[1])
    except ex.errors.FileError as error:
        print(error)
"""
        path = tmp_path / "run.nc"
        done = subprocess.run(
            [sys.executable, "-c", program, str(path)], capture_output=True, text=True, check=True
        )
        assert done.stdout.count("cannot be written: File too large") == 2
        assert list(tmp_path.iterdir()) == []

    def test_files_that_are_cut_off(self, cell, tmp_path):
        cell.save(tmp_path / "run.nc")
        data = (tmp_path / "run.nc").read_bytes()
        cut = tmp_path / "cut.nc"
        for count in (0, 3, 100, len(data) // 2, len(data) - 100):
            cut.write_bytes(data[:count])
            with pytest.raises(FileError, match=r"cut\.nc: it is (damaged|empty)"):
                load(cut)

    def test_files_with_parts_overwritten(self, cell, tmp_path):
        cell.save(tmp_path / "run.nc")
        data = (tmp_path / "run.nc").read_bytes()
        noise = np.random.default_rng(3)
        path = tmp_path / "bad.nc"
        for _ in range(40):
            bad = bytearray(data)
            at = int(noise.integers(0, len(data) - 60))
            bad[at : at + 8] = noise.bytes(8)
            path.write_bytes(bad)
            with pytest.raises(FileError, match="checksum"):
                load(path)

    def test_files_of_another_kind(self, tmp_path):
        import xarray

        path = tmp_path / "other.nc"
        xarray.Dataset({"v": ("t", np.zeros(3))}).to_netcdf(path, engine="h5netcdf")
        with pytest.raises(FileError, match="of another kind"):
            load(path)
        (tmp_path / "text.nc").write_text("not a netCDF file at all")
        with pytest.raises(FileError, match="damaged or not a saved run"):
            load(tmp_path / "text.nc")
        with pytest.raises(FileError, match="no such file"):
            load(tmp_path / "none.nc")
        with pytest.raises(FileError, match="this is a folder"):
            load(tmp_path)

    def test_files_of_a_later_version(self, cell, tmp_path):
        import h5py

        cell.save(tmp_path / "run.nc")
        with h5py.File(tmp_path / "run.nc", "r+") as file:
            file.attrs["format_version"] = 2
        with pytest.raises(FileError, match="version 2"):
            load(tmp_path / "run.nc")

    def test_a_model_in_a_file_is_read_as_text_and_never_run(self, cell, tmp_path):
        import json

        import h5py

        cell.save(tmp_path / "run.nc")
        with h5py.File(tmp_path / "run.nc", "r+") as file:
            model = json.loads(file.attrs["model"])
            model["equations"] = "dv/dt = __import__('os').getcwd()"
            file.attrs["model"] = json.dumps(model)
        with pytest.raises(FileError, match="damaged or not a saved run"):
            load(tmp_path / "run.nc")
