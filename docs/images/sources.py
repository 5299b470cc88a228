"""Draw the pictures of the lecture notes and of dynamics, and keep what their scripts print.

``python docs/images/sources.py`` runs every script of ``examples/sources`` and
``examples/dynamics``; with names of scripts, only those.
"""

import runpy
import sys
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

EXAMPLES = Path(__file__).parents[2] / "examples"
FOLDERS = ("sources", "dynamics")
SHARED = ("picture", "portrait")


def draw(script, folder):
    """Run one script; its picture goes to a folder, what it prints is returned."""
    before = sys.argv, sys.path[:]
    sys.argv, sys.path[:0] = [str(script), str(folder)], [str(script.parent)]
    try:
        with redirect_stdout(StringIO()) as printed:
            runpy.run_path(str(script), run_name="__main__")
    finally:
        sys.argv, sys.path[:] = before
    return printed.getvalue()


if __name__ == "__main__":
    for name in FOLDERS:
        pictures = Path(__file__).parent / name
        pictures.mkdir(exist_ok=True)
        for path in sorted((EXAMPLES / name).glob("*.py")):
            if path.stem not in SHARED and path.stem in (sys.argv[1:] or [path.stem]):
                text = draw(path, pictures)
                if text:
                    path.with_suffix(".out").write_text(text, encoding="utf-8")
