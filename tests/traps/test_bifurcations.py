"""Where equilibria are lost: folds and Hopf points of the usual neurons, to the digits printed."""

import math

import pytest

import excitable as ex

DENSITY = "{} uA/cm2"


def special(model, start, stop, unit=DENSITY):
    branch = ex.continuation(model, "I", unit.format(start), unit.format(stop))
    return [
        (p.kind, p.parameter.magnitude, next(iter(p.state.values())).magnitude)
        for p in branch.special
    ]


def check(found, expected):
    assert [kind for kind, *_ in found] == [kind for kind, *_ in expected]
    for (_, p, v), (_, at, place) in zip(found, expected, strict=True):
        digits = len(str(at).partition(".")[2])
        assert p == pytest.approx(at, abs=0.51 * 10**-digits)
        if place is not None:
            assert v == pytest.approx(place, abs=10 ** -len(str(place).partition(".")[2]))


def test_c38_hodgkin_huxley():
    known = [("hopf", 9.7793, 5.346), ("hopf", 154.526, 21.942)]
    check(special(ex.HodgkinHuxley.preset("1952")(E_L="10.6 mV"), 0, 200), known)
    known = [("hopf", 9.7754, None), ("hopf", 154.5224, None)]
    check(special(ex.HodgkinHuxley, 0, 200), known)
    for model in (ex.HodgkinHuxley(E_L="-54.4 mV"), ex.HodgkinHuxley.preset("1952")(E_L="10.6 mV")):
        points = ex.continuation(model, "I", "0 uA/cm2", "200 uA/cm2").special
        assert [round(p.frequency.m_as("Hz"), 1) for p in points] == [93.3, 169.2]


def test_c38_persistent_sodium():
    model = ex.PersistentSodium(
        C="10 uF/cm2", g_L="19 mS/cm2", E_L="-67 mV", g_Na="74 mS/cm2", E_Na="60 mV",
        V_m="1.5 mV", k_m="16 mV",
    )  # fmt: skip
    known = [("fold", 15.7759, -46.196), ("fold", -890.13, None)]
    check(special(model, -1000, 100), known)


@pytest.mark.parametrize(
    ("preset", "known"),
    [
        ("saddle-node on cycle", [("fold", 4.5129, -60.932), ("hopf", 200.44, None)]),
        ("saddle-node off cycle", [("fold", 4.5129, -60.932), ("hopf", None, None)]),
        ("supercritical Hopf", [("hopf", 14.659, -56.48), ("hopf", 353.55, None)]),
    ],
)
def test_c38_persistent_sodium_and_potassium(preset, known):
    found = special(ex.PersistentSodiumPotassium.preset(preset), 0, 400)
    check([f for f, k in zip(found, known, strict=True) if k[1]], [k for k in known if k[1]])


def test_c38_the_fold_lies_on_the_cycle_or_off_it():
    cell = ex.PersistentSodiumPotassium
    for tau, onset in (("1 ms", "SNIC"), ("0.152 ms", "homoclinic")):
        branch = ex.continuation(cell(tau_n=tau), "I", "-20 uA/cm2", "300 uA/cm2")
        fold = branch.special[0]
        check([("fold", fold.parameter.magnitude, fold.state["v"].magnitude)],
              [("fold", 4.5129, -60.932)])  # fmt: skip
        last = branch.cycles().special[-1]
        assert last.kind == onset
        assert (last.parameter.magnitude < 4.5) == (onset == "homoclinic")


@pytest.mark.parametrize("I", [0.04, 1.0, 9.0])
def test_c38_quadratic(I):
    """The whole circle takes pi/sqrt(I)."""
    (fold,) = ex.continuation(ex.QIF, "I", -1, 1).special
    assert (fold.kind, fold.parameter.magnitude) == ("fold", pytest.approx(0.0, abs=1e-12))
    cell = ex.QIF(x_peak=1e9, x_reset=-1e9)
    rate = ex.fi_curve(cell, I).rate[0].m_as("Hz")
    tau = cell.values()["tau"]
    assert 1e3 / rate == pytest.approx(tau * math.pi / math.sqrt(I), rel=1e-7)


@pytest.mark.parametrize(("b", "fold"), [(0.2, 4.0), (0.26, 0.4225)])
def test_c38_izhikevich(b, fold):
    found = special(ex.Izhikevich(b=f"{b}/ms"), -10, 10, "{} mV/ms")
    assert [kind for kind, *_ in found] == ["hopf", "fold"]
    assert found[1][1] == pytest.approx(fold, abs=1e-10)
    assert 0.08 * found[0][2] + 5 == pytest.approx(0.02, abs=1e-10)
    if b == 0.2:
        assert found[0][1] == pytest.approx(3.7975, abs=1e-10)
