"""Draw the pictures of the page on curves: ``python docs/images/curves.py``."""

from pathlib import Path

import numpy as np

import excitable as ex
from excitable.plotting import save_figure
from excitable.units import Hz, cm, ms, pA, uA

HERE = Path(__file__).parent
DENSITY = uA / cm**2


def save(figure, name):
    """Write a picture beside this file."""
    save_figure(figure, HERE / f"{name}.svg")


if __name__ == "__main__":
    currents = ex.sweep(0 * pA, 1200 * pA)
    save(ex.fi_curve(ex.LIF(t_ref="5 ms"), currents).plot(ex.fi_curve(ex.AdEx, currents)), "fi")
    up, down = (
        ex.fi_curve(ex.HodgkinHuxley, ex.sweep(4 * DENSITY, 14 * DENSITY, n=81), start=start)
        for start in ("up", "down")
    )
    save(down.plot(up, onset=False), "fi_bistable")
    save(ex.strength_duration(ex.LIF, np.geomspace(0.5, 200, 12) * ms).plot(), "strength_duration")
    axon = ex.frequency_response(ex.HodgkinHuxley, np.geomspace(1, 1000, 61) * Hz)
    measured = ex.frequency_response(
        ex.HodgkinHuxley, np.geomspace(2, 500, 13) * Hz, method="chirp"
    )
    save(axon.plot(measured), "impedance")
    cell = ex.LIF(tau_m="10 ms")
    frequencies = np.linspace(50, 500, 181) * Hz
    spiking = ex.frequency_response(
        cell, frequencies, method="spikes", at=200 * pA, amplitude=300 * pA
    )
    linear = ex.frequency_response(cell, frequencies)
    save(spiking.plot(linear=linear), "spikes_per_cycle")
    save(ex.impulse_response(ex.HodgkinHuxley, t=np.linspace(0, 40, 401) * ms).plot(), "impulse")
