"""Every model of the package, its presets, and models as users write them, through `check_model`.

Each kernel takes seconds to compile, so every model is examined under the schemes that `auto` takes
for it and one more; together they compile every scheme.
"""

import numba
import pytest
from user_models import USER_MODELS

from excitable import check_model
from excitable.checking._subject import serving
from excitable.models import _catalogue
from excitable.numerics.choose import choose

# Kernels run as plain Python then: a few neurons for a few steps.
PLAIN = bool(numba.config.DISABLE_JIT)
MODELS = {**_catalogue.models(), **USER_MODELS}


def schemes_of(number, model):
    serve = serving(model)
    if PLAIN:
        return serve
    own = choose(model.system).name
    fixed = [s for s in serve if s not in ("exact", "adaptive", own)]
    turn = [fixed[number % len(fixed)]] if fixed else []
    return tuple(dict.fromkeys([own, *turn]))


@pytest.mark.parametrize(("number", "name"), list(enumerate(MODELS)), ids=list(MODELS))
def test_every_law_holds(number, name):
    model = MODELS[name]
    check = check_model(model, schemes=schemes_of(number, model), runs=not PLAIN)
    assert check.passed, check.report


def test_every_fixed_step_scheme_is_compiled_for_some_model():
    used = {s for number, model in enumerate(MODELS.values()) for s in schemes_of(number, model)}
    assert used >= {"exact", "adaptive", "rk4", "heun", "milstein", "euler_maruyama"}
    assert used & {"exponential_euler", "exponential_strang"}


PRESETS = [(name, preset) for name, model in MODELS.items() for preset in model.presets]


@pytest.mark.parametrize(("name", "preset"), PRESETS, ids=lambda text: text.replace(" ", "-"))
def test_every_law_of_the_text_holds_for_presets(name, preset):
    # The equations are compiled already; no scheme of its own is needed for a preset.
    check = check_model(MODELS[name].preset(preset), schemes=(), runs=False)
    assert check.passed, check.report
