"""Messages of the tables of firing patterns."""

import excitable as ex

CASES = [
    ("no such panel", lambda: ex.models.izhikevich_patterns["U"]),
    ("no such pattern", lambda: ex.models.adex_patterns["bursting"]),
]
