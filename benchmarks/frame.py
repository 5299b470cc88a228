"""What every measured program shares: a stopwatch, one line of results, and the tasks' numbers.

A measured program runs in a process of its own, started in this folder, and prints one JSON line:
the wall and CPU seconds of each timed figure (several runs of each), and facts that show that it
did the task. It uses the standard library and NumPy only, for it also runs in the peers'
environments.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

# The neuron of the two integrate-and-fire tasks: v' = (v_in - v)/tau_m, spike at 1, reset to 0.
TAU_M = 20.0
T_REF = 2.0
# The neuron of the GLIF task, and the sampling interval of its noise in ms.
GLIF_STEP = 0.05
GLIF = {
    "C": 58.72, "g": 9.43, "E_L": -78.85, "t_ref": 3.75, "f_v": 0.2, "delta_v": -18.51,
    "delta_s": 0.37, "b_s": 0.009, "a_v": 0.005, "b_v": 0.09,
    "k_1": 0.003, "delta_1": -9.18, "k_2": 0.1, "delta_2": -198.94,
}  # fmt: skip
SOME_CELLS = (0, 250, 500, 750, 999)
# Exact places in uA/cm2 where the two models change, from 30-digit arithmetic, and where the
# cycles of Hodgkin-Huxley first appear, which shooting and collocation agree on to 1e-11.
HOPF = {"hodgkin_huxley": (9.775437995393126, 154.522433665808), "planar": (200.439491777030621,)}
FOLD = {"planar": 4.51286763029645832}
FOLD_OF_CYCLES = 6.26032127451395


def cpu_seconds() -> float:
    """CPU seconds of this process, all its threads and the children it has waited for."""
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system


class Report:
    """Timed figures and facts of one program.

    Parameters
    ----------
    version : str
        Version of the simulator.
    """

    def __init__(self, version: str) -> None:
        self._version = version
        self._figures: dict[str, list[dict[str, float]]] = {}

    @contextmanager
    def timed(self, figure: str = "run") -> Iterator[None]:
        """Time a block as one run of a figure."""
        cpu, wall = time.process_time(), time.perf_counter()
        yield
        self.add(figure, time.perf_counter() - wall, time.process_time() - cpu)

    def add(self, figure: str, wall: float, cpu: float) -> None:
        """Take a run that was timed by other means."""
        self._figures.setdefault(figure, []).append({"wall": wall, "cpu": cpu})

    def send(self, **facts: Any) -> None:
        """Print the line."""
        sys.stdout.flush()
        line = {"version": self._version, "figures": self._figures, "facts": facts}
        print("\n" + json.dumps(line), flush=True)


def drives() -> Any:
    """Constant drives of the 10 000 integrate-and-fire neurons, threshold 1."""
    import numpy as np

    return np.linspace(0.5, 5.0, 10_000)


def currents() -> Any:
    """Constant currents of the 1000 Hodgkin-Huxley neurons, uA/cm2."""
    import numpy as np

    return np.linspace(0.0, 20.0, 1000)


def glif_thresholds() -> Any:
    """Thresholds of the 1000 GLIF neurons, mV."""
    import numpy as np

    return np.linspace(-53.0, -50.0, 1000)


def glif_noise(seconds: float) -> Any:
    """White noise in pA, one value for each 0.05 ms; each neuron fires about ten times a second."""
    import numpy as np

    samples = round(seconds * 1000.0 / GLIF_STEP)
    return np.random.default_rng(3).normal(210.0, 900.0, samples)


def first_of_some(first: Any) -> list[float | None]:
    """First spikes in ms of five of the GLIF neurons, to compare programs by."""
    import numpy as np

    return [float(first[i]) if np.isfinite(first[i]) else None for i in SOME_CELLS]


def interval(v_in: Any) -> Any:
    """Exact interval between spikes in ms for drives above threshold."""
    import numpy as np

    return T_REF - TAU_M * np.log1p(-1.0 / np.asarray(v_in))


def interval_error(mean: Any) -> float:
    """Greatest relative error of the mean intervals for drives from 1.05 to 5.

    Parameters
    ----------
    mean : ndarray, shape (10000,)
        Mean interval between the spikes of each neuron in ms.
    """
    import numpy as np

    v_in = drives()
    fires = v_in >= 1.05
    return float(np.abs(np.asarray(mean)[fires] / interval(v_in[fires]) - 1.0).max())


def counts_at(counts: Any) -> list[int]:
    """Spikes of the Hodgkin-Huxley neurons with about 2, 5, 7, 10, 15 and 20 uA/cm2."""
    import numpy as np

    drive = currents()
    return [int(counts[np.abs(drive - wanted).argmin()]) for wanted in (2, 5, 7, 10, 15, 20)]


def curve_levels(which: str) -> Any:
    """Inputs of an f-I curve: drives of the leaky neuron, or uA/cm2 for "hodgkin_huxley"."""
    import numpy as np

    return np.linspace(0.5, 5.0, 200) if which == "lif" else np.linspace(0.0, 30.0, 200)


def curve_rates(rates: Any) -> list[float]:
    """Rates in Hz at five of the 200 inputs, to compare programs by."""
    return [float(rates[i]) for i in (0, 50, 100, 150, 199)]


def diagram_facts(
    which: str, hopf: list[float], folds: list[float], folds_of_cycles: list[float]
) -> dict[str, Any]:
    """How far from the exact places a program finds those of one of the two models.

    Parameters
    ----------
    which : str
        "hodgkin_huxley" or "planar".
    hopf, folds, folds_of_cycles : list of float
        Places found, in uA/cm2.
    """
    exact = HOPF[which]
    known = [(exact[k], hopf[k] if len(hopf) == len(exact) else None) for k in range(len(exact))]
    facts: dict[str, Any] = {"hopf_error": _worst(known)}
    if which in FOLD:
        facts["fold_error"] = _worst([(FOLD[which], folds[0] if folds else None)])
    else:
        least = min(folds_of_cycles, default=None)
        facts["fold_of_cycles_error"] = _worst([(FOLD_OF_CYCLES, least)])
    return facts


def _worst(pairs: list[tuple[float, float | None]]) -> float | None:
    """Greatest distance; None where something was not found."""
    if any(found is None for _, found in pairs):
        return None
    return max(abs(exact - found) for exact, found in pairs if found is not None)


def spike_times() -> tuple[Any, Any]:
    """Times in ms, within 10^7 ms, of two Poisson trains of a million spikes."""
    import numpy as np

    made = np.random.default_rng(1)
    return tuple(np.sort(made.uniform(0.0, 1e7, 1_000_000)) for _ in range(2))
