"""Generated modules as real files in the user's cache folder, with Numba's on-disk cache.

A file is named by the hash of its text, of the library text it calls and of the versions that
compile it, so a stale kernel cannot be loaded. It is written beside its place and renamed, so that
processes filling the cache at once never read half a file, and registered in `sys.modules` before
it runs, without which Numba's cache loads in no second process. A folder that cannot be written is
replaced by a temporary one, with a warning; results never depend on the cache.
"""

import functools
import hashlib
import importlib.util
import os
import sys
import tempfile
import warnings
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import ModuleType
from typing import Any

from excitable.errors import ExcitableWarning

CACHE_VARIABLE = "EXCITABLE_CACHE"
_NUMERICS = Path(__file__).parent.parent / "numerics"


@functools.cache
def library_fingerprint() -> str:
    """Hash of everything a kernel's machine code depends on besides its own text."""
    import llvmlite
    import numba

    digest = hashlib.sha256()
    for path in sorted(_NUMERICS.rglob("*.py")):
        digest.update(path.read_bytes())
    for version in (sys.version, numba.__version__, llvmlite.__version__):
        digest.update(version.encode())
    return digest.hexdigest()


@functools.cache
def cache_folder() -> Path:
    """Folder of the generated modules: `EXCITABLE_CACHE`, or the user's cache folder.

    Notes
    -----
    The first folder that accepts a file is taken; if none does, a temporary folder of this process,
    with a warning, so that a read-only home costs time and never a result.
    """
    chosen = os.environ.get(CACHE_VARIABLE)
    if chosen:
        folder = Path(chosen)
    else:
        import platformdirs

        folder = Path(platformdirs.user_cache_dir("excitable")) / "kernels"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return folder
    except OSError as problem:
        warnings.warn(
            ExcitableWarning(
                f"the kernel cache {folder} cannot be written ({problem.strerror}); "
                "a folder that lasts is expected, else every process compiles again. "
                f"Set {CACHE_VARIABLE} to a writable folder."
            ),
            stacklevel=2,
        )
        return _temporary_folder()


@functools.cache
def _temporary_folder() -> Path:
    import atexit
    import shutil

    folder = Path(tempfile.mkdtemp(prefix="excitable-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def write_atomically(path: Path, text: str) -> None:
    """Write a text file so that others see all of it or nothing."""
    handle, name = tempfile.mkstemp(dir=path.parent, suffix=".part")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        os.replace(name, path)  # noqa: PTH105
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def load(text: str, label: str) -> ModuleType:
    """Module made from generated text; the same text gives the same module.

    Parameters
    ----------
    text : str
        Python source printed by this package.
    label : str
        A word for the file name, such as the scheme.

    Returns
    -------
    ModuleType
        The loaded module, registered in `sys.modules`.
    """
    key = hashlib.sha256((library_fingerprint() + text).encode()).hexdigest()[:24]
    name = f"excitable_{label}_{key}"
    if name in sys.modules:
        return sys.modules[name]
    try:
        return _load_from(cache_folder(), name, text)
    except OSError as problem:
        warnings.warn(
            ExcitableWarning(
                f"the kernel cache {cache_folder()} failed ({problem}); a folder with free space "
                f"is expected. Set {CACHE_VARIABLE} to another folder or clear this one."
            ),
            stacklevel=2,
        )
        return _load_from(_temporary_folder(), name, text)


def _load_from(folder: Path, name: str, text: str) -> ModuleType:
    path = folder / f"{name}.py"
    if not path.exists() or path.read_bytes() != text.encode():
        write_atomically(path, text)
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise OSError(f"no loader for {path}")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
    except BaseException:
        sys.modules.pop(name, None)
        raise
    _forgive(module)
    return module


def _forgive(module: ModuleType) -> None:
    """Let machine code that cannot be read back, or kept, cost a compilation and nothing else.

    Numba passes on whatever an empty or damaged index, or a full disk, raises in its cache.
    """
    for kernel in vars(module).values():
        cache: Any = getattr(kernel, "_cache", None)
        own = getattr(getattr(kernel, "py_func", None), "__module__", None) == module.__name__
        if own and hasattr(cache, "load_overload"):
            cache.load_overload = _or_none(cache.load_overload, cache, "read")
            cache.save_overload = _or_none(cache.save_overload, cache, "kept")


def _or_none(method: Callable[..., Any], cache: Any, deed: str) -> Callable[..., Any]:
    def forgiving(*arguments: Any) -> Any:
        try:
            return method(*arguments)
        except Exception as problem:  # a damaged pickle may raise anything
            with suppress(Exception):
                cache.flush()
            warnings.warn(
                ExcitableWarning(
                    f"compiled code in {cache_folder()} cannot be {deed} "
                    f"({type(problem).__name__}: {problem}); it is compiled again. "
                    f"Clear the folder, or set {CACHE_VARIABLE} to another."
                ),
                stacklevel=2,
            )
            return None

    return forgiving
