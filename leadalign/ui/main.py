"""The frame around every page: the menu, the language, who is looking, and whether these are demo data."""

from leadalign.ui.frame import draw_frame

draw_frame()
