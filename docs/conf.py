"""How the documentation is built: ``python -m sphinx -W -b html docs docs/_build/html``."""

import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE / "_ext"))

import excitable  # noqa: E402

project = "excitable"
author = "The excitable developers"
version = release = excitable.__version__

extensions = [
    "myst_parser",
    "sphinx.ext.autodoc",
    "sphinx.ext.napoleon",
    "generated_pages",
]
exclude_patterns = ["_build", "_ext"]
nitpicky = False
# "shape (states, n)" in a docstring is no reference, though several classes have such an attribute.
suppress_warnings = ["ref.python"]
default_role = "literal"

myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3

napoleon_google_docstring = False
napoleon_use_rtype = False
autodoc_typehints = "none"
autodoc_member_order = "bysource"

html_theme = "furo"
html_title = "excitable"
html_static_path = ["_static"]
html_css_files = ["equations.css"]
html_copy_source = False
html_show_sphinx = False
