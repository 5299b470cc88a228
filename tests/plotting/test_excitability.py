"""The picture of how a neuron begins to fire."""

import pytest

import excitable as ex


@pytest.fixture(scope="module")
def found():
    return ex.excitability(ex.PersistentSodiumPotassium.preset("saddle-node off cycle"))


def test_both_panels_share_the_input_and_the_bistable_range(found):
    upper, lower = found.plot().axes
    assert upper.get_xlim() == lower.get_xlim()
    assert lower.get_xlabel() == "$I$ (µA/cm²)"
    for axes in (upper, lower):
        (band,) = axes.patches
        edges = sorted({float(x) for x in band.get_path().transformed(band.get_patch_transform())
                        .vertices[:, 0]})  # fmt: skip
        assert edges == pytest.approx([end.magnitude for end in found.bistable])


def test_frequencies_run_from_zero_to_the_hopf_point(found):
    (line,) = [line for line in found.plot().axes[1].lines if len(line.get_xdata()) > 5]
    ends = sorted(zip(line.get_xdata(), line.get_ydata(), strict=True))
    assert ends[0] == pytest.approx((found.begins.input.magnitude, 0.0))
    assert ends[-1][0] == pytest.approx(found.lost.spiking.input.magnitude)


def test_the_abscissa_may_be_chosen(found):
    upper, _ = found.plot(to="6 uA/cm2", y="n").axes
    assert upper.get_ylabel() == "$n$"
    assert upper.get_xlim()[1] == pytest.approx(6.36)


def test_a_legend_outside_names_everything_once(found):
    figure = found.plot(size=(3.6, 3.6))
    texts = [text.get_text() for text in figure.legends[0].get_texts()]
    assert len(texts) == len(set(texts))
    assert {"stable cycle", "bistable", "rheobase", "onset"} <= set(texts)
