"""How sure are we of a number: intervals, comparisons, limits; nothing here knows of leads or CRMs."""
