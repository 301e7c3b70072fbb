-- What intake keeps besides: how a call came about, a lead's phone, uploads that wait for an answer, who is set aside and why.

ALTER TABLE log.activities ADD COLUMN direction TEXT;
ALTER TABLE log.activities ADD COLUMN purpose TEXT;
ALTER TABLE log.leads ADD COLUMN phone TEXT;
CREATE OR REPLACE VIEW live.activities AS SELECT * FROM log.activities WHERE coalesce(batch_id, '') NOT IN (SELECT batch_id FROM log.batch_undos);
CREATE OR REPLACE VIEW live.leads AS SELECT * FROM log.leads WHERE coalesce(batch_id, '') NOT IN (SELECT batch_id FROM log.batch_undos);

-- Identity. A lead that is set aside counts in no figure until somebody releases it; a listed one counts, and waits for a word.
-- An upload's own judgement carries its batch_id, a person's has none and stands above it.
CREATE TABLE log.aside_events (
    event_id TEXT NOT NULL, lead_id TEXT NOT NULL, event TEXT NOT NULL CHECK (event IN ('set_aside', 'listed', 'released')),
    reason TEXT NOT NULL, evidence TEXT,
    recorded_at TIMESTAMPTZ NOT NULL, recorded_by TEXT NOT NULL, batch_id TEXT,
    event_order BIGINT DEFAULT nextval('log.event_order'));
CREATE VIEW live.aside_events AS SELECT * FROM log.aside_events WHERE coalesce(batch_id, '') NOT IN (SELECT batch_id FROM log.batch_undos);

-- What people answered of two leads that look like one: different after all, or asked again. (Same is a stage event, `merged`.)
CREATE TABLE log.pair_answers (
    event_id TEXT NOT NULL, lead_id TEXT NOT NULL, other_id TEXT NOT NULL,
    answer TEXT NOT NULL CHECK (answer IN ('different', 'later', 'open')),
    recorded_at TIMESTAMPTZ NOT NULL, recorded_by TEXT NOT NULL, batch_id TEXT,
    event_order BIGINT DEFAULT nextval('log.event_order'));
CREATE VIEW live.pair_answers AS SELECT * FROM log.pair_answers WHERE coalesce(batch_id, '') NOT IN (SELECT batch_id FROM log.batch_undos);

-- The desk: files that were dropped and wait for a person's word, with the answers so far (JSON). They are no part of what happened:
-- a file that came in lies in its batch, a discarded one is gone, and nothing here counts anywhere.
CREATE SCHEMA desk;
CREATE TABLE desk.drafts (
    draft_id TEXT NOT NULL, file_name TEXT NOT NULL, sha256 TEXT NOT NULL, size BIGINT NOT NULL, content BLOB NOT NULL,
    answers TEXT NOT NULL, kept_at TIMESTAMPTZ NOT NULL, kept_by TEXT NOT NULL, answered_at TIMESTAMPTZ, answered_by TEXT);

-- What a deal or an activity says of its lead in words where it has no ID, what a deal is called, and the contact that a lead became.
-- `kind` is the kind of table that said it; the words are tied to a lead when facts are derived.
CREATE TABLE log.links (
    kind TEXT NOT NULL, record_id TEXT NOT NULL, name TEXT, contact TEXT, company TEXT, email TEXT, deal_name TEXT, lead_id TEXT,
    recorded_at TIMESTAMPTZ NOT NULL, recorded_by TEXT NOT NULL, batch_id TEXT,
    event_order BIGINT DEFAULT nextval('log.event_order'));
CREATE VIEW live.links AS SELECT * FROM log.links WHERE coalesce(batch_id, '') NOT IN (SELECT batch_id FROM log.batch_undos);
