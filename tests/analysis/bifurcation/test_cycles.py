"""Limit cycles: reference numbers of neurons, normal forms, and where families end."""

import numpy as np
import pytest

import excitable as ex
from excitable.analysis.bifurcation._floquet import multipliers
from excitable.units import ms


def radial(growth):
    """A model whose radius obeys r' = r g(r^2), written with s for r^2."""
    s = growth.replace("s", "(x**2 + y**2)")
    return ex.Model(
        "Radial", equations=f"tau*dx/dt = x*({s}) - 2*y\ntau*dy/dt = y*({s}) + 2*x",
        states=dict(x=0.0, y=0.0), inputs=dict(mu="1"), parameters=dict(tau=1 * ms),
    )  # fmt: skip


def family(model, start, stop, parameter="I"):
    (piece,) = ex.continuation(model, parameter, start, stop).cycles().pieces
    return piece


@pytest.fixture(scope="module")
def axon():
    return ex.continuation(ex.HodgkinHuxley, "I", "0 uA/cm2", "200 uA/cm2").cycles()


def test_hodgkin_huxley_from_hopf_to_hopf(axon, reference_entries):
    (piece,) = axon.pieces
    assert piece.ended == (
        "a Hopf point at 9.77544 µA/cm²", "it shrinks to a Hopf point at 154.522 µA/cm²"
    )  # fmt: skip
    folds = [p for p in axon.special if p.kind == "fold of cycles"]
    entries = reference_entries("hh/modern_EL-54.387/fold_of_cycles/")
    assert len(entries) == 1
    value = entries[0]["value"]
    assert folds[-1].parameter.magnitude == pytest.approx(value["I"], abs=1e-8)
    assert folds[-1].period.m_as("ms") == pytest.approx(value["T_ms"], abs=1e-4)
    assert [round(p.parameter.magnitude, 2) for p in folds] == [7.84, 7.92, 6.26]
    # A stable rest, an unstable and a stable cycle live side by side between the fold and Hopf.
    I = piece.values.magnitude
    assert not piece.stable[0]
    assert piece.stable[(I > 12) & (I < 150)].all()
    assert abs(piece.multipliers).max() > 1e4
    assert piece.trivial_error.max() < 1e-6
    k = int(np.argmax(I > 12))
    t, states = piece.profile(k)
    assert t[-1] == piece.period[k]
    assert states["v"][0].magnitude == pytest.approx(states["v"][-1].magnitude, abs=1e-7)
    sampled = np.ptp(states["v"].magnitude)
    assert sampled < piece.amplitude[k].magnitude < sampled + 1e-3


@pytest.mark.parametrize(
    ("name", "stop"),
    [
        ("napk/high_threshold/period/I=7", 300),
        ("ml/snlc/period/I=42", 200),
    ],
)
def test_periods_where_the_range_begins(name, stop, reference_entries, model_of):
    (entry,) = [e for e in reference_entries(name) if e["id"] == name]
    I = entry["given"]["I"]
    piece = family(model_of(entry), f"{I} uA/cm2", f"{stop} uA/cm2")
    assert piece.values.magnitude[-1] == pytest.approx(I, abs=1e-12)
    assert piece.period.magnitude[-1] == pytest.approx(entry["value"]["T"], rel=1e-6)
    assert piece.stable[-1]


def test_a_canard_turns_within_its_explosion(reference_entries):
    """The fold of FitzHugh and Nagumo's cycles, within a canard explosion on either side."""
    (entry,) = reference_entries("fhn/standard/fold_of_cycles/1")
    special = ex.continuation(ex.FitzHughNagumo, "I", 0, 2).cycles().special
    assert [p.kind for p in special] == ["fold of cycles"] * 2
    assert special[0].parameter.magnitude == pytest.approx(entry["value"]["I"], abs=1e-9)
    assert special[0].period.magnitude == pytest.approx(entry["value"]["T"], abs=0.5)
    # The equations are odd about I = a/b.
    total = sum(p.parameter.magnitude for p in special)
    assert total == pytest.approx(2 * 0.7 / 0.8, abs=1e-8)


@pytest.mark.parametrize("sign", [-1, 1])
def test_cycles_of_the_hopf_normal_form(sign):
    piece = family(radial(f"mu {'+' if sign > 0 else '-'} 0.5*s"), -1.0, 1.0, "mu")
    mu = piece.values.magnitude
    np.testing.assert_allclose(piece.period.magnitude, np.pi, rtol=1e-9)
    np.testing.assert_allclose(piece.maximum("y").magnitude ** 2, -2 * sign * mu, rtol=3e-3)
    np.testing.assert_allclose(
        piece.multipliers[:, 1].real, np.exp(-2 * mu * np.pi), rtol=1e-6
    )  # fmt: skip
    assert piece.stable.all() == (sign < 0)
    assert mu[-1] == -sign
    assert piece.ended[1] == f"mu reaches {-sign}, an end of its range"


def test_fold_of_cycles_beyond_a_bautin_point():
    piece = family(radial("mu + s - s**2"), -1.0, 1.0, "mu")
    (fold,) = piece.special
    assert fold.kind == "fold of cycles"
    assert fold.parameter.magnitude == pytest.approx(-0.25, abs=1e-10)
    assert sum(q.magnitude**2 for q in fold.state.values()) == pytest.approx(0.5, rel=1e-4)
    assert not piece.stable[0]
    assert piece.stable[-1]


@pytest.mark.parametrize(("size", "error"), [(1e4, 1e-11), (1e12, 1e-4)])
def test_multipliers_of_very_different_size(size, error):
    """Rotated diagonal transfers; the trivial multiplier stays exact beside the largest."""
    rng = np.random.default_rng(2)
    bases = [np.linalg.qr(rng.normal(size=(3, 3)))[0] for _ in range(31)]
    bases.append(bases[0])
    step = np.diag(np.array([size, 1.0, 1 / size]) ** (1 / 31))
    transfers = np.array([bases[k + 1] @ step @ bases[k].T for k in range(31)])
    found = multipliers(transfers)
    np.testing.assert_allclose(found.real, [size, 1.0, 1 / size], rtol=error)
    assert abs(found[1] - 1.0) < 1e-12


def test_few_cycles_are_kept_and_the_reason_given():
    branch = ex.continuation(ex.MorrisLecar, "I", "0 uA/cm2", "300 uA/cm2")
    cycles = branch.cycles(cycles=5)
    assert [len(piece) for piece in cycles.pieces] == [5, 5]
    assert cycles.pieces[0].ended[1].startswith("5 cycles were computed at I = ")


def test_picture_of_cycles(axon):
    axes = axon.plot(y="n").axes[0]
    labels = axes.get_legend_handles_labels()[1]
    assert {"stable cycle", "unstable cycle", "stable equilibrium"} <= set(labels)
    full = [line for line in axes.lines if line.get_label() == "stable cycle"]
    open_ones = [line for line in axes.lines if line.get_label() == "unstable cycle"]
    assert full[0].get_markerfacecolor() != "white"
    assert open_ones[0].get_markerfacecolor() == "white"


def test_every_special_point_can_be_asked_the_same(axon):
    for point in axon.special:
        assert point.criticality is None
        assert point.frequency.m_as("Hz") == pytest.approx(1000.0 / point.period.m_as("ms"))
    assert repr(axon.pieces[0]).startswith("<57 limit cycles of HodgkinHuxley, I from 6.26")
    loop = ex.MorrisLecar.preset("homoclinic")
    (end,) = [
        one
        for one in ex.continuation(loop, "I", "-20 uA/cm2", "60 uA/cm2").cycles().special
        if one.kind == "homoclinic"
    ]
    assert end.frequency.m_as("Hz") == 0.0
    assert "longest period" in repr(end)


def test_reprs_tell_the_whole_range():
    folded = ex.continuation(ex.QIF, "I", -1.0, 1.0)  # there and back again
    assert "I from -1 to -1," not in repr(folded)
    hopf = ex.continuation(ex.HodgkinHuxley, "I", "0 uA/cm2", "200 uA/cm2").special[0]
    curve = hopf.continuation("g_K", "10 mS/cm2", "60 mS/cm2")
    assert "from 10 mS/cm² to 53.8" in repr(curve)
