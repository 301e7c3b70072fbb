-- The written definition of the ideal lead: what people did about it, and the chain that its signed versions form.

-- Each act carries a seal over itself and the seal before (store/definition_seals.py): a row changed, taken out or put in shows.
CREATE TABLE log.agreement_events (
    place INTEGER NOT NULL, event_id TEXT NOT NULL,
    act TEXT NOT NULL CHECK (act IN ('saved', 'put_up', 'signed', 'dissented', 'withdrawn', 'looked_at')),
    draft_id TEXT, version INTEGER, function TEXT CHECK (function IN ('marketing', 'sales', 'sponsor')),
    content TEXT, sha256 TEXT, previous TEXT, words TEXT,
    recorded_at TIMESTAMPTZ NOT NULL, recorded_by TEXT NOT NULL, seal TEXT NOT NULL, batch_id TEXT,
    event_order BIGINT DEFAULT nextval('log.event_order'));
CREATE VIEW live.agreement_events AS SELECT * FROM log.agreement_events WHERE coalesce(batch_id, '') NOT IN (SELECT batch_id FROM log.batch_undos);

-- One link for each row of log.definition_versions, signed here or imported, in the order of recording.
CREATE TABLE log.definition_chain (
    place INTEGER NOT NULL, version_order BIGINT NOT NULL, definition_id TEXT NOT NULL, version INTEGER NOT NULL, draft_id TEXT,
    sha256 TEXT NOT NULL, rules_sha256 TEXT NOT NULL, row_sha256 TEXT NOT NULL, previous TEXT NOT NULL, chain TEXT NOT NULL);
