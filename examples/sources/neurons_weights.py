"""Connection weights: two neurons onto a third, two populations, and a bias as one weight more."""

from picture import arrow, circle, panels

TITLES = ("from A and B to C", "$z = W x + b$", r"$z = [W | b]\,[x; 1]$")

with panels(1, 3, size=(6.6, 2.5)) as figures:
    pair, layers, augmented = figures
    circle(pair, (0, 1.4), "A")
    circle(pair, (0, 0.2), "B")
    circle(pair, (1.2, 0.8), "C")
    for y, label, above in ((1.4, "CA", 0.16), (0.2, "CB", -0.3)):
        arrow(pair, (0.15, y + (0.8 - y) / 8), (1.02, y + (0.8 - y) * 0.85))
        pair.text(0.5, (y + 0.8) / 2 + above, f"$w_\\mathrm{{{label}}}$")
    for axes, inputs in ((layers, ("$x_1$", "$x_2$")), (augmented, ("$x_1$", "$x_2$", "1"))):
        heights = [1.9, 0.8, -0.3][: len(inputs)]
        for row, y in enumerate((2.0, 0.8, -0.4), start=1):
            for column, x in enumerate(heights, start=1):
                bias = column == 3
                slope = (y - x) / 1.2
                arrow(axes, (0.16, x + 0.16 * slope), (1.03, x + 1.03 * slope),
                      colour="#D55E00" if bias else "#222222", width=0.8)  # fmt: skip
            circle(axes, (1.2, y), f"$z_{row}$")
        for name, x in zip(inputs, heights, strict=True):
            circle(axes, (0, x), name)
    layers.text(0.6, 2.12, "$w_{11}$", ha="center")
    augmented.text(0.62, -0.75, "$b_3$", ha="center", color="#D55E00")
    for axes, title in zip(figures, TITLES, strict=True):
        axes.set(xlim=(-0.3, 1.5), ylim=(-1, 2.6), aspect="auto")
        axes.set_title(title, fontsize=9, fontweight="normal")
        axes.axis("off")
