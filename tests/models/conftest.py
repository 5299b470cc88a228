"""An integrator that shares nothing with the package's schemes: SciPy's DOP853 with events."""

import numpy as np
import pytest
from scipy.integrate import solve_ivp

from excitable.expression import evaluate


class Reference:
    """A run of one neuron under constant inputs: spike times in ms and final state."""

    def __init__(self, model, duration, start, *, tolerance=1e-10, **inputs):
        self.system = model.system
        self.known = {**dict.fromkeys(model.inputs, 0.0), **model.values(), **inputs}
        self.drifts = self.system.expanded_derivatives()
        self.threshold = self.system.expanded_threshold()
        self.spikes = []
        self.states = []
        state, time = np.array(start, dtype=float), 0.0

        def crossing(_, y):
            return evaluate(self.threshold, self.values(y))

        crossing.terminal = bool(self.system.reset)
        crossing.direction = 1
        while time < duration:
            run = solve_ivp(
                self.drift,
                (time, duration),
                state,
                method="DOP853",
                events=crossing,
                rtol=tolerance,
                atol=tolerance,
            )
            time, state = run.t[-1], run.y[:, -1]
            self.states.append(run.y)
            self.spikes.extend(run.t_events[0])
            if run.status == 1:
                state = self.reset(state)
        self.final = state

    def values(self, state):
        return {**self.known, **dict(zip(self.system.states, state, strict=True))}

    def drift(self, _, state):
        values = self.values(state)
        # A step that was tried and leaps far beyond the peak must not overflow.
        if self.system.reset:
            values["v"] = min(values["v"], 60.0)
        return [evaluate(drift, values) for drift in self.drifts]

    def reset(self, state):
        values = self.values(state)
        for name, right in self.system.reset:
            values[name] = evaluate(right, values)
        return np.array([values[name] for name in self.system.states])


@pytest.fixture(scope="session")
def integrate():
    """Run a model under constant inputs with an independent integrator."""
    return Reference
