"""The firing patterns of Naud et al. (2008): each preset of AdEx with the step that shows it."""

from __future__ import annotations

from excitable.models._patterns import Pattern, Patterns
from excitable.models.adex import AdEx

# Current of the step in pA; time in ms after which the pattern has shown itself.
_STEPS = {
    "tonic spiking": (500, 300),
    "adaptation": (500, 500),
    "initial burst": (400, 400),
    "regular bursting": (210, 700),
    "delayed accelerating": (300, 300),
    "delayed regular bursting": (110, 500),
    "transient spiking": (180, 300),
    "irregular spiking": (160, 600),
}


def _pattern(name: str, row: tuple[float, float]) -> Pattern:
    current, duration = row
    model = AdEx.preset(name)
    return Pattern(
        model,
        f"step({current} pA, start=0 ms)",
        {"v": f"{model.values()['E_L']} mV", "w": "0 pA"},
        title=name,
        duration=f"{duration} ms",
    )


adex_patterns = Patterns("adex_patterns", _STEPS, _pattern)
