"""Copies under a name of their own."""

import pytest

import excitable as ex
from excitable.errors import ModelError, UnitError, UnknownNameError
from excitable.model import renamed
from excitable.units import ms, mV


def test_only_the_words_and_the_start_change():
    cell = renamed(ex.LIF, "cell 7", title="Seventh", description="x", states={"v": -60 * mV})
    assert (cell.name, cell.title, cell.description) == ("cell 7", "Seventh", "x")
    assert cell["v"].magnitude == -60.0
    assert cell.system is ex.LIF.system
    assert cell.values() == ex.LIF.values()
    assert cell != ex.LIF
    assert (ex.LIF.name, ex.LIF["v"].magnitude) == ("LIF", -65.0)
    assert renamed(ex.LIF, "LIF") == ex.LIF


def test_a_copy_is_a_model_like_any_other(tmp_path):
    cell = renamed(ex.LIF, "cell 7", states={"v": [-60, -61] * mV})
    assert cell.size == 2
    assert cell(t_ref=1 * ms).name == "cell 7"
    cell.save(tmp_path / "cell.json")
    assert ex.read(tmp_path / "cell.json") == cell


def test_what_cannot_be_shown_or_does_not_exist_is_refused():
    with pytest.raises(UnknownNameError, match="no state is called 'w'"):
        renamed(ex.LIF, "cell", states={"w": -60 * mV})
    with pytest.raises(UnitError, match=r"cell\.v"):
        renamed(ex.LIF, "cell", states={"v": 3 * ms})
    for name in ("", "two\nlines", "x" * 500):
        with pytest.raises(ModelError):
            renamed(ex.LIF, name)
