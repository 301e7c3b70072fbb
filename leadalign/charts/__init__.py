"""Figures as Plotly charts: one shared template, direct labels instead of legends."""
