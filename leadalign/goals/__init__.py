"""Shared goals: what was agreed, how far it is, whether the goals fit together."""

from leadalign.goals.progress import Goal, Progress, goals_of, months, next_month, pace_figures, progress

__all__ = ["Goal", "Progress", "goals_of", "months", "next_month", "pace_figures", "progress"]
