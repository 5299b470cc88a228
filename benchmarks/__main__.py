"""`python benchmarks`: the short set; `python benchmarks --full`: everything, beside the peers."""

import sys

from run import main

sys.exit(main(short=True))
