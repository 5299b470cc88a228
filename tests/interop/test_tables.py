"""Runs as CSV: all digits, readable again as recordings."""

import csv

import numpy as np
import pytest

from excitable.errors import FileError
from excitable.interop import read_current, to_csv
from excitable.stimuli import lower
from excitable.units import CURRENT


def table(path):
    with path.open(newline="") as file:
        head, *rows = csv.reader(file)
    return head, np.array(rows, dtype=float).reshape(len(rows), len(head))


def test_one_neuron(cell, tmp_path):
    cell.to_csv(tmp_path / "run.csv")
    head, rows = table(tmp_path / "run.csv")
    assert head == ["t_ms", "v_mV", "w_pA", "I_pA"]
    assert np.array_equal(rows[:, 0], cell.t_ms)
    assert np.array_equal(rows[:, 1], cell.bare("v"))
    assert np.array_equal(rows[:, 3], cell.input("I").magnitude)
    head, rows = table(tmp_path / "run_spikes.csv")
    assert head == ["neuron", "time_ms"]
    assert np.array_equal(rows[:, 1], cell.spikes.times_ms)


def test_several_neurons_wide(population, tmp_path):
    population.to_csv(tmp_path / "run.csv")
    head, rows = table(tmp_path / "run.csv")
    assert head == ["t_ms", "v[0]_mV", "v[2]_mV", "I[0]_pA", "I[2]_pA"]
    assert np.array_equal(rows[:, 1:3], population.values["v"])
    assert rows[0, 3:].tolist() == [300.0, 900.0]
    _, rows = table(tmp_path / "run_spikes.csv")
    assert np.array_equal(rows[:, 0], population.spikes.ids)


def test_several_neurons_long(population, tmp_path):
    to_csv(population, tmp_path / "run.csv", layout="long")
    head, rows = table(tmp_path / "run.csv")
    assert head == ["t_ms", "neuron", "v_mV", "I_pA"]
    assert rows[:4, 1].tolist() == [0, 2, 0, 2]
    assert np.array_equal(rows[:, 2].reshape(-1, 2), population.values["v"])


def test_a_quantity_not_recorded_of_a_neuron_is_nan(population, tmp_path):
    import copy

    mixed = copy.copy(population)
    mixed.values = population.values | {"u": population.values["v"][:, :1]}
    mixed.neurons = population.neurons | {"u": np.array([2])}
    mixed.units = population.units | {"u": "uA/cm2"}
    to_csv(mixed, tmp_path / "run.csv", layout="long")
    head, rows = table(tmp_path / "run.csv")
    assert head == ["t_ms", "neuron", "v_mV", "u (uA/cm2)"]
    assert np.isnan(rows[0, 3])
    assert rows[1, 3] == mixed.values["u"][0, 0]


def test_every_kind_can_be_written(run, tmp_path):
    run.to_csv(tmp_path / "run.csv")
    head, rows = table(tmp_path / "run.csv")
    assert head[0] == "t_ms"
    assert len(rows) == run.t_ms.size


def test_what_was_written_drives_again(cell, tmp_path):
    cell.to_csv(tmp_path / "run.csv")
    stimulus, info = read_current(tmp_path / "run.csv", "I_pA")
    assert (info.dt_ms, info.start_ms) == (0.1, 5.0)
    again = lower(stimulus, CURRENT, 1, duration=80.0, dt=0.1, owner="LIF.I")
    t = np.arange(800) * 0.1
    assert np.array_equal(again.value(t), cell.input("I").magnitude[:800])


def test_what_cannot_be_written(cell, tmp_path):
    with pytest.raises(FileError, match="wide"):
        to_csv(cell, tmp_path / "run.csv", layout="tall")
    (tmp_path / "run_spikes.csv").mkdir()
    with pytest.raises(FileError, match="folder"):
        to_csv(cell, tmp_path / "run.csv")
    assert [path.name for path in tmp_path.iterdir()] == ["run_spikes.csv"]
