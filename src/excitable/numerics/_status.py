"""What a kernel tells its caller: a status code and where it happened.

Kernels never raise. They write `report[STATUS]`, the neuron in `report[NEURON]` and the state in
`report[STATE]`; the time stands in `report_time[0]`. The boundary (`excitable.simulation`) raises.
"""

OK = 0
SPIKES_FULL = 1  # the spike buffer is too small: nothing is lost, the slice is run again with more
NOT_FINITE = 2  # a state became NaN or infinite
FIRES_FOREVER = 3  # infinitely many spikes in finite time
STEP_TOO_SMALL = 4  # the step control cannot reach its tolerance

STATUS = 0
NEURON = 1
STATE = 2
SPIKES = 3  # spikes written so far

# A neuron that fires this often within `FOREVER_WINDOW` ms is taken to fire infinitely often.
FOREVER_SPIKES = 1000
FOREVER_WINDOW = 1e-6
