"""Twenty firing patterns of one neuron: what the equations do and what the script drew."""

import excitable as ex
from excitable.errors import SimulationError

print("panel                                exact  script")
for pattern in ex.models.izhikevich_patterns.values():
    try:
        run = ex.simulate(
            pattern.model, pattern.duration, I=pattern.stimulus, initial=pattern.initial
        )
        exact = str(run.spikes.count)
    except SimulationError:
        exact = "ever faster"
    script = ex.simulate(
        pattern.model, pattern.duration, scheme="izhikevich2004", dt=pattern.published_dt,
        I=pattern.published_stimulus, initial=pattern.initial,
    )  # fmt: skip
    print(f"{pattern.title:30s} {exact:>11}  {script.spikes.count:6d}")
