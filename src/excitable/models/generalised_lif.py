"""The generalised leaky integrate-and-fire neurons of the Allen Institute, levels 1 to 5."""

from __future__ import annotations

from numbers import Integral

from excitable.errors import ModelError
from excitable.model import Input, Model, Parameter, State

# What each level adds to the leaky integrator: reset rules, after-spike currents, a threshold that
# follows the potential.
_LEVELS = {
    1: (False, False, False),
    2: (True, False, False),
    3: (False, True, False),
    4: (True, True, False),
    5: (True, True, True),
}
_WORDS = ("reset rules", "after-spike currents", "adapting threshold")
# Rates and amplitudes of the cell that the values below come from.
_RATES = ("0.003/ms", "0.1/ms")
_AMPLITUDES = ("-9.18 pA", "-198.94 pA")
_FURTHER = ("0.01/ms", "0 pA")
_POSITIVE = "A rate is 1/tau, and positive: a time constant of 10 ms is a rate of 0.1/ms"


def glif(
    level: int | None = None,
    currents: int = 2,
    *,
    reset_rules: bool = False,
    after_spike_currents: bool = False,
    adapting_threshold: bool = False,
    on_bad_reset: str = "warn",
    cut: str = "end",
) -> Model:
    """Return an Allen GLIF neuron of one of the five levels, or of any combination of their parts.

    Parameters
    ----------
    level : int, optional
        1 to 5. Leave it out and name the parts instead.
    currents : int
        Number of after-spike currents, in models that have them.
    reset_rules : bool
        A reset V <- E_L + f_v (V - E_L) - delta_v, and a threshold that jumps at each spike.
    after_spike_currents : bool
        Currents that jump at each spike and decay.
    adapting_threshold : bool
        A threshold that follows the potential.
    on_bad_reset : str
        `"warn"` or `"raise"` where the reset lands above threshold, as in `Model`.
    cut : str
        What the amplitudes delta_s and delta_j mean. `"end"`, as in the paper's data: values at the
        end of the refractory time, through which everything else decays unseen. `"spike"`: jumps
        at the spike, after which threshold and currents decay in sight, also in refractory time.

    Returns
    -------
    Model
        States v, theta_s, theta_v, I_1, I_2 ... as far as the parts are present.

    Raises
    ------
    ModelError
        If the level, the number of currents or `cut` is none of those above.

    Notes
    -----
    Levels 1 to 5 are the parts none; reset rules; currents; both; all three. The other three
    combinations were not published, and follow from the same equations. After-spike currents
    beyond the second have the amplitude 0 until one is given. Between spikes every level is linear,
    so `simulate` solves it exactly, also where rates coincide. The reset sees V at the crossing,
    which is the threshold. theta_v follows the potential whatever current drives it.
    Source: Teeter et al. (2018); the values are those of cell 490626718 as NEST rounds them.

    Examples
    --------
    >>> glif(3, currents=1).states.keys()
    dict_keys(['v', 'I_1'])
    >>> glif(reset_rules=True, adapting_threshold=True).name
    'LIF-R-A'
    """
    parts = _parts(level, (reset_rules, after_spike_currents, adapting_threshold))
    count = _count(currents, parts)
    if cut not in ("end", "spike"):
        found, expected = f"cut={cut!r}", '"end" or "spike" is expected'
        raise ModelError(found, expected, 'Write cut="end"', owner="glif", name="cut")
    states, parameters, rates, resets = _membrane(reset_rules=parts[0])
    rests = ["v", "theta_v"] if cut == "spike" else ["v", "theta_s", "theta_v"]
    threshold = "V_T"
    if parts[0]:
        threshold += " + theta_s"
        states["theta_s"] = State("0 mV", "part of the threshold that jumps at a spike")
        parameters["delta_s"] = Parameter("0.37 mV", "jump of the threshold at a spike")
        parameters["b_s"] = _rate("0.009/ms", "decay rate of that jump")
        rates.append("dtheta_s/dt = -b_s*theta_s")
        resets.append(f"theta_s = theta_s{_decayed('b_s', cut)} + delta_s")
    if parts[2]:
        threshold += " + theta_v"
        states["theta_v"] = State("0 mV", "part of the threshold that follows the potential")
        parameters["a_v"] = Parameter("0.005/ms", "pull of the potential on the threshold")
        parameters["b_v"] = Parameter(
            "0.09/ms", "decay rate of that part of the threshold", low="0/ms", advice=_POSITIVE
        )
        rates.append("dtheta_v/dt = a_v*(v - E_L) - b_v*theta_v")
    for j in range(1, count + 1):
        rate, amplitude = (_RATES[j - 1], _AMPLITUDES[j - 1]) if j <= 2 else _FURTHER
        states[f"I_{j}"] = State("0 pA", f"after-spike current {j}")
        parameters[f"k_{j}"] = _rate(rate, f"decay rate of after-spike current {j}")
        parameters[f"delta_{j}"] = Parameter(amplitude, f"jump of after-spike current {j}")
        parameters[f"f_{j}"] = Parameter(
            "1", f"share of after-spike current {j} that a spike keeps"
        )
        rates.append(f"dI_{j}/dt = -k_{j}*I_{j}")
        resets.append(f"I_{j} = f_{j}*I_{j}{_decayed(f'k_{j}', cut)} + delta_{j}")
        rests += [f"I_{j}"] if cut == "end" else []
    rates[0] += "".join(f" + I_{j}" for j in range(1, count + 1))
    return Model(
        _title(parts),
        name=_name(parts),
        equations="\n".join(rates),
        spike=f"v >= {threshold}",
        reset="; ".join(resets),
        refractory="t_ref",
        hold=[name for name in rests if name in states],
        states=states,
        inputs={"I": Input("pA", "injected current")},
        parameters=parameters,
        source="Teeter2018, MihalasNiebur2009",
        description=_description(parts, cut),
        on_bad_reset=on_bad_reset,
    )


def _parts(level: int | None, flags: tuple[bool, bool, bool]) -> tuple[bool, bool, bool]:
    if level is None:
        return flags
    if isinstance(level, bool) or level not in _LEVELS:
        raise ModelError(
            f"level {level!r}",
            "a level from 1 to 5 is expected",
            "Write glif(5), or name the parts: glif(reset_rules=True, adapting_threshold=True)",
            owner="glif",
            name="level",
        )
    if any(flags):
        raise ModelError(
            f"level {level} and parts by name",
            "one of the two is expected, for a level is a choice of parts",
            f"Write glif({level})",
            owner="glif",
        )
    return _LEVELS[level]


def _count(currents: int, parts: tuple[bool, bool, bool]) -> int:
    if isinstance(currents, bool) or not isinstance(currents, Integral) or currents < 1:
        raise ModelError(
            f"{currents!r} after-spike currents",
            "a whole number from 1 on is expected",
            "Write currents=2, or a level without them: glif(1)",
            owner="glif",
            name="currents",
        )
    if not parts[1] and currents != 2:
        raise ModelError(
            f"{currents} after-spike currents for a model without them",
            "a model with after-spike currents is expected",
            "Write glif(3, currents=...), or after_spike_currents=True",
            owner="glif",
            name="currents",
        )
    return currents if parts[1] else 0


def _membrane(
    *, reset_rules: bool
) -> tuple[dict[str, State], dict[str, Parameter], list[str], list[str]]:
    parameters = {
        "C": Parameter("58.72 pF", "membrane capacitance", above="0 pF"),
        "g": Parameter("9.43 nS", "membrane conductance", above="0 nS"),
        "E_L": Parameter("-78.85 mV", "resting potential"),
        "V_T": Parameter("-51.68 mV", "threshold of a cell that has not fired"),
        "t_ref": Parameter("3.75 ms", "refractory time", low="0 ms"),
    }
    if reset_rules:
        parameters["f_v"] = Parameter("0.2", "share of v - E_L that a spike keeps")
        parameters["delta_v"] = Parameter("-18.51 mV", "subtracted from v at a spike")
        reset = "v = E_L + f_v*(v - E_L) - delta_v"
    else:
        parameters["V_R"] = Parameter("-78.85 mV", "reset potential")
        reset = "v = V_R"
    states = {"v": State("-78.85 mV", "membrane potential")}
    return states, parameters, ["C*dv/dt = g*(E_L - v) + I"], [reset]


def _rate(value: str, description: str) -> Parameter:
    return Parameter(value, description, above="0/ms", advice=_POSITIVE)


def _decayed(rate: str, cut: str) -> str:
    """Factor by which what a spike finds decays through the refractory time."""
    return f"*exp(-{rate}*t_ref)" if cut == "end" else ""


def _alias(parts: tuple[bool, bool, bool]) -> str:
    """The paper's name, and for what it does not have the name it would have."""
    suffixes = zip(("R", "ASC", "A"), parts, strict=True)
    return "-".join(["LIF", *(suffix for suffix, present in suffixes if present)])


def _name(parts: tuple[bool, bool, bool]) -> str:
    for level, listed in _LEVELS.items():
        if listed == parts:
            return f"GLIF{level}"
    return _alias(parts)


def _title(parts: tuple[bool, bool, bool]) -> str:
    present = [word for word, here in zip(_WORDS, parts, strict=True) if here]
    listed = f": {', '.join(present)}" if present else ""
    return f"Allen GLIF neuron {_alias(parts)}{listed}"


def _description(parts: tuple[bool, bool, bool], cut: str) -> str:
    words = [f"{_alias(parts)} of Teeter et al. (2018)."]
    if parts not in _LEVELS.values():
        words = ["A combination of parts that is none of the five published levels."]
    if parts[0] or parts[1]:
        words.append(
            "Amplitudes are values at the end of the refractory time."
            if cut == "end"
            else "Amplitudes are jumps at the spike; they decay through the refractory time."
        )
    return " ".join(words)


GLIF1 = glif(1)
GLIF2 = glif(2)
GLIF3 = glif(3)
GLIF4 = glif(4)
GLIF5 = glif(5)
