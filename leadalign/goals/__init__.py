"""The goals that marketing and sales share: the work calendar, the month's pace, do the goals fit together."""
