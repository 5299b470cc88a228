"""The activations of the textbooks."""

from excitable.activation._activation import Activation
from excitable.model import Parameter

logistic = Activation(
    "logistic", "logistic(z)", description="1/(1 + exp(-z)), between 0 and 1 and smooth"
)
arctan = Activation(
    "arctan", "atan(z)", description="between -pi/2 and pi/2: negative below 0, so no rate"
)
tanh = Activation("tanh", "tanh(z)", description="between -1 and 1: negative below 0, so no rate")
threshold = Activation("threshold", "heaviside(z)", description="0 below 0, 1 from 0 on")
relu = Activation("relu", "maximum(z, 0)", description="the drive where it is positive, else 0")

# In log1p of (1 - v_R)/(z - 1), which keeps all digits beside the threshold, where z - 1 is exact,
# and for strong drive, where the logarithm is small. Between z = 1 and the printed form
# -ln(1 - 1/z) there is no difference but rounding.
lif = Activation(
    "lif",
    "where(z > 1, 1/(t_ref + tau_m*log1p((1 - v_R)/(z - 1))), 0)",
    parameters={
        "tau_m": Parameter("20 ms", "membrane time constant", above="0 ms"),
        "t_ref": Parameter("2 ms", "refractory time", low="0 ms"),
        "v_R": Parameter(0.0, "reset as a share of the way from rest to threshold", below=1.0),
    },
    description="rate of a leaky integrate-and-fire neuron at z times the drive that just suffices",
)
