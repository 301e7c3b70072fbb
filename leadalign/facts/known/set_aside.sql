-- One row per lead set aside by then, with the rule that did it or the person's reason, and since when.
SELECT w.lead_id, w.reason, w.evidence, w.since, w.recorded_by, w.by_person
FROM aside_words AS w
WHERE w.event = 'set_aside'
