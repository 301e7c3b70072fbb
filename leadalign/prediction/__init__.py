"""Does the written definition predict: what it said of leads when they were handed over, and what became of them."""

from leadalign.prediction.figures import NAMES, prediction_figures
from leadalign.prediction.words import criterion_sentence, direction_sentence, score_sentence

__all__ = ["NAMES", "criterion_sentence", "direction_sentence", "prediction_figures", "score_sentence"]
