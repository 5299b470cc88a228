"""Planes and diagrams go into a figure of their own or into axes that are given."""

import pytest

import excitable as ex
from excitable.plotting._figure import new_figure

BRANCH = ex.continuation(ex.FitzHughNagumo, "I", 0, 1)
DRAWN = {
    "plane": ex.phase_plane(ex.FitzHughNagumo, I=0.5),
    "branch": BRANCH,
    "cycles": BRANCH.cycles(cycles=30),
}


@pytest.mark.parametrize("one", DRAWN.values(), ids=DRAWN)
def test_a_picture_goes_into_the_axes_that_are_given(one):
    figure = new_figure(6, 3)
    left, right = figure.subplots(1, 2)
    assert one.plot(axes=right) is figure
    assert not left.has_data()
    assert right.has_data()
    assert right.get_xlabel()
    assert right.get_legend() is None


@pytest.mark.parametrize("one", DRAWN.values(), ids=DRAWN)
def test_a_picture_of_its_own_has_its_size_and_a_legend(one):
    figure = one.plot(size=(5.0, 3.0))
    assert figure.get_size_inches().tolist() == [5.0, 3.0]
    (axes,) = figure.axes
    assert axes.get_legend() is not None
    assert len(axes.get_legend_handles_labels()[1]) > 0
