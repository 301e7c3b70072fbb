-- What intake keeps besides: how a call came about, a lead's phone, uploads that wait for an answer, who is set aside and why.

ALTER TABLE log.activities ADD COLUMN direction TEXT;
ALTER TABLE log.activities ADD COLUMN purpose TEXT;
ALTER TABLE log.leads ADD COLUMN phone TEXT;
CREATE OR REPLACE VIEW live.activities AS SELECT * FROM log.activities WHERE coalesce(batch_id, '') NOT IN (SELECT batch_id FROM log.batch_undos);
CREATE OR REPLACE VIEW live.leads AS SELECT * FROM log.leads WHERE coalesce(batch_id, '') NOT IN (SELECT batch_id FROM log.batch_undos);
