"""Which leads may be one, by what evidence, and which do not count: proposals that a person decides."""

from leadalign.identity.lists import Aside, Merged, aside_list, merged_pairs
from leadalign.identity.marks import address_marks
from leadalign.identity.proposals import Proposal, Sides, proposals, proposed_in, side_by_side, strengths, told_of

__all__ = [
    "Aside",
    "Merged",
    "Proposal",
    "Sides",
    "address_marks",
    "aside_list",
    "merged_pairs",
    "proposals",
    "proposed_in",
    "side_by_side",
    "strengths",
    "told_of",
]
