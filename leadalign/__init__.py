"""leadalign: the dashboard that marketing and sales look at together."""

__version__ = "0.1.0"
