-- Leads seen for the first time; where somebody first came from never changes afterwards.
INSERT INTO log.leads (lead_id, system, created_at, source, campaign, account_id, name, email, company, phone, recorded_at, recorded_by, batch_id)
SELECT
    i.lead_id, i.system, i.created_at, i.source, i.campaign, i.account_id, i.name, i.email, i.company, i.phone,
    known_from(CAST(NULL AS TIMESTAMPTZ), i.created_at, $previous, $uploaded_at), $actor, $batch
FROM (SELECT *, row_number() OVER (PARTITION BY lead_id ORDER BY created_at) AS position FROM incoming) AS i
ANTI JOIN live.leads AS l ON l.lead_id = i.lead_id
WHERE i.position = 1
