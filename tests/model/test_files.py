"""Model files: both formats, whole or not at all, and files that mean harm."""

import json
import os
from time import perf_counter

import numpy as np
import pytest

import excitable
from excitable.errors import EquationError, ExcitableError, FileError
from excitable.model import read
from excitable.models import _catalogue
from excitable.units import ms


@pytest.mark.parametrize("suffix", [".toml", ".json", ".TOML"])
def test_a_file_gives_the_same_model_back(make, tmp_path, suffix):
    model = make(presets={"fast": {"tau": 5 * ms}})(tau=[10, 20] * ms)
    path = tmp_path / f"cell{suffix}"
    model.save(path)
    assert read(path) == model
    assert read(str(path)) == model


@pytest.mark.parametrize("suffix", ["toml", "json"])
@pytest.mark.parametrize("name", sorted(_catalogue.models()))
def test_every_built_in_model_survives(name, suffix, tmp_path):
    model = getattr(excitable.models, name)
    model.save(tmp_path / f"cell.{suffix}")
    assert read(tmp_path / f"cell.{suffix}") == model


def test_a_file_is_readable_text(make, tmp_path):
    make(equations="tau*dv/dt = x\nx = E_L - v + R*I").save(tmp_path / "cell.toml")
    text = (tmp_path / "cell.toml").read_text()
    assert "tau*dv/dt = x\nx = E_L - v + R*I" in text
    assert 'value = "100 MOhm"' in text


@pytest.mark.parametrize("name", ["cell", "cell.pkl", "cell.toml.bak", ".toml"])
def test_other_names_are_refused(make, tmp_path, name):
    with pytest.raises(FileError, match=r"ends in \.toml or \.json"):
        make().save(tmp_path / name)
    with pytest.raises(FileError, match=r"ends in \.toml or \.json"):
        read(tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_files_that_are_not_there(tmp_path):
    with pytest.raises(FileError, match="there is no such file"):
        read(tmp_path / "cell.toml")
    (tmp_path / "folder.json").mkdir()
    with pytest.raises(FileError, match="is a folder"):
        read(tmp_path / "folder.json")
    with pytest.raises(FileError):
        read("a\0b.toml")


def test_a_folder_that_is_not_there(make, tmp_path):
    with pytest.raises(FileError, match="cannot be written: No such file"):
        make().save(tmp_path / "none" / "cell.toml")


def test_a_full_disk_leaves_the_old_file_and_nothing_else(make, tmp_path, monkeypatch):
    path = tmp_path / "cell.toml"
    make().save(path)
    before = path.read_bytes()

    def full(descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(FileError, match="No space left on device"):
        make()(tau=5 * ms).save(path)
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == ["cell.toml"]


def test_permissions_follow_the_mask_and_the_file_replaced(make, tmp_path):
    path = tmp_path / "cell.toml"
    make().save(path)
    mask = os.umask(0)
    os.umask(mask)
    assert path.stat().st_mode & 0o777 == 0o666 & ~mask
    path.chmod(0o640)
    make().save(path)
    assert path.stat().st_mode & 0o777 == 0o640


def test_a_large_population_belongs_in_json(make, tmp_path):
    model = make()(tau=np.linspace(10, 20, 60_000) * ms)
    with pytest.raises(FileError, match=r"Write the model to a \.json file"):
        model.save(tmp_path / "cell.toml")
    model.save(tmp_path / "cell.json")
    assert read(tmp_path / "cell.json") == model


def hostile(**fields):
    whole = {
        "title": "Cell",
        "equations": "tau*dv/dt = -v",
        "states": {"v": "0 mV"},
        "parameters": {"tau": "20 ms"},
    }
    return json.dumps(whole | fields)


HARM = {
    "truncated.json": '{"title": "Cell", "equa',
    "truncated.toml": 'title = "Cell"\nequations = """\ntau*dv',
    "empty.json": "",
    "empty.toml": "",
    "a list.json": "[1, 2, 3]",
    "a number.json": "3",
    "deep.json": "[" * 200_000,
    "deep closed.json": '{"title": ' + "[" * 50_000 + "]" * 50_000 + "}",
    "deep.toml": "title = " + "[" * 100_000,
    "dotted.toml": "title" + ".a" * 100_000 + " = 1",
    "long header.toml": "[" + "a." * 100_000 + "a]",
    "digits.json": '{"title": ' + "9" * 100_000 + "}",
    "digits.toml": "title = " + "9" * 100_000,
    "exponent.json": '{"title": "Cell", "version": 1e999999999}',
    "nan.json": hostile(parameters={"tau": float("nan")}),
    "huge power.json": hostile(equations="tau*dv/dt = -v**1e300"),
    "tower.json": hostile(equations="tau*dv/dt = 9**9**9**9**9**9"),
    "nested formula.json": hostile(equations="tau*dv/dt = " + "(" * 4000 + "v" + ")" * 4000),
    "attribute.json": hostile(equations="tau*dv/dt = ().__class__.__bases__[0]"),
    "call.json": hostile(equations="tau*dv/dt = __import__('os').system('true')"),
    "dunder.json": hostile(parameters={"__class__": "1 ms"}),
    "dunder preset.json": hostile(presets={"a": {"__init__": "1 ms"}}),
    "unit power.json": hostile(parameters={"tau": "1 ms**999999999"}),
    "unit nest.json": hostile(parameters={"tau": "1 " + "(" * 5000}),
    "many lines.json": hostile(equations="tau*dv/dt = -v\n" * 20_000),
    "doubling.json": hostile(
        equations="tau*dv/dt = a60*v\na0 = v/mV\n"
        + "\n".join(f"a{k + 1} = a{k}*a{k} + a{k}" for k in range(60)),
        spike="v >= 1*mV",
        reset="v = v*a60",
    ),
    "doubled.toml": 'title = "a"\ntitle = "b"',
    "tag.json": json.dumps({"title": "x", "py/object": "os.system"}),
}


@pytest.mark.parametrize("name", HARM)
def test_files_that_mean_harm_end_in_one_clear_message_at_once(tmp_path, name):
    path = tmp_path / name
    path.write_text(HARM[name])
    start = perf_counter()
    with pytest.raises(ExcitableError) as caught:
        hash(read(path).system)
    assert perf_counter() - start < 2.0
    assert 0 < len(str(caught.value)) < 1500


def test_bytes_that_are_not_text(tmp_path):
    path = tmp_path / "cell.toml"
    path.write_bytes(b'title = "\xff\xfe"')
    with pytest.raises(FileError, match="byte 9 is not text"):
        read(path)


@pytest.mark.parametrize(("suffix", "size"), [("json", 100 << 20), ("toml", 100 << 20)])
def test_a_file_of_100_megabytes_is_refused_at_once(tmp_path, suffix, size):
    path = tmp_path / f"cell.{suffix}"
    with path.open("wb") as file:
        file.truncate(size)  # a hole: takes no space
    start = perf_counter()
    with pytest.raises(FileError, match="more than"):
        read(path)
    assert perf_counter() - start < 2.0


def test_a_device_is_not_a_file(tmp_path):
    path = tmp_path / "cell.toml"
    path.symlink_to("/dev/zero")
    with pytest.raises(FileError, match="no such file"):
        read(path)


def test_the_message_names_the_file_and_the_equation(tmp_path):
    path = tmp_path / "cell.json"
    path.write_text(hostile(equations="tau*dv/dt = -v^2"))
    with pytest.raises(EquationError, match=r"Cell\.equations: .*\n.*tau\*dv/dt = -v\^2"):
        read(path)
    path.write_text("{")
    with pytest.raises(FileError) as caught:
        read(path)
    assert str(caught.value).startswith(str(path))
