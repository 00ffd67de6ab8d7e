"""Histories as families have them, with noise that is the same in every run."""

import numpy as np

# Passengers of international airlines in thousands, monthly, 1949 to 1960: Box and Jenkins, "Time Series Analysis".
AIR_PASSENGERS = (
    *(112, 118, 132, 129, 121, 135, 148, 148, 136, 119, 104, 118),
    *(115, 126, 141, 135, 125, 149, 170, 170, 158, 133, 114, 140),
    *(145, 150, 178, 163, 172, 178, 199, 199, 184, 162, 146, 166),
    *(171, 180, 193, 181, 183, 218, 230, 242, 209, 191, 172, 194),
    *(196, 196, 236, 235, 229, 243, 264, 272, 237, 211, 180, 201),
    *(204, 188, 235, 227, 234, 264, 302, 293, 259, 229, 203, 229),
    *(242, 233, 267, 269, 270, 315, 364, 347, 312, 274, 237, 278),
    *(284, 277, 317, 313, 318, 374, 413, 405, 355, 306, 271, 306),
    *(315, 301, 356, 348, 355, 422, 465, 467, 404, 347, 305, 336),
    *(340, 318, 362, 348, 363, 435, 491, 505, 404, 359, 310, 337),
    *(360, 342, 406, 396, 420, 472, 548, 559, 463, 407, 362, 405),
    *(417, 391, 419, 461, 472, 535, 622, 606, 508, 461, 390, 432),
)
SKI = (220, 180, 20, 0, 0, 0, 0, 0, 0, 0, 60, 150)
SMOOTH = (200, 240, 269, 280, 269, 240, 200, 160, 131, 120, 131, 160)
CHRISTMAS = (50, 50, 50, 50, 50, 50, 50, 50, 50, 50, 50, 200)
CLOSED_IN_AUGUST = (95, 100, 105, 110, 110, 105, 100, 0, 90, 95, 95, 100)


def noisy(year: tuple[int, ...], months: int, *, noise: float = 0.05, growth: float = 0.0, seed: int = 1) -> list[int]:
    """So many months of a year that is repeated, with noise and growth a year by shares."""
    chance = np.random.default_rng(seed)
    exact = (year[n % len(year)] * (1 + growth) ** (n / 12) for n in range(months))
    return [max(0, round(units * (1 + noise * chance.standard_normal()))) for units in exact]
