"""A neuron put together from a membrane and channels."""

import pytest
from scipy.integrate import cumulative_simpson

import excitable as ex
from excitable.errors import EquationError, ModelError, ParameterError, UnitError
from excitable.expression import evaluate
from excitable.model import Model, compose, read
from excitable.models import HodgkinHuxley, channels
from excitable.units import mV

PARAMETERS = {"C": "1 uF/cm2"}
INPUTS = {"I": "uA/cm2", "I_ion": "uA/cm2"}


def membrane(equations="C*dv/dt = I - I_ion", **changes):
    definition = {
        "equations": equations,
        "spike": "v >= 0*mV",
        "states": {"v": "-65 mV"},
        "inputs": INPUTS,
        "parameters": PARAMETERS,
    }
    return Model("Membrane", **(definition | changes))


def channel(equations, name="channel", **changes):
    definition = {"equations": equations, "states": {}, "inputs": {"v": "mV"}, "parameters": {}}
    return Model("A channel", name=name, **(definition | changes))


def linear(name, **changes):
    """A channel of one conductance, called g_<name>."""
    return channel(
        f"I_{name} = g_{name}*(v - E)", name,
        parameters={f"g_{name}": "1 mS/cm2", "E": "-50 mV"}, **changes,
    )  # fmt: skip


AXON = compose("Axon", membrane(), channels.sodium, channels.potassium, channels.leak)


def test_the_equations_read_as_in_a_textbook():
    blocks = AXON.equations.split("\n\n")
    assert blocks[0] == "C*dv/dt = I - I_Na - I_K - I_L"
    assert blocks[1].startswith("I_Na = g_Na*m**3*h*(v - E_Na)\ndm/dt = phi*")
    assert blocks[-1] == "I_L = g_L*(v - E_L)"
    # What sodium and potassium declare alike stands once, with its comment.
    assert AXON.equations.count("x = (v - V_0)/mV") == 1
    assert AXON.equations.count("# depolarisation") == 1
    assert "\\frac{dv}{dt} &= I - I_{Na} - I_K - I_L" in AXON.latex()


def test_declarations_stand_in_the_order_of_papers():
    assert list(AXON.states) == ["v", "m", "h", "n"]
    order = ["C", "g_Na", "g_K", "g_L", "E_Na", "E_K", "E_L", "V_0", "phi"]
    assert list(AXON.parameters) == order
    assert list(AXON.inputs) == ["I"]
    assert AXON.reference == "HodgkinHuxley1952"


def test_the_order_of_channels_is_that_of_the_call():
    other = compose("Axon", membrane(), channels.leak, channels.potassium, channels.sodium)
    assert other.equations.startswith("C*dv/dt = I - I_L - I_K - I_Na")
    assert list(other.states) == ["v", "n", "m", "h"]


def test_the_derivative_is_the_sum_of_the_parts():
    known = {**AXON.values(), "v": -40.0, "m": 0.2, "h": 0.4, "n": 0.5, "I": 3.0}
    total = 0.0
    for part in (channels.sodium, channels.potassium, channels.leak):
        right = dict(part.system.intermediates)
        current = next(name for name in right if name.startswith("I_"))
        total += evaluate(part.system.expand(right[current]), known)
    found = evaluate(AXON.system.expanded_derivatives()[0], known)
    assert found == pytest.approx(3.0 - total, rel=1e-14)


def test_the_squid_axon_is_such_a_composition():
    assert HodgkinHuxley.equations == AXON.equations
    assert HodgkinHuxley.name == "HodgkinHuxley"


def test_it_is_an_ordinary_model(tmp_path):
    assert Model.from_dict(AXON.to_dict()) == AXON
    for name in ("axon.toml", "axon.json"):
        AXON.save(tmp_path / name)
        assert read(tmp_path / name) == AXON
    assert AXON(g_Na="100 mS/cm2").values()["g_Na"] == 100.0
    assert hash(AXON) == hash(compose(
        "Axon", membrane(), channels.sodium, channels.potassium, channels.leak
    ))  # fmt: skip


def test_currents_are_recorded_by_name():
    run = ex.simulate(
        AXON, "20 ms", I="10 uA/cm2", record=["v", "I_Na", "I_K", "I_L"], record_dt="0.002 ms"
    )
    total = run.bare("I_Na") + run.bare("I_K") + run.bare("I_L")
    charge = cumulative_simpson(10.0 - total, x=run.t_ms, initial=0.0)  # C is 1 uF/cm2
    assert run.bare("v") - run.bare("v")[0] == pytest.approx(charge, abs=1e-4)
    assert f"{run.I_Na.units:~C}" in ("uA/cm**2", "µA/cm**2")


def test_a_keyword_ends_every_name_of_its_channel():
    cell = compose(
        "Two potassium currents", membrane(), channels.sodium, channels.potassium, channels.leak,
        slow=channels.potassium(g_K="2 mS/cm2", phi=0.1),
    )  # fmt: skip
    assert cell.equations.startswith("C*dv/dt = I - I_Na - I_K - I_L - I_K_slow")
    assert "dn_slow/dt = phi_slow*(alpha_n_slow*(1 - n_slow)" in cell.equations
    assert "x_slow = (v - V_0_slow)/mV    # depolarisation" in cell.equations
    assert list(cell.states) == ["v", "m", "h", "n", "n_slow"]
    assert (cell.values()["g_K_slow"], cell.values()["phi_slow"]) == (2.0, 0.1)
    assert (cell.values()["g_K"], cell.values()["phi"]) == (36.0, 1.0)


def test_a_suffixed_channel_does_what_the_channel_does():
    cell = compose("Cell", membrane(), channels.leak, other=channels.a_current)
    known = {**cell.values(), "v": -50.0, "a_other": 0.3, "b_other": 0.4, "I": 0.0}
    plain = {**channels.a_current.values(), "v": -50.0, "a": 0.3, "b": 0.4}
    alone = [evaluate(e, plain) for e in channels.a_current.system.expanded_derivatives()]
    assert [evaluate(e, known) for e in cell.system.expanded_derivatives()[1:]] == alone


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("C*dv/dt = I - I_ion", "C*dv/dt = I - I_a - I_b"),
        ("C*dv/dt = -I_ion + I", "C*dv/dt = -I_a - I_b + I"),
        ("C*dv/dt = I_ion + I", "C*dv/dt = I_a + I_b + I"),
        ("dv/dt = (I - I_ion)/C", "dv/dt = (I - I_a - I_b)/C"),
        ("C*dv/dt = I - 2*I_ion", "C*dv/dt = I - 2*(I_a + I_b)"),
        ("C*dv/dt = I - I_ion*2", "C*dv/dt = I - (I_a + I_b)*2"),
        ("C*dv/dt = I - I_ion/2 - I_ion", "C*dv/dt = I - (I_a + I_b)/2 - I_a - I_b"),
        ("C*dv/dt = I - -I_ion", "C*dv/dt = I - -(I_a + I_b)"),
        ("C*dv/dt = I + 2*-I_ion", "C*dv/dt = I + 2*-(I_a + I_b)"),
        ("C*dv/dt = I - max(I_ion, I)", None),
        ("C*dv/dt = I - I_ion  # I_ion: sum", "C*dv/dt = I - I_a - I_b  # I_ion: sum"),
        ("C*dv/dt = (I - I_ion\n*2)", "C*dv/dt = (I - (I_a + I_b)\n*2)"),
        ("C*dv/dt = (I - 2*\n-I_ion  # *\n + I)", "C*dv/dt = (I - 2*\n-(I_a + I_b)  # *\n + I)"),
        ("C*dv/dt = (I\n- I_ion  # sum\n)", "C*dv/dt = (I\n- I_a - I_b  # sum\n)"),
        ("C*dv/dt = I - total\ntotal = I_ion", "C*dv/dt = I - total\ntotal = I_a + I_b"),
    ],
)  # fmt: skip
def test_the_sum_stands_where_it_was_meant(written, expected):
    if expected is None:
        with pytest.raises(EquationError):
            membrane(written)
        return
    plain = membrane(written)
    cell = compose("Cell", plain, linear("a"), linear("b"))
    assert cell.equations.split("\n\n")[0] == expected
    known = {**cell.values(), "v": -40.0, "I": 5.0}
    sums = evaluate(cell.system.expanded_derivatives()[0], known)
    total = {**plain.values(), "v": -40.0, "I": 5.0, "I_ion": 20.0}
    assert sums == pytest.approx(evaluate(plain.system.expanded_derivatives()[0], total), rel=1e-15)


def test_one_channel_needs_no_brackets():
    cell = compose("Cell", membrane("C*dv/dt = I - 2*I_ion"), linear("a"))
    assert cell.equations.startswith("C*dv/dt = I - 2*I_a")


def test_an_equation_over_several_lines_is_shared_whole():
    text = """
        I_{0} = g_{0}*y*(v - E)

        # how far it is open
        y = (
            v/mV    # in mV
            + 1
        )
        g_{0} = G
    """
    parameters = {"E": "-50 mV", "G": "1 mS/cm2"}
    cell = compose(
        "Cell", membrane(), *(channel(text.format(k), k, parameters=parameters) for k in "ab")
    )
    assert cell.equations.count("y = (") == cell.equations.count("# how far") == 1
    assert cell.equations.endswith("I_b = g_b*y*(v - E)\n\ng_b = G")


def test_shared_parameters_may_be_worded_otherwise():
    one, two = linear("a"), linear("b")
    cell = compose("Cell", membrane(), one, two)
    assert list(cell.parameters) == ["C", "g_a", "g_b", "E"]
    with pytest.raises(ModelError, match="E is -50 mV in a and -60 mV in b"):
        compose("Cell", membrane(), one, two(E="-60 mV"))


def test_a_concentration_of_one_part_is_read_by_another():
    pool = channel(
        "I_Ca = g_Ca*(v - E_Ca)\ntau_Ca*dCa/dt = Ca_0 - Ca - k*I_Ca", "calcium",
        states={"Ca": "0.1 mM"},
        parameters={"g_Ca": "0.01 mS/cm2", "E_Ca": "120 mV", "tau_Ca": "100 ms", "Ca_0": "0.1 mM",
                    "k": "0.1 mM*cm2/uA"},
    )  # fmt: skip
    gated = channel(
        "I_KCa = g_KCa*Ca/(Ca + K)*(v - E_K)", "gated",
        inputs={"v": "mV", "Ca": "mM"},
        parameters={"g_KCa": "1 mS/cm2", "K": "1 mM", "E_K": "-90 mV"},
    )  # fmt: skip
    for parts in ((pool, gated), (gated, pool)):
        cell = compose("Cell", membrane(), *parts)
        assert list(cell.inputs) == ["I"]
        assert set(cell.states) == {"v", "Ca"}
    alone = compose("Cell", membrane(), gated)
    assert list(alone.inputs) == ["I", "Ca"]
    wrong = channel("I_x = g*(v - E)*Ca/mV", "wrong", inputs={"v": "mV", "Ca": "mV"},
                    parameters={"g": "1 mS/cm2", "E": "-90 mV"})  # fmt: skip
    with pytest.raises(UnitError, match="the input Ca of wrong"):
        compose("Cell", membrane(), pool, wrong)


def test_what_a_spike_does_is_the_matter_of_the_membrane():
    integrator = membrane(
        reset="v = V_R", refractory="t_ref", spike="v >= V_T",
        parameters={**PARAMETERS, "V_T": "-50 mV", "V_R": "-65 mV", "t_ref": "2 ms"},
        presets={"fast": {"t_ref": "1 ms"}},
    )  # fmt: skip
    cell = compose(
        "Cell", integrator, channels.leak(E_L="-65 mV"), presets={"open": {"g_L": "1 mS/cm2"}}
    )
    assert cell.system.held == ("v",)
    assert cell.system.reset[0][0] == "v"
    assert cell.preset("fast").values()["t_ref"] == 1.0
    assert cell.preset("open").values()["g_L"] == 1.0
    run = ex.simulate(cell, "100 ms", I="6 uA/cm2")
    # The leaky integrator in other words: tau = C/g_L.
    plain = ex.LIF(tau_m=f"{1 / 0.3} ms", R="100 MOhm", E_L="-65 mV")
    drive = 6 / 0.3 / 0.1
    expected = ex.simulate(plain, "100 ms", I=f"{drive} pA")
    assert run.scheme.name == "exact"
    assert run.spikes[0].times_ms == pytest.approx(expected.spikes[0].times_ms, rel=1e-12)


def test_a_spike_condition_may_name_what_channels_have():
    cell = compose("Cell", membrane(spike=None), channels.sodium, spike="m >= 0.5")
    assert evaluate(cell.system.threshold, {"m": 0.7}) == pytest.approx(0.2)


def test_the_sources_of_the_parts_are_named_once():
    cell = compose("Cell", membrane(source="Abbott1999"), channels.leak, channels.calcium)
    assert cell.reference == (
        "Abbott1999, HodgkinHuxley1952, HuguenardMcCormick1992, DestexheEtAl1996"
    )
    assert compose("Cell", membrane(), channels.leak, source="Own2020").reference == "Own2020"


def test_noise_of_channels_is_their_own():
    one = channel("I_a = g*(v - E) + s*xi", "a",
                  parameters={"g": "1 mS/cm2", "E": "-50 mV", "s": "1 uA/cm2*ms**0.5"})  # fmt: skip
    cell = compose("Cell", membrane(), one, other=one)
    assert cell.system.noises == ("xi", "xi_other")
    two = channel(one.equations.replace("I_a", "I_b"), "b",
                  parameters={name: p for name, p in one.parameters.items()})  # fmt: skip
    with pytest.raises(ModelError, match="the same noise xi"):
        compose("Cell", membrane(), one, two)


def test_a_population_has_its_arrays():
    cell = compose("Cell", membrane(), channels.leak(g_L=["0.1 mS/cm2", "0.3 mS/cm2"]))
    assert cell.size == 2
    with pytest.raises(ParameterError, match="has 2 values and"):
        compose("Cell", membrane(), channels.leak(g_L=["0.1 mS/cm2", "0.3 mS/cm2"]),
                channels.sodium(E_Na=[50, 51, 52] * mV))  # fmt: skip
