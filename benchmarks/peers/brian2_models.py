"""The equations that more than one Brian 2 program runs."""

# mV, ms, uA/cm2, mS/cm2; the capacitance is 1 uF/cm2.
HODGKIN_HUXLEY = """
    dv/dt = (I + 120*m**3*h*(50 - v) + 36*n**4*(-77 - v) + 0.3*(-54.387 - v))/ms : 1
    dm/dt = (alpha_m*(1 - m) - beta_m*m)/ms : 1
    dh/dt = (alpha_h*(1 - h) - beta_h*h)/ms : 1
    dn/dt = (alpha_n*(1 - n) - beta_n*n)/ms : 1
    alpha_m = 1/exprel(-(v + 40)/10) : 1
    beta_m = 4*exp(-(v + 65)/18) : 1
    alpha_h = 0.07*exp(-(v + 65)/20) : 1
    beta_h = 1/(1 + exp(-(v + 35)/10)) : 1
    alpha_n = 0.1/exprel(-(v + 55)/10) : 1
    beta_n = 0.125*exp(-(v + 65)/80) : 1
    I : 1 (constant)
"""
REST = {"v": -65.0, "m": 0.0529324853, "h": 0.5961207535, "n": 0.3176769141}

LIF = """
    dv/dt = (I - v)/(20*ms) : 1 (unless refractory)
    I : 1 (constant)
"""
ADEX = """
    dv/dt = (9.37*(-70.6 - v) + 9.37*2*exp((v + 50.4)/2) - w + I)/281/ms : 1
    dw/dt = (4*(v + 70.6) - w)/(144*ms) : 1
    I : 1 (constant)
"""
