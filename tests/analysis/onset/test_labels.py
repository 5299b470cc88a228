"""Every label of the reference numbers: class, onset, bistable range, how firing ends."""

import pytest

import excitable as ex

# The labels say in their own words what `.onset` says in four.
WORDS = {
    "subcritical Hopf with fold of cycles": "subcritical Hopf",
    "SNIC": "SNIC",
    "saddle-node off the cycle": "saddle-node off cycle",
    "supercritical Hopf": "supercritical Hopf",
    "subcritical Hopf, fold of cycles": "subcritical Hopf",
    "subcritical Hopf": "subcritical Hopf",
    "subcritical Hopf, canard explosion, fold of cycles 0.3241785225": "subcritical Hopf",
}
SETS = {
    "hh": "hh/modern_EL-54.387",
    "fhn/standard": "fhn/standard",
    "napk/high_threshold": "napk/high_threshold",
    "napk/high_threshold_tau0.16": "napk/high_threshold_tau0.16",
    "napk/low_threshold": "napk/low_threshold",
    "ml/hopf": "ml/hopf",
    "ml/snlc": "ml/snlc",
    "prescott/class1": "prescott/class1",
    "prescott/class2": "prescott/class2",
}


@pytest.fixture(scope="module")
def classified(reference_entries, model_of):
    """The labels of a set, and what is found for its model; each computed once."""
    known = {}

    def find(name):
        if name not in known:
            (labels,) = reference_entries(f"{name}/labels")
            chosen = [e for e in reference_entries(SETS[name] + "/") if "params" in e]
            known[name] = labels["value"], ex.excitability(model_of(chosen[0]))
        return known[name]

    return find


def test_no_label_is_left_out(reference_entries):
    labels = {e["id"].removesuffix("/labels") for e in reference_entries("") if
              e["id"].endswith("/labels")}  # fmt: skip
    assert labels == set(SETS)


@pytest.mark.parametrize("name", SETS)
def test_class_and_onset(name, classified):
    labels, found = classified(name)
    assert f"class {found.cls}" == labels["excitability"].partition(" (")[0]
    assert found.onset == WORDS[labels["onset"]]
    fold = labels["onset"].rpartition("fold of cycles ")[2]
    if fold[:1].isdigit():
        assert found.begins.kind == "fold of cycles"
        assert found.begins.input.magnitude == pytest.approx(float(fold), rel=1e-6)
    elif "fold of cycles" in labels["onset"]:
        assert found.begins.kind == "fold of cycles"


@pytest.mark.parametrize("name", SETS)
def test_bistable_range(name, classified):
    labels, found = classified(name)
    if "bistable_I" in labels:
        ends = [end.magnitude for end in found.bistable]
        assert ends == pytest.approx(labels["bistable_I"], rel=1e-6)
        assert found.bistable[0] <= found.rheobase <= found.bistable[1]
    elif "bistable" in labels or labels["onset"] == "SNIC":
        assert found.bistable is None
        grows = found.onset == "supercritical Hopf"  # from nothing: swings come a little later
        assert (found.rheobase > found.lost.rest.input) == grows
        assert grows or found.rheobase == found.lost.rest.input


@pytest.mark.parametrize("name", ["hh", "napk/high_threshold", "napk/low_threshold"])
def test_resonance(name, classified):
    labels, found = classified(name)
    wanted = labels.get("resonator", labels.get("resonance_at_rest_I0"))
    assert found.integrator_or_resonator == ("resonator" if wanted else "integrator")
    assert (found.resonance is not None) == wanted


def test_frequency_where_the_axon_begins(classified):
    labels, found = classified("hh")
    assert found.onset_frequency.m_as("Hz") == pytest.approx(labels["onset_freq_Hz"], rel=1e-6)


def test_where_cycles_are_born_off_the_saddle_node(classified):
    labels, found = classified("napk/high_threshold_tau0.16")
    assert labels["cycle_born"] == "saddle homoclinic"
    assert found.begins.kind == "homoclinic"
    assert found.onset_frequency.m_as("Hz") > 100.0  # it jumps


def test_how_firing_ends(classified):
    labels, found = classified("hh")
    assert found.lost.spiking.kind == labels["oscillation_lost"]
    labels, found = classified("ml/snlc")
    words = labels["oscillation_lost"].split()
    assert found.lost.regained.kind == " ".join(words[:2])
    assert found.lost.regained.input.magnitude == pytest.approx(float(words[2]), rel=1e-6)
    assert found.lost.spiking.kind == " ".join(words[4:7])
    assert found.lost.spiking.input.magnitude == pytest.approx(float(words[7]), rel=1e-6)


@pytest.mark.parametrize("name", ["napk/high_threshold", "ml/snlc", "prescott/class1"])
def test_frequency_grows_from_zero_by_the_root_law(name, classified):
    """T sqrt(I - I_SN) tends to a constant of the normal form, given for the three sets."""
    constant = {"napk/high_threshold": 6.9139829732, "ml/snlc": 176.4286093,
                "prescott/class1": 19.6397322}[name]  # fmt: skip
    found = classified(name)[1]
    assert found.onset_frequency.magnitude == 0.0
    (line,) = [line for line in found.evidence if "times the root" in line]
    law = float(line.partition("as ")[2].split()[0])
    assert law == pytest.approx(1e3 / constant, rel=1e-3)
