"""NEST, silent, on one thread, with a fresh kernel for every run."""

from __future__ import annotations

from typing import Any

import nest
from frame import T_REF, TAU_M, Report

report = Report(nest.__version__)
# With 20 pF and 20 ms, 1 pA drives v to 1 mV.
LIF = {"E_L": 0.0, "V_m": 0.0, "V_reset": 0.0, "V_th": 1.0, "C_m": 20.0}
LIF |= {"tau_m": TAU_M, "t_ref": T_REF}


def fresh(dt: float) -> Any:
    """Reset the kernel to a resolution in ms; return the module."""
    nest.verbosity = nest.VerbosityLevel.ERROR
    nest.ResetKernel()
    nest.local_num_threads = 1
    nest.resolution = dt
    return nest


def run(duration: float) -> None:
    """Time the simulation proper, without building and preparing."""
    nest.Prepare()
    with report.timed():
        nest.Run(duration)
    nest.Cleanup()
