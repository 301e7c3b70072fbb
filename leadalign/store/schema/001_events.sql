-- What happened, appended and never changed: who, when it was true, when it was recorded, by which upload.

CREATE SCHEMA log;
CREATE SEQUENCE log.event_order;

CREATE TABLE log.people (
    person_id TEXT NOT NULL, name TEXT, email TEXT,
    function TEXT CHECK (function IN ('marketing', 'sales', 'management', 'other')),
    role TEXT CHECK (role IN ('executive', 'marketing', 'sales', 'sales_manager', 'analyst', 'administrator')),
    team TEXT, hourly_cost DOUBLE, currency TEXT, daily_work_min INTEGER,
    recorded_at TIMESTAMPTZ NOT NULL, recorded_by TEXT NOT NULL, batch_id TEXT,
    event_order BIGINT DEFAULT nextval('log.event_order'));

CREATE TABLE log.leads (
    lead_id TEXT NOT NULL, system TEXT NOT NULL, created_at TIMESTAMPTZ NOT NULL,
    source TEXT, campaign TEXT, account_id TEXT, name TEXT, email TEXT, company TEXT,
    recorded_at TIMESTAMPTZ NOT NULL, recorded_by TEXT NOT NULL, batch_id TEXT,
    event_order BIGINT DEFAULT nextval('log.event_order'));

CREATE TABLE log.attribute_events (
    event_id TEXT NOT NULL, lead_id TEXT NOT NULL, attr TEXT NOT NULL, value TEXT,
    observed_at TIMESTAMPTZ NOT NULL, source TEXT, assumed BOOLEAN NOT NULL,
    recorded_at TIMESTAMPTZ NOT NULL, recorded_by TEXT NOT NULL, batch_id TEXT,
    event_order BIGINT DEFAULT nextval('log.event_order'));

CREATE TABLE log.stage_events (
    event_id TEXT NOT NULL, slot TEXT, lead_id TEXT NOT NULL,
    event TEXT NOT NULL CHECK (event IN ('created', 'classified', 'nurture', 'handed_off', 'assigned', 'accepted', 'rejected',
        'recycled', 'opportunity', 'won', 'lost', 'disqualified', 'merged', 'reopened', 'withdrawn')),
    occurred_at TIMESTAMPTZ NOT NULL, actor_id TEXT, owner_id TEXT, reason TEXT,
    amount DOUBLE, currency TEXT, deal_id TEXT, voids_event_id TEXT,
    recorded_at TIMESTAMPTZ NOT NULL, recorded_by TEXT NOT NULL, batch_id TEXT,
    event_order BIGINT DEFAULT nextval('log.event_order'));

CREATE TABLE log.activities (
    activity_id TEXT NOT NULL, lead_id TEXT, deal_id TEXT, person_id TEXT, type TEXT NOT NULL,
    started_at TIMESTAMPTZ NOT NULL, minutes DOUBLE CHECK (minutes >= 0), minutes_source TEXT, outcome TEXT, subject TEXT,
    recorded_at TIMESTAMPTZ NOT NULL, recorded_by TEXT NOT NULL, batch_id TEXT,
    event_order BIGINT DEFAULT nextval('log.event_order'));

CREATE TABLE log.ratings (
    rating_id TEXT NOT NULL, lead_id TEXT NOT NULL, rater_id TEXT NOT NULL,
    rating INTEGER NOT NULL CHECK (rating BETWEEN 1 AND 5), reasons TEXT, comment TEXT, rated_at TIMESTAMPTZ NOT NULL,
    recorded_at TIMESTAMPTZ NOT NULL, recorded_by TEXT NOT NULL, batch_id TEXT,
    event_order BIGINT DEFAULT nextval('log.event_order'));

CREATE TABLE log.campaign_costs (
    cost_id TEXT NOT NULL, month DATE NOT NULL, source TEXT, campaign TEXT, cost DOUBLE NOT NULL, currency TEXT,
    recorded_at TIMESTAMPTZ NOT NULL, recorded_by TEXT NOT NULL, batch_id TEXT,
    event_order BIGINT DEFAULT nextval('log.event_order'));

CREATE TABLE log.goals (
    goal_id TEXT NOT NULL, name TEXT, metric TEXT NOT NULL, owner TEXT NOT NULL CHECK (owner IN ('marketing', 'sales', 'shared')),
    month DATE NOT NULL, target DOUBLE NOT NULL, floor_metric TEXT, floor_target DOUBLE,
    weight_marketing DOUBLE, weight_sales DOUBLE,
    recorded_at TIMESTAMPTZ NOT NULL, recorded_by TEXT NOT NULL, batch_id TEXT,
    event_order BIGINT DEFAULT nextval('log.event_order'));

CREATE TABLE log.definition_versions (
    definition_id TEXT NOT NULL, version INTEGER NOT NULL, effective_from TIMESTAMPTZ NOT NULL, effective_to TIMESTAMPTZ,
    signed_marketing TEXT NOT NULL, signed_sales TEXT NOT NULL, rules TEXT NOT NULL, sha256 TEXT NOT NULL,
    recorded_at TIMESTAMPTZ NOT NULL, recorded_by TEXT NOT NULL, batch_id TEXT,
    event_order BIGINT DEFAULT nextval('log.event_order'));

CREATE TABLE log.survey_answers (
    round TEXT NOT NULL, person_id TEXT NOT NULL, function TEXT, item_type TEXT NOT NULL, item_id TEXT NOT NULL, value TEXT,
    recorded_at TIMESTAMPTZ NOT NULL, recorded_by TEXT NOT NULL, batch_id TEXT,
    event_order BIGINT DEFAULT nextval('log.event_order'));

-- One row per upload that came in; the file itself stays, so that an undo can replay what came after.
CREATE TABLE log.batches (
    batch_id TEXT PRIMARY KEY, uploaded_at TIMESTAMPTZ NOT NULL, file_name TEXT NOT NULL, sha256 TEXT NOT NULL,
    format TEXT NOT NULL, format_toml TEXT, kind TEXT NOT NULL, rows_read BIGINT NOT NULL, rows_refused BIGINT NOT NULL,
    events_added BIGINT NOT NULL, report TEXT NOT NULL, content BLOB NOT NULL,
    recorded_at TIMESTAMPTZ NOT NULL, recorded_by TEXT NOT NULL,
    event_order BIGINT DEFAULT nextval('log.event_order'));

CREATE TABLE log.batch_undos (
    batch_id TEXT PRIMARY KEY, replaced_by TEXT, recorded_at TIMESTAMPTZ NOT NULL, recorded_by TEXT NOT NULL);

CREATE TABLE log.saved_formats (
    name TEXT NOT NULL, toml TEXT NOT NULL, recorded_at TIMESTAMPTZ NOT NULL, recorded_by TEXT NOT NULL,
    event_order BIGINT DEFAULT nextval('log.event_order'));

-- Who did what, when; one row for each write.
CREATE TABLE log.audit (
    event_order BIGINT DEFAULT nextval('log.event_order'), recorded_at TIMESTAMPTZ NOT NULL, recorded_by TEXT NOT NULL,
    action TEXT NOT NULL, details TEXT NOT NULL);

CREATE TABLE log.workspace (name TEXT PRIMARY KEY, value TEXT NOT NULL);

-- Spark's names for two things that DuckDB calls otherwise, so that facts and metrics run on both word for word.
CREATE MACRO from_utc_timestamp(instant, zone) AS timezone(zone, instant);
CREATE MACRO unix_timestamp(instant) AS epoch(instant);

-- What stands: the log without the uploads that were undone.
CREATE SCHEMA live;
CREATE VIEW live.people AS SELECT * FROM log.people WHERE coalesce(batch_id, '') NOT IN (SELECT batch_id FROM log.batch_undos);
CREATE VIEW live.leads AS SELECT * FROM log.leads WHERE coalesce(batch_id, '') NOT IN (SELECT batch_id FROM log.batch_undos);
CREATE VIEW live.attribute_events AS SELECT * FROM log.attribute_events WHERE coalesce(batch_id, '') NOT IN (SELECT batch_id FROM log.batch_undos);
CREATE VIEW live.stage_events AS SELECT * FROM log.stage_events WHERE coalesce(batch_id, '') NOT IN (SELECT batch_id FROM log.batch_undos);
CREATE VIEW live.activities AS SELECT * FROM log.activities WHERE coalesce(batch_id, '') NOT IN (SELECT batch_id FROM log.batch_undos);
CREATE VIEW live.ratings AS SELECT * FROM log.ratings WHERE coalesce(batch_id, '') NOT IN (SELECT batch_id FROM log.batch_undos);
CREATE VIEW live.campaign_costs AS SELECT * FROM log.campaign_costs WHERE coalesce(batch_id, '') NOT IN (SELECT batch_id FROM log.batch_undos);
CREATE VIEW live.goals AS SELECT * FROM log.goals WHERE coalesce(batch_id, '') NOT IN (SELECT batch_id FROM log.batch_undos);
CREATE VIEW live.definition_versions AS SELECT * FROM log.definition_versions WHERE coalesce(batch_id, '') NOT IN (SELECT batch_id FROM log.batch_undos);
CREATE VIEW live.survey_answers AS SELECT * FROM log.survey_answers WHERE coalesce(batch_id, '') NOT IN (SELECT batch_id FROM log.batch_undos);
CREATE VIEW live.batches AS SELECT * FROM log.batches WHERE batch_id NOT IN (SELECT batch_id FROM log.batch_undos);

-- When a fact counts as recorded: by its file's own clock; else at its own date, for the CRM knew it then; but an earlier
-- upload that could have shown it and did not proves that it was not there yet, and then at the upload's instant.
CREATE MACRO known_from(own_clock, own_date, previous_upload, uploaded_at) AS coalesce(
    own_clock, CASE WHEN previous_upload IS NULL OR own_date > previous_upload THEN least(own_date, uploaded_at) ELSE uploaded_at END);
