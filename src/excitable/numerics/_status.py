"""What a kernel tells its caller: a status code and where it happened.

Kernels never raise. They write the code, the neuron, the state and the time at which the failing
step began to `report`, an array of floats. The boundary (`excitable.simulation`) raises.
"""

OK = 0
SPIKES_FULL = 1  # the spike buffer is too small: nothing is lost, the slice is run again with more
NOT_FINITE = 2  # a state became NaN or infinite
FIRES_FOREVER = 3  # infinitely many spikes in finite time
STEP_TOO_SMALL = 4  # the step control cannot reach its tolerance
RUNS_AWAY = 5  # every interval is shorter than the one before, without end

STATUS = 0
NEURON = 1
STATE = 2
TIME = 3

# A neuron that fires this often within `FOREVER_WINDOW` ms is taken to fire infinitely often.
FOREVER_SPIKES = 1000
FOREVER_WINDOW = 1e-6

# A neuron whose intervals shrink this many times in a row, to less than `AWAY_GAP` ms and
# `AWAY_SHARE` of the first of them, is taken to fire ever faster.
AWAY_SPIKES = 1000
AWAY_GAP = 0.01
AWAY_SHARE = 0.01
