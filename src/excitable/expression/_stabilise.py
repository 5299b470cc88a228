def stabilise(e):
    return e
