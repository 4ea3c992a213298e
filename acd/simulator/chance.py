"""Random times of the shapes a profile names."""

from datetime import timedelta
from math import log, sqrt
from random import Random

from acd.simulator.profile import Duration, Shape


def drawn(random: Random, duration: Duration) -> timedelta:
    mean = duration.mean_seconds
    match duration.shape:
        case Shape.CONSTANT:
            seconds = mean
        case Shape.EXPONENTIAL:
            seconds = random.expovariate(1 / mean)
        case Shape.LOGNORMAL:
            spread = (duration.deviation_seconds or mean) / mean
            sigma = sqrt(log(1 + spread * spread))
            seconds = random.lognormvariate(log(mean) - sigma * sigma / 2, sigma)
    return timedelta(seconds=seconds)
