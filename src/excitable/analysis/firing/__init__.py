"""How fast and when neurons fire: f-I curves, rheobase, strength and duration."""

from excitable.analysis.firing._crossing import Crossing, threshold_crossing
from excitable.analysis.firing._fi_curve import FICurve, fi_curve
from excitable.analysis.firing._paired_pulse import PairedPulse, paired_pulse
from excitable.analysis.firing._rheobase import Rheobase, rheobase
from excitable.analysis.firing._strength_duration import StrengthDuration, strength_duration
from excitable.analysis.firing._sweep import Sweep, sweep

__all__ = [
    "Crossing",
    "FICurve",
    "PairedPulse",
    "Rheobase",
    "StrengthDuration",
    "Sweep",
    "fi_curve",
    "paired_pulse",
    "rheobase",
    "strength_duration",
    "sweep",
    "threshold_crossing",
]
