"""How kernels are compiled: one place, so that every kernel rounds alike.

Only `contract` is allowed of the fast-math flags: NaN guards stay alive and no sum is reordered.
"""

HELPER = {
    "fastmath": {"contract"},
    "error_model": "numpy",
    "nogil": True,
    "no_cpython_wrapper": True,
    "no_cfunc_wrapper": True,
}
KERNEL = {
    "fastmath": {"contract"},
    "error_model": "numpy",
    "nogil": True,
    "cache": True,
    "no_cfunc_wrapper": True,
}
