"""What is lost between programs: units, signs, whole parts of a cell."""

import numpy as np
import pytest
from scipy.optimize import brentq

import excitable as ex
from excitable.errors import ModelError
from excitable.units import ms, mV, pA

allen = ex.interop.allen
LEVELS = (1, 2, 3, 4, 5)
SHORT = {1: "lif", 2: "lif_r", 3: "lif_asc", 4: "lif_r_asc", 5: "lif_r_asc_a"}


def spread(model, count, seed):
    """A population whose parameters differ by up to a factor of two, with odd last digits."""
    random = np.random.default_rng(seed)
    values = {name: model[name] * random.uniform(0.5, 1.0, count) for name in model.parameters}
    values["V_T"] = values["E_L"] + random.uniform(20, 40, count) * mV
    if "V_R" in values:
        values["V_R"] = values["E_L"] - random.uniform(0, 10, count) * mV
    return model(**(values | {"t_ref": model["t_ref"]}))


@pytest.mark.parametrize("level", LEVELS)
def test_c31_conversions_there_and_back_to_1e_12(level):
    model = spread(getattr(ex.models, f"GLIF{level}"), 50, seed=level)
    both = {
        "Allen": allen.read(allen.to_config(model)),
        "NEST": allen.from_nest(allen.to_nest(model)),
        "bmtk": allen.from_nest(allen.to_nest(model, name=f"nest:glif_{SHORT[level]}_psc")),
    }
    for other, back in both.items():
        for name, value in model.values().items():
            error = np.max(np.abs(back.values()[name] / value - 1.0))
            assert error < 1e-12, (other, name)


def test_c31_nir_there_and_back_to_1e_12():
    random = np.random.default_rng(5)
    model = ex.LIF(
        tau_m=random.uniform(1, 50, 40) * ms,
        V_T=random.uniform(-50, -40, 40) * mV,
        t_ref=0 * ms,
    )
    back = ex.from_nir(ex.to_nir(model))
    for name, value in model.values().items():
        assert back.values()[name] == pytest.approx(np.broadcast_to(value, np.shape(
            back.values()[name])), rel=1e-12, abs=0)  # fmt: skip


def test_c31_a_microscopic_slip_of_a_unit_would_be_seen():
    """A thousandfold current, as between pA and nA, changes a result; none of ours does."""
    cell = ex.models.GLIF1
    there = allen.from_nest(allen.to_nest(allen.read(allen.to_config(cell))))
    drive = ex.step(300 * pA, start=10 * ms)
    times = ex.simulate(cell, 100 * ms, I=drive).spikes[0].times_ms
    again = ex.simulate(there, 100 * ms, I=drive).spikes[0].times_ms
    assert times.size > 4
    assert again == pytest.approx(times, abs=1e-10)
    # First spike in closed form: C/g ln(RI/(RI - (V_T - E_L))).
    rise = 300 / 9.43
    first = 10 + 58.72 / 9.43 * np.log(rise / (rise - 27.17))
    assert again[0] == pytest.approx(first, abs=1e-10)


def steady_current(v, E_L):
    """Ionic current of the squid axon at rest in the frame of 1952, by the printed rates."""
    a_m, b_m = 0.1 * (25 - v) / np.expm1((25 - v) / 10), 4 * np.exp(-v / 18)
    a_h, b_h = 0.07 * np.exp(-v / 20), 1 / (np.exp((30 - v) / 10) + 1)
    a_n, b_n = 0.01 * (10 - v) / np.expm1((10 - v) / 10), 0.125 * np.exp(-v / 80)
    m, h, n = a_m / (a_m + b_m), a_h / (a_h + b_h), a_n / (a_n + b_n)
    return 120 * m**3 * h * (115 - v) + 36 * n**4 * (-12 - v) + 0.3 * (E_L - v)


@pytest.mark.parametrize(("E_L", "rest"), [(10.6, 0.0003), (10.613, 0.0036)])
def test_c31_rest_of_the_squid_axon(E_L, rest):
    """The published 10.613 mV is rounded: the axon does not rest at 0 mV exactly."""
    axon = ex.HodgkinHuxley.preset("1952")(E_L=E_L * mV)
    v = ex.simulate(axon, 1 * ms, record="v").v.magnitude[0]
    assert v == pytest.approx(brentq(steady_current, -1, 1, args=(E_L,), xtol=1e-14), abs=1e-9)
    assert round(v, 4) == rest


LOST = {
    "a refractory time": (ex.LIF, "a refractory time of 2 ms"),
    "adaptation": (ex.models.ALIF(t_ref=0 * ms), "theta_1"),
    "after-spike currents": (ex.models.GLIF3(t_ref=0 * ms), "I_1"),
    "reset rules": (ex.models.GLIF2(t_ref=0 * ms), "a reset that depends on the potential"),
}


@pytest.mark.parametrize("case", LOST)
def test_c35_nir_says_what_it_would_lose(case):
    pytest.importorskip("nir")
    model, words = LOST[case]
    with pytest.raises(ModelError, match=words) as caught:
        ex.to_nir(model)
    assert "lossy=True" in str(caught.value)
    graph = ex.to_nir(model, lossy=True)
    assert words in graph.nodes["neuron"].metadata["lost"]
    assert words in graph.metadata["lost"]


@pytest.mark.parametrize("lossy", [False, True])
@pytest.mark.parametrize("model", [ex.HodgkinHuxley, ex.AdEx, ex.Izhikevich], ids=lambda m: m.name)
def test_c35_nir_has_no_nonlinear_membrane(model, lossy):
    pytest.importorskip("nir")
    lost = ", ".join(list(model.states)[1:])
    with pytest.raises(ModelError, match=f"v is not linear, and {lost} would be lost"):
        ex.to_nir(model, lossy=lossy)


def test_c35_a_leaky_neuron_is_the_same_after_export_and_import():
    pytest.importorskip("nir")
    model = ex.LIF(t_ref=0 * ms, V_R=-70 * mV)
    assert ex.from_nir(ex.to_nir(model)) == model
    assert "lost" not in ex.to_nir(model).metadata


def test_c35_the_reset_is_always_written():
    """Readers of a graph put 0 where none is written, which is far above this cell's threshold."""
    pytest.importorskip("nir")
    assert ex.to_nir(ex.LIF(t_ref=0 * ms)).nodes["neuron"].v_reset.tolist() == [-0.065]


def test_c35_strictly_above_or_at_the_threshold_is_the_same_spike():
    """`>` of a graph and `>=` here differ on a cell that reaches its threshold and no further."""
    model = ex.LIF(t_ref=0 * ms)
    rest_on_threshold = 150 * pA  # R*I = V_T - E_L: reached only after infinite time
    for I, spikes in ((rest_on_threshold, 0), (150.000001 * pA, 1)):
        run = ex.simulate(model, 1000 * ms, I=I)
        assert (run.spikes.count > 0) == (spikes > 0)
