"""Activations have slopes: gradients of a layer and of a rate neuron, checked by differences."""

import numpy as np
from picture import COLOURS, panels

import excitable as ex
from excitable.units import ms

sigma = ex.activation.logistic
x = np.array([[0.0, 0, 1, 1], [0, 1, 0, 1], [1, 1, 1, 1]])  # the last row carries the bias
wanted = np.array([[0.0, 1, 1, 1], [0, 0, 0, 1]])  # or, and


def gradient(W):
    """Half the squared error of y = sigma(W x), and its derivative by the chain rule."""
    error = sigma(W @ x) - wanted
    return 0.5 * (error**2).sum(), (error * sigma.derivative(W @ x)) @ x.T


W, h, losses = np.array([[0.3, -0.2, 0.1], [0.5, 0.4, -0.3]]), 1e-5, []
moved = h * np.eye(6).reshape(6, 2, 3)
differences = np.array([gradient(W + e)[0] - gradient(W - e)[0] for e in moved]) / (2 * h)
print("layer:", bool(abs(differences - gradient(W)[1].ravel()).max() < 1e-9))
for _ in range(400):
    loss, slope = gradient(W)
    W, losses = W - 2.0 * slope, [*losses, loss]
print("learnt:", sigma(W @ x).round(1).tolist(), f"loss {losses[-1]:.3f}")

cell, drive = ex.RateNeuron, np.linspace(-4, 4, 17)
ends = [ex.simulate(cell, 400 * ms, I=drive + step).r.m[-1] for step in (-1e-3, 1e-3)]
slopes = (ends[1] - ends[0]) / 2e-3
print("rate neuron:", bool(abs(slopes - cell["gain"] * sigma.derivative(drive)).max() < 1e-6))
with panels(1, 2, size=(6.4, 2.5)) as (axes, side):
    axes.semilogy(losses, color=COLOURS[0])
    axes.set(xlabel="step of gradient descent", ylabel="loss")
    side.plot(drive, sigma.derivative(drive), color=COLOURS[0], label="derivative")
    side.plot(drive, slopes, "o", color=COLOURS[1], markersize=3.5, label="difference of runs")
    side.set(xlabel="drive", ylabel="slope")
    side.legend()
