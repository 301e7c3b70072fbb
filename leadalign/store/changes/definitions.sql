-- Signed versions of the definition that are not recorded yet.
INSERT INTO log.definition_versions (definition_id, version, effective_from, effective_to, signed_marketing, signed_sales, rules, sha256,
    recorded_at, recorded_by, batch_id)
SELECT i.definition_id, i.version, i.effective_from, i.effective_to, i.signed_marketing, i.signed_sales, i.rules, i.sha256,
    known_from(NULL, i.effective_from, $previous, $uploaded_at), $actor, $batch
FROM incoming AS i
ANTI JOIN live.definition_versions AS d ON d.definition_id = i.definition_id AND d.version = i.version
