-- Words for a lead or a deal that are new, or other than the same record had before; a record that says nothing of it keeps them.
INSERT INTO log.links (kind, record_id, name, contact, company, email, deal_name, lead_id, recorded_at, recorded_by, batch_id)
WITH standing AS (
    SELECT * FROM (SELECT *, row_number() OVER (PARTITION BY kind, record_id ORDER BY event_order DESC) AS position FROM live.links)
    WHERE position = 1
),
one_each AS (
    SELECT *, coalesce(contact, company, email, deal_name, lead_id) IS NULL AS says_nothing
    FROM (SELECT *, row_number() OVER (PARTITION BY kind, record_id ORDER BY name, contact, company, email) AS position FROM incoming)
    WHERE position = 1
),
told AS (
    SELECT i.kind, i.record_id, coalesce(i.name, s.name) AS name, i.seen_at,
        CASE WHEN i.says_nothing THEN s.contact ELSE i.contact END AS contact,
        CASE WHEN i.says_nothing THEN s.company ELSE i.company END AS company,
        CASE WHEN i.says_nothing THEN s.email ELSE i.email END AS email,
        CASE WHEN i.says_nothing THEN s.deal_name ELSE i.deal_name END AS deal_name,
        CASE WHEN i.says_nothing THEN s.lead_id ELSE i.lead_id END AS lead_id
    FROM one_each AS i
    LEFT JOIN standing AS s ON s.kind = i.kind AND s.record_id = i.record_id
)
SELECT
    i.kind, i.record_id, i.name, i.contact, i.company, i.email, i.deal_name, i.lead_id,
    CASE WHEN s.record_id IS NULL THEN known_from(CAST(NULL AS TIMESTAMPTZ), coalesce(i.seen_at, $uploaded_at), $previous, $uploaded_at)
        ELSE $uploaded_at END,
    $actor, $batch
FROM told AS i
LEFT JOIN standing AS s ON s.kind = i.kind AND s.record_id = i.record_id
WHERE s.record_id IS NULL
    OR (s.name, s.contact, s.company, s.email, s.deal_name, s.lead_id)
        IS DISTINCT FROM (i.name, i.contact, i.company, i.email, i.deal_name, i.lead_id)
