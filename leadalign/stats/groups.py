"""Comparing sources or campaigns fairly: small groups are drawn towards the team, as far as the data say so."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from leadalign.stats.intervals import ROUNDING

FEWEST = 3  # groups; below, how much groups differ cannot be learnt
SEED, DRAWS = 20260101, 4000
SPREADS = 64  # nodes for log(a + b)
CENTRES, REACH = 41, 7.0  # nodes for log(a / b), and how many standard errors they span to each side
POINTS = 480  # about as many values of a share at which its density is written down

Array = np.ndarray


@dataclass(frozen=True)
class GroupShare:
    """One group's likely share, its interval, the chance that it is below the team's share, and that it is the best."""

    mean: float
    low: float
    high: float
    p_below_team: float
    p_best: float


@dataclass(frozen=True)
class Grid:
    """What is learnt of how groups differ: for each node a Beta(a, b), its `weight`, each group's log chance there."""

    a: Array
    b: Array
    weight: Array
    log_chance: Array


def shrunken_shares(
    k: Sequence[float], n: Sequence[float], level: float = 0.95, better: str = "higher"
) -> list[GroupShare | None] | None:
    """Each group's likely share (`k` good of `n`), in the order given; None in the place of a group without leads.

    k_i ~ Bin(n_i, theta_i), theta_i ~ Beta(a, b), p(a, b) ~ (a + b)^(-5/2): fully Bayesian on a grid over
    log(a / b) and log(a + b) (Gelman et al., BDA3, section 5.3). The team's share is sum k / sum n.
    `better` = "lower" makes the lowest share the best. None (use Wilson) for fewer than 3 groups with leads, or when
    no group has both good and bad leads: such data do not bound how much groups differ.
    """
    filled = sorted((float(x), float(y), place) for place, (y, x) in enumerate(zip(k, n, strict=True)) if x != 0)
    if len(filled) < FEWEST or not all(0 <= y <= x * (1 + ROUNDING) < math.inf for x, y, _ in filled):
        return None
    n_, k_ = np.array([x for x, _, _ in filled]), np.array([min(y, x) for x, y, _ in filled])
    if not ((k_ > 0) & (k_ < n_)).any():
        return None
    grid = _grid(k_, n_)
    mean = grid.weight @ ((grid.a[:, None] + k_) / ((grid.a + grid.b)[:, None] + n_))
    low, high, below = _tails(k_, n_, grid, level)
    best = _chances_of_being_best(k_, n_, grid, better)
    shares: list[GroupShare | None] = [None] * len(n)
    for (_, _, place), row in zip(filled, np.column_stack([mean, low, high, below, best]).tolist(), strict=True):
        shares[place] = GroupShare(*row)
    return shares


def _grid(k: Array, n: Array) -> Grid:
    """The posterior of a and b. For each a + b the nodes for a / b follow the narrow ridge where the data put it.

    Above the last node groups are as good as equal, so it carries the whole tail, which falls with (a + b)^(-1/2).
    """
    spread = np.exp(np.linspace(-8, math.log(18 * n.sum()), SPREADS))
    known = n / (1 + (n - 1) / (spread[:, None] + 1))  # leads that each group's leads are worth, when leads are alike
    centre = (0.5 + known @ (k / n)) / (1 + known.sum(axis=1))
    error = 1 / np.sqrt(centre * (1 - centre) * (known.sum(axis=1) + 1))
    logit = np.log(centre / (1 - centre))[:, None] + error[:, None] * np.linspace(-REACH, REACH, CENTRES)
    share = 1 / (1 + np.exp(-logit))
    a, b = (spread[:, None] * share).ravel(), (spread[:, None] * (1 - share)).ravel()
    step = np.ones(SPREADS)
    step[0], step[-1] = 0.5, 0.5 + 2 / np.log(spread[1] / spread[0])
    chance = _log_chance(a, b, k, n)
    prior = np.log(a) + np.log(b) - 2.5 * np.log(a + b)
    log_weight = prior + chance.sum(axis=1) + np.repeat(np.log(step * error), CENTRES)
    weight = np.exp(log_weight - log_weight.max())
    kept = weight > 1e-7
    return Grid(a[kept], b[kept], weight[kept] / weight[kept].sum(), chance[kept])


def _log_chance(a: Array, b: Array, k: Array, n: Array) -> Array:
    """log of B(a + k, b + n - k) / B(a, b), nodes by groups: how well a node explains a group."""
    from scipy.special import gammaln

    a, b = a[:, None], b[:, None]
    base = gammaln(a) + gammaln(b) - gammaln(a + b)
    return gammaln(a + k) + gammaln(b + n - k) - gammaln(a + b + n) - base


def _tails(k: Array, n: Array, grid: Grid, level: float) -> tuple[Array, Array, Array]:
    """Lower end, upper end, and chance of lying below the team's share, for each group."""
    logit = _places(k, n, grid)
    below = _distribution(logit, k, n, grid)
    tail, team = (1 - level) / 2, math.log(k.sum() / (n.sum() - k.sum()))
    ends = np.array([np.interp([tail, 1 - tail], column, logit) for column in below.T])
    share = 1 / (1 + np.exp(-ends))
    return share[:, 0], share[:, 1], np.array([np.interp(team, logit, column) for column in below.T])


def _distribution(logit: Array, k: Array, n: Array, grid: Grid) -> Array:
    """The chance that a group's log odds lie below each value of `logit`: values by groups.

    A group's density is its likelihood times what all others say of a new group: sum over nodes of
    weight / chance x Beta(a, b). So the Beta densities are written down once for all groups. Beyond both
    ends of `logit` the density falls exponentially, at a known rate for each node.
    """
    from scipy.special import betaln

    logs = np.column_stack([-np.logaddexp(0, -logit), -np.logaddexp(0, logit)])
    betas = np.exp(logs @ np.stack([grid.a, grid.b]) - betaln(grid.a, grid.b))
    others = np.log(grid.weight)[:, None] - grid.log_chance
    others = np.exp(others - others.max(axis=0))
    first = betas[:1] @ (others / (grid.a[:, None] + k))
    last = betas[-1:] @ (others / (grid.b[:, None] + n - k))
    likelihood = logs @ np.stack([k, n - k])
    with np.errstate(divide="ignore"):
        density = np.log(np.vstack([first, betas @ others, last])) + likelihood[[0, *range(len(logit)), -1]]
    density = np.exp(density - density.max(axis=0))
    slices = (density[2:-1] + density[1:-2]) / 2 * np.diff(logit)[:, None]
    below = np.cumsum(np.vstack([density[:1], slices]), axis=0)
    return below / (below[-1] + density[-1])


def _places(k: Array, n: Array, grid: Grid) -> Array:
    """Log odds at which to write the densities down: close together where each group's share probably lies."""
    from scipy.special import betaincinv, ndtr

    total = (grid.a + grid.b)[:, None] + n
    mean = (grid.a[:, None] + k) / total
    centre = grid.weight @ mean
    variance = grid.weight @ (mean * (1 - mean) / (total + 1) + (mean - centre) ** 2)
    strength = np.maximum(centre * (1 - centre) / variance - 1, 0.05)
    levels = ndtr(np.linspace(-5.5, 5.5, max(25, POINTS // len(k))))[:, None]
    share = betaincinv(centre * strength, (1 - centre) * strength, levels)
    share = share[(share > 1e-12) & (share < 1 - 1e-12)]
    return np.unique(np.concatenate([np.log(share / (1 - share)), np.linspace(-36, 36, 145)]))


def _chances_of_being_best(k: Array, n: Array, grid: Grid, better: str) -> Array:
    """How often each group comes first in many draws of the whole team; groups with equal counts share evenly."""
    chance = np.random.default_rng(SEED)
    node = chance.choice(len(grid.weight), size=DRAWS, p=grid.weight)
    share = chance.beta(grid.a[node, None] + k, grid.b[node, None] + n - k)
    first = share == (share.min(axis=1) if better == "lower" else share.max(axis=1))[:, None]
    best = (first / first.sum(axis=1, keepdims=True)).mean(axis=0)
    alike = (k[:, None] == k) & (n[:, None] == n)
    return alike @ best / alike.sum(axis=1)
