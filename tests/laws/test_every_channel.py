"""Every channel through `check_model`; each is compiled as part of the models that hold it."""

import pytest

from excitable import check_model
from excitable.models import channels


@pytest.mark.parametrize("name", channels.__all__)
def test_every_law_of_the_text_holds(name):
    check = check_model(getattr(channels, name), schemes=(), runs=False)
    assert check.passed, check.report


def test_laws_that_need_states_do_not_apply_to_a_leak():
    check = check_model(channels.leak)
    holding = [found.law for found in check.findings if found.verdict == "holds"]
    assert holding == ["dimensions", "parameters within bounds", "round trip", "LaTeX"]
    assert {found.detail for found in check.findings if found.law not in holding} == {"no states"}
