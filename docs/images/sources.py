"""Draw the pictures of the lecture notes, and keep what their scripts print.

``python docs/images/sources.py`` runs every script of ``examples/sources``.
"""

import runpy
import sys
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

SCRIPTS = Path(__file__).parents[2] / "examples" / "sources"
PICTURES = Path(__file__).parent / "sources"


def draw(script, folder):
    """Run one script; its picture goes to a folder, what it prints is returned."""
    before = sys.argv, sys.path[:]
    sys.argv, sys.path[:0] = [str(script), str(folder)], [str(SCRIPTS)]
    try:
        with redirect_stdout(StringIO()) as printed:
            runpy.run_path(str(script), run_name="__main__")
    finally:
        sys.argv, sys.path[:] = before
    return printed.getvalue()


if __name__ == "__main__":
    PICTURES.mkdir(exist_ok=True)
    for path in sorted(SCRIPTS.glob("*.py")):
        if path.stem != "picture":
            text = draw(path, PICTURES)
            if text:
                path.with_suffix(".out").write_text(text, encoding="utf-8")
