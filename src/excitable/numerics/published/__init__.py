"""Recipes: a published simulator's own arithmetic on a grid, to the last step.

For people who must match published results. A recipe is no better for it: spikes lie on the grid,
and what the original gets wrong by a step stays wrong by a step. It serves the models that the
original has, told by their equations and never by a name, and is refused for others. One file, one
recipe.

To add one, write ``numerics/published/<name>.py`` with two things:

- ``step(x, counters, c, u, layout)``, compiled: take one neuron from the start of a step to its
  end, and return 1 if it fires in it, else 0. ``x`` are its states in the order of the model,
  ``counters`` integers of its own (0 at the start), ``c`` its constants, ``u`` the inputs at the
  start of the step, ``layout`` integers that say where things stand. Numbers in internal units.
- ``RECIPE``, a `Recipe`: what it is, which equations it serves, and how ``c`` and ``layout`` follow
  from them.

Then put its name into `RECIPES` below, a line into ``docs/schemes.md`` and a test that compares
with the original's numbers. Everything else (the loop over neurons and steps, inputs sampled at the
start of each step, recording, threads) stands in ``_grid.py``, compiled once for each recipe, and
in ``simulation/_published.py``.
"""

from __future__ import annotations

from importlib import import_module

from excitable.numerics.published._recipe import Recipe

__all__ = ["RECIPES", "Recipe", "recipe"]

RECIPES = ("allensdk", "nest", "izhikevich2003", "izhikevich2004")


def recipe(name: str) -> Recipe:
    """Return a recipe by its name.

    Parameters
    ----------
    name : str
        One of `RECIPES`.

    Returns
    -------
    Recipe
        What its file says.

    Examples
    --------
    >>> recipe("nest").stamp
    1.0
    """
    return import_module(f"excitable.numerics.published.{name}").RECIPE
