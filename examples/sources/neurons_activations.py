"""Activations of one neuron, and of several: softmax and one-hot."""

import numpy as np
from picture import COLOURS, panels

import excitable as ex

names = ("logistic", "arctan", "tanh", "threshold", "relu")
z = np.linspace(-4, 4, 321)
drive = np.array([0.5, 2.0, 1.2, -0.5])

with panels(2, 3, size=(6.4, 3.6)) as grid:
    for axes, name in zip(grid.flat, names, strict=False):
        activation = getattr(ex.activation, name)
        axes.plot(z, activation(z), color=COLOURS[0], linewidth=1.6)
        axes.axhline(0, color="0.6", linewidth=0.5)
        axes.set_title(name)
    grid[1, 0].set_title("threshold, 1 at 0")
    last, place = grid[1, 2], np.arange(4)
    for values, colour, shift, name in (
        (ex.activation.softmax(drive), COLOURS[0], -0.2, "softmax"),
        (ex.activation.one_hot(drive), COLOURS[1], 0.2, "one-hot"),
    ):
        last.bar(place + shift, values, 0.38, color=colour, label=name)
    last.set_title("of four neurons")
    last.set_xticks(place, [f"{value:g}" for value in drive])
    last.set_xlabel("drives $z$")
    last.legend(loc="upper right")
    for axes in grid[1, :2]:
        axes.set_xlabel("drive $z$")
