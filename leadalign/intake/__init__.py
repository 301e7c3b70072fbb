"""An uploaded file becomes records for the shared database, or problems and questions that a person can settle."""

from leadalign.intake.choices import Choices
from leadalign.intake.findings import Column, Question, RefusedRow, Repair
from leadalign.intake.formats import Format, formats, recognise
from leadalign.intake.mapping import build_format, suggest
from leadalign.intake.progress import Cancelled, Progress
from leadalign.intake.targets import TargetField, kinds, target_fields
from leadalign.intake.understanding import Understanding, first_rows, understand

__all__ = [
    "Cancelled", "Choices", "Column", "Format", "Progress", "Question", "RefusedRow", "Repair", "TargetField",
    "Understanding", "build_format", "first_rows", "formats", "kinds", "recognise", "suggest", "target_fields",
    "understand",
]  # fmt: skip
