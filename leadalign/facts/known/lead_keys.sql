-- One row per lead known by then, with what tells that two leads are one: address, number, name, company as they are compared.
-- A number is its last nine digits, without Israel's 972 and without leading zeros: 052-123 4567 is +972 52 1234567.
-- What says nothing (a filler, half a number, the domain of a free mail) is missing.
WITH told AS (
    SELECT w.lead_id, w.system, w.created_at, k.marks, k.letters, k.blanks, k.around_digits,
        trim(regexp_replace(regexp_replace(regexp_replace(translate(lower(w.email), k.unseen, ''), '^.*<', ''), '>.*$', ''), '^mailto:', '')) AS address,
        regexp_replace(regexp_replace(lower(w.phone), '^[^0-9+(]*', ''), '(ext|x|#|שלוחה|,|;| / ).*$', '') AS number,
        trim(translate(lower(w.name), k.marks, k.letters)) AS name_words,
        trim(translate(lower(w.company), k.marks, k.letters)) AS company_words
    FROM (
        SELECT q.*, row_number() OVER (PARTITION BY q.lead_id ORDER BY q.event_order) AS position
        FROM live.leads AS q CROSS JOIN viewpoint AS v
        WHERE q.recorded_at <= v.as_of
    ) AS w
    CROSS JOIN key_marks AS k
    WHERE w.position = 1
),
parted AS (
    SELECT t.*,
        regexp_replace(regexp_replace(t.address, '@.*$', ''), '[+].*$', '') AS box,
        CASE WHEN t.address LIKE '%_@_%._%' THEN regexp_replace(regexp_replace(t.address, '^.*@', ''), '^googlemail.com$', 'gmail.com') END AS domain,
        translate(t.number, t.around_digits, '') AS digits,
        regexp_replace(t.company_words, '[ ]+(ltd|limited|inc|incorporated|llc|llp|gmbh|ag|kg|sa|sas|sarl|srl|spa|bv|nv|ab|oy|plc|pty|corp|corporation|co|company|בעמ|ושות)$', '') AS company_once
    FROM told AS t
),
compared AS (
    SELECT p.lead_id, p.system, p.created_at, p.box, p.domain, nullif(p.name_words, '') AS name_words,
        nullif(CASE WHEN p.domain = 'gmail.com' THEN replace(p.box, '.', '') ELSE p.box END, '') || '@' || p.domain AS email_key,
        CASE WHEN regexp_replace(p.digits, '^[0-9]{7,17}$', '') <> '' THEN NULL
            WHEN regexp_replace(p.digits, '^(00)?9720?[0-9]{8,9}$', '') = '' THEN regexp_replace(p.digits, '^(00)?9720*', '')
            ELSE regexp_replace(p.digits, '^0+', '') END AS digits,
        nullif(translate(p.name_words, p.blanks, ''), '') AS name_key,
        nullif(translate(regexp_replace(p.company_once, '[ ]+(ltd|limited|inc|co|company|corp|pty|gmbh|בעמ)$', ''), p.blanks, ''), '') AS company_key
    FROM parted AS p
)
SELECT
    c.lead_id, c.system, c.created_at, c.email_key,
    role.word IS NOT NULL AS is_role, free.word IS NOT NULL AS is_free_mail, rival.word IS NOT NULL AS is_competitor,
    CASE WHEN free.word IS NULL THEN c.domain END AS domain_key,
    CASE WHEN nothing.word IS NULL AND length(c.digits) >= 7 AND translate(c.digits, substr(c.digits, 1, 1), '') <> ''
        THEN substr(c.digits, greatest(length(c.digits) - 8, 1), 9) END AS phone_key,
    CASE WHEN nobody.word IS NULL THEN c.name_key END AS name_key,
    CASE WHEN nobody.word IS NULL THEN c.name_words END AS name_words,
    CASE WHEN nowhere.word IS NULL THEN c.company_key END AS company_key
FROM compared AS c
LEFT JOIN address_words AS role ON role.kind = 'role' AND role.word = c.box AND c.email_key IS NOT NULL
LEFT JOIN address_words AS free ON free.kind = 'free_mail' AND free.word = c.domain
LEFT JOIN address_words AS rival ON rival.kind = 'competitor' AND rival.word = c.domain
LEFT JOIN address_words AS nothing ON nothing.kind = 'no_phone' AND nothing.word = c.digits
LEFT JOIN address_words AS nobody ON nobody.kind = 'no_name' AND nobody.word = c.name_key
LEFT JOIN address_words AS nowhere ON nowhere.kind = 'no_company' AND nowhere.word = c.company_key
