"""Figures as Plotly charts: one shared template, direct labels instead of legends, a sentence for those who cannot see."""
