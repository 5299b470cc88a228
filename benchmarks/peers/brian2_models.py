"""The equations that more than one Brian 2 program runs."""

# mV, ms, uA/cm2, mS/cm2; the capacitance is 1 uF/cm2. Numbers are written as floats: with whole
# numbers Brian 2 keeps exact fractions, and the program it makes is markedly slower.
HODGKIN_HUXLEY = """
    dv/dt = (I + 120.0*m**3*h*(50.0 - v) + 36.0*n**4*(-77.0 - v) + 0.3*(-54.387 - v))/ms : 1
    dm/dt = (alpha_m*(1.0 - m) - beta_m*m)/ms : 1
    dh/dt = (alpha_h*(1.0 - h) - beta_h*h)/ms : 1
    dn/dt = (alpha_n*(1.0 - n) - beta_n*n)/ms : 1
    alpha_m = 1.0/exprel(-(v + 40.0)/10.0) : 1
    beta_m = 4.0*exp(-(v + 65.0)/18.0) : 1
    alpha_h = 0.07*exp(-(v + 65.0)/20.0) : 1
    beta_h = 1.0/(1.0 + exp(-(v + 35.0)/10.0)) : 1
    alpha_n = 0.1/exprel(-(v + 55.0)/10.0) : 1
    beta_n = 0.125*exp(-(v + 65.0)/80.0) : 1
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
