"""Inputs as text: stimuli by a grammar of their own, recordings by file, key and row."""

import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from excitable.errors import ExcitableError, FileError, StimulusError, UnitError
from excitable.interop import parse_input
from excitable.interop._call_grammar import CONSTRUCTORS
from excitable.stimuli import chirp, lower, ornstein_uhlenbeck, pulses, ramp, sine, step
from excitable.units import CURRENT, Hz, ms, nA, pA

T = np.linspace(0.0, 500.0, 333)


def values(source, n=1):
    table = lower(source, CURRENT, n, duration=500.0, dt=0.1, owner="LIF.I")
    return table.value(T, np.arange(n))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("300 pA", 300 * pA),
        ("-300pA", -300 * pA),
        ("3e2 pA", 0.3 * nA),
        ("step(300 pA, start=100 ms)", step(300 * pA, start=100 * ms)),
        ("step(300 pA, 100 ms, 0.2 second)", step(300 * pA, 100 * ms, 200 * ms)),
        ("step(-3e-1nA,start=100ms)", step(-300 * pA, start=100 * ms)),
        ("step('300 pA', start=\"100 ms\")", step(300 * pA, start=100 * ms)),
        ("step([300] pA)", step([300] * pA)),
        ("  2*step(1 pA) - 3 pA ", 2 * step(1 * pA) - 3 * pA),
        ("-step(1 pA)+sine(5 pA, 8 Hz, phase=-0.5)", sine(5 * pA, 8 * Hz, -0.5) - step(1 * pA)),
        ("2 * (step(1 pA) + 0.5*(step(2 pA)))", 2 * step(1 * pA) + step(2 * pA)),
        ("1 nA + step(1 pA)", step(1 * pA) + 1 * nA),
        ("ramp(0 pA, 50 pA, 10 ms, 90 ms)", ramp(0 * pA, 50 * pA, 10 * ms, 90 * ms)),
        (
            "pulses(1 pA, start=1 ms, width=2 ms, period=25 ms, n=4)",
            pulses(1 * pA, 1 * ms, 2 * ms, 25 * ms, 4),
        ),
        (
            "chirp(1 pA, 1/second, 0.04/ms, 0 ms, 400 ms, kind=exponential)",
            chirp(1 * pA, 1 * Hz, 40 * Hz, 0 * ms, 400 * ms, kind="exponential"),
        ),
        (
            "ornstein_uhlenbeck(1 pA, 2 pA, 5 ms, seed=3, independent=False, stop=None)",
            ornstein_uhlenbeck(1 * pA, 2 * pA, 5 * ms, seed=3),
        ),
    ],
)
def test_what_is_written_is_meant(text, expected):
    name, source = parse_input(f"I={text}")
    assert name == "I"
    assert np.allclose(values(source), values(expected), rtol=1e-12, atol=1e-12)


def test_lists_are_neurons():
    _, source = parse_input("I_2 = [1, 2, 3] pA + step([0.1, 0.2, 0.3] nA, start=100 ms)")
    assert values(source, n=3)[-1].tolist() == [101.0, 202.0, 303.0]


def test_composed_units_are_read():
    for text in ("white_noise(20 pA*ms**0.5)", "0.04 mV/ms", "step(3 uA/cm2)", "5 1/(mV*ms)"):
        if text.startswith("5"):
            with pytest.raises(ExcitableError):
                parse_input(f"I={text}")
        else:
            assert parse_input(f"I={text}")[0] == "I"


@given(
    a=st.floats(-1e3, 1e3).map(lambda x: round(x, 6)),
    start=st.floats(0, 400).map(lambda x: round(x, 6)),
    weight=st.floats(-5, 5).map(lambda x: round(x, 6)),
)
def test_what_a_stimulus_shows_can_be_read(a, start, weight):
    made = weight * step(a * pA, start=start * ms) + sine(3 * pA, 5 * Hz, start=start * ms) - 4 * pA
    _, again = parse_input(f"I={made!r}")
    assert np.allclose(values(again), values(made), rtol=1e-9, atol=1e-9)


class TestRecordings:
    @pytest.fixture(autouse=True)
    def folder(self, tmp_path, monkeypatch):
        monkeypatch.chdir(tmp_path)
        np.savez("cell.npz", I_pA=np.array([[1.0, 2, 3], [4, 5, 6]]), J_pA=np.arange(3), dt_ms=0.1)
        np.save("plain.npy", np.arange(4.0))
        np.save("a, b.npy", np.arange(4.0))
        np.save("step(1 pA).npy", np.arange(4.0))

    def first(self, text):
        return values(parse_input(text)[1])[0, 0]

    def test_key_and_row(self):
        assert self.first("I=cell.npz::I_pA[1]") == 4.0
        assert self.first("I=cell.npz::I[-1]") == 4.0
        assert self.first("I = cell.npz::J_pA") == 0.0
        assert parse_input("I=cell.npz::I_pA[:]")[1].size == 2

    def test_unit_and_interval(self):
        for text in ("plain.npy,unit=nA,dt=0.1ms", "plain.npy, dt=100 us, unit=nA"):
            assert repr(parse_input(f"I={text}")[1]) == "trace(<4 values in nA>, dt=0.1 ms)"

    def test_odd_names_of_files(self):
        assert parse_input("I=a, b.npy,unit=pA,dt=1ms")[1].dimension == CURRENT
        assert parse_input("I=step(1 pA).npy,unit=pA,dt=1ms")[1].dimension == CURRENT

    @pytest.mark.parametrize(
        ("text", "error", "says"),
        [
            ("I=cell.npz", FileError, r"I_pA \(2 rows of 3 samples in pA\), J_pA"),
            ("I=cell.npz::I_pA", FileError, r"\[0\]"),
            ("I=cell.npz::K_pA", FileError, "there is no 'K_pA'"),
            ("I=cell.npz::I_pA[7]", FileError, "no row 7"),
            ("I=cell.npz::", StimulusError, "nothing stands behind"),
            ("I=plain.npy,unit=pA,rate=3", StimulusError, "rate=3"),
            ("I=plain.npy,unit=pA,unit=pA", StimulusError, "second time"),
            ("I=plain.npy,unit=blob,dt=1ms", UnitError, "not known"),
            ("I=nothing.npy", FileError, "no such file"),
            ("I=nothing", FileError, "no such file"),
        ],
    )
    def test_what_is_refused(self, text, error, says):
        with pytest.raises(error, match=says):
            parse_input(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "I",
        "I=",
        "=300 pA",
        "2I=300 pA",
        "I==300 pA",
        "I=step",
        "I=step(",
        "I=step()",
        "I=step(1 pA))",
        "I=step(1 pA start=3 ms)",
        "I=step(1 pA, start=)",
        "I=step(start=3 ms, 1 pA)",
        "I=step(1 pA, 2 ms, 3 ms, 4 ms)",
        "I=step(1 pA)*2",
        "I=step(1 pA)step(1 pA)",
        "I=trace([1,2] pA, dt=1 ms)",
        "I=__import__('os').system('true')",
        "I=step(__import__('os'))",
        "I=step(1 pA).__class__",
        "I=(lambda: 1)()",
        "I=step(1 pA, **{})",
        "I=1 pA if 1 else 2",
        "I=step(1 pA, start=9e999 ms)",
        "I=step(1e999 pA)",
        "I=\0",
        "I=" + "(" * 500 + "1 pA" + ")" * 500,
        "I=" + "-" * 3000 + "1 pA",
        "I=" + "step(1 pA)+" * 5000,
        "I=1 " + "pA*" * 600,
        "I=" + "a," * 50_000,
        "I=" + ",unit=" * 20_000,
        "I=" + "[" * 1000,
        "I=step(" + "'" * 1001,
        "I=" + "9" * 1900,
        "I=f.csv::" + "[" * 10_000,
    ],
)
def test_hostile_text_ends_in_a_clear_error_soon(text):
    parse_input("I=step(1 pA)")
    begin = time.perf_counter()
    with pytest.raises(ExcitableError):
        values(parse_input(text)[1])
    assert time.perf_counter() - begin < 0.5


@given(text=st.text(alphabet="step(),= 0123456789.pAms+-*/[]'\"eE_:xyz", max_size=60))
def test_any_text_gives_an_input_or_our_error(text):
    try:
        parse_input(f"I={text}")
    except ExcitableError:
        return


def test_every_stimulus_by_formula_can_be_written():
    import excitable

    made = {"step", "pulse", "pulses", "ramp", "sine", "chirp", "ornstein_uhlenbeck", "white_noise"}
    assert set(CONSTRUCTORS) == made
    assert made <= set(excitable.__all__)
