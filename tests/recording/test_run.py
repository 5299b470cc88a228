"""Runs: what was recorded is an attribute, with its unit, and says what else there is."""

import copy
import pickle
import subprocess
import sys

import numpy as np
import pytest

import excitable as ex
from excitable.errors import UnknownNameError
from excitable.recording import InputSignal, Run, Scheme, Spikes


class Line:
    """An input that grows with time, by neuron."""

    def value(self, t, neurons):
        return np.multiply.outer(t, np.asarray(neurons) + 1.0)


def make(n=1, **changes):
    t = 5.0 + np.arange(4) * 0.1
    given = {
        "name": "LIF",
        "model": None,
        "t": t,
        "values": {"v": np.arange(4.0 * n).reshape(4, n), "I_M": np.ones((4, n))},
        "units": {"v": "mV", "I_M": "pA"},
        "neurons": {"v": np.arange(n), "I_M": np.arange(n)},
        "spikes": Spikes(np.full(n, 5.1), np.arange(n + 1), start=5.0, stop=5.35),
        "inputs": {"I": InputSignal(Line(), "nA")},
        "scheme": Scheme("exact", "linear below threshold"),
        "start": "at rest",
        "settings": {"dt": 0.1, "duration": 0.35, "t_start": 5.0},
        "single": n == 1,
    }
    return Run(**(given | changes))


def test_one_neuron_gives_one_axis_and_several_give_two():
    assert make().v.shape == (4,)
    assert make(3).v.shape == (4, 3)
    assert make().v is make().v or str(make().v.units) == "mV"
    run = make()
    assert run["v"] is run.v
    assert run.t.magnitude.tolist() == run.t_ms.tolist()
    assert run.bare("v").tolist() == [0.0, 1.0, 2.0, 3.0]
    assert run.duration.magnitude == 0.35


def test_inputs_are_known_at_the_sample_times():
    assert np.allclose(make().input("I").magnitude, [0.0, 0.0001, 0.0002, 0.0003])
    assert make(3).input("I").shape == (4, 3)
    assert make(3).input("I", 2).shape == (4,)
    with pytest.raises(UnknownNameError, match="no input named 'J'; this run has I"):
        make().input("J")


def test_names_are_completed():
    run = make()
    assert {"v", "I_M", "plot", "spikes"} <= set(dir(run))
    assert run._ipython_key_completions_() == ["t", "v", "I_M"]
    assert "v" in run
    assert "w" not in run


def test_what_was_not_recorded_says_what_there_is():
    with pytest.raises(
        UnknownNameError,
        match=r"'w' was not recorded; this run holds v, I_M\. Write one of these names",
    ):
        _ = make().w
    with pytest.raises(UnknownNameError, match=r"Write run\.I_M"):
        _ = make()["I_m"]
    with pytest.raises(UnknownNameError, match="spikes only"):
        _ = make(values={}, units={}, neurons={}).v
    assert not hasattr(make(), "w")
    assert getattr(make(), "w", None) is None


def test_it_shows_itself_at_a_glance():
    assert repr(make()) == (
        "Run(LIF: duration 0.35 ms; neurons 1; spikes 1; rate 2857 Hz; "
        "recorded v, I_M (4 samples); scheme exact: linear below threshold; start at rest)"
    )
    stopped = make(2, values={}, units={}, neurons={}, stopped="<interrupted> at 5.2 ms")
    assert "2857 Hz on average" in repr(stopped)
    assert "spikes only" in repr(stopped)
    assert "&lt;interrupted&gt; at 5.2 ms" in stopped._repr_html_()


def test_it_can_be_copied_and_sent_to_another_process():
    run = make(inputs={})
    for again in (copy.copy(run), copy.deepcopy(run), pickle.loads(pickle.dumps(run))):  # noqa: S301
        assert again.v.tolist() == run.v.tolist()
        assert again.scheme.why == run.scheme.why


def test_units_are_attached_only_when_asked_for():
    program = """
import sys
import numpy as np
from excitable.recording import Run, Scheme, Spikes
run = Run(name="x", model=None, t=np.zeros(2), values={"v": np.zeros((2, 1))}, units={"v": "mV"},
          neurons={"v": np.zeros(1, int)}, spikes=Spikes(np.zeros(1), [0, 1], start=0, stop=1),
          inputs={}, scheme=Scheme("exact"), start="at rest", settings={}, single=True)
repr(run), run.bare("v"), run.spikes.times_ms, run.spikes.counts()
assert "pint" not in sys.modules
"""
    subprocess.run([sys.executable, "-c", program], check=True)


def test_a_scheme_is_its_name_and_tells_why():
    scheme = Scheme("exact", "linear below threshold")
    assert scheme == "exact"
    assert {"exact": 1}[scheme] == 1
    assert scheme.name == "exact"
    assert type(scheme.name) is str
    assert f"{scheme}" == str(scheme) == repr(scheme) == "exact: linear below threshold"
    assert "linear" in scheme
    assert str(Scheme("rk4")) == "rk4"
    assert Scheme(scheme) == "exact"
    assert Scheme(scheme).why == scheme.why


def test_a_name_that_was_not_recorded_is_answered_with_what_to_write():
    run = ex.simulate(ex.LIF, "5 ms", I="100 pA", record=False)
    with pytest.raises(UnknownNameError, match=r"""'I' is an input.*Write run\.input\("I"\)"""):
        _ = run.I
    with pytest.raises(UnknownNameError, match=r'run\.input\("I"\)'):
        _ = run["I"]
    with pytest.raises(UnknownNameError, match=r'Write simulate\(\.\.\., record="v"\)'):
        _ = run.v
    with pytest.raises(UnknownNameError) as caught:
        _ = run.nothing
    assert "record=" not in str(caught.value)
