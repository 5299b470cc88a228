"""A current that rises in steps (figure 1.1), in densities: 0.1 of the notes is 10 uA/cm2."""

from picture import save

import excitable as ex

drive = (
    ex.step("2 uA/cm2", start="20 ms")
    + ex.step("8 uA/cm2", start="60 ms")
    + ex.step("50 uA/cm2", start="140 ms")
)
figure = drive.plot(duration="220 ms", size=(5.4, 1.8))
save(figure)
