-- Debates concluded before there was a memory are remembered, too.
INSERT INTO "tertulia"."conclusions" ("workspace", "debate", "turn", "language", "title", "question", "answer", "agreements", "concluded_at")
SELECT DISTINCT ON (t.workspace, t.debate) t.workspace, t.debate, t.n, d.language, coalesce(a.title, ''),
  coalesce((SELECT o.data #>> '{opening,question}' FROM "tertulia"."turns" o
    WHERE o.workspace = t.workspace AND o.debate = t.debate AND o.kind = 'opening' LIMIT 1), d.question),
  coalesce(t.data #>> '{synthesis,answer}', ''),
  coalesce((SELECT string_agg(point ->> 'text', E'\n') FROM jsonb_array_elements(t.data #> '{synthesis,agreements}') point), ''),
  t.at
FROM "tertulia"."turns" t
JOIN "tertulia"."debates" d ON d.workspace = t.workspace AND d.id = t.debate
LEFT JOIN "tertulia"."articles" a ON a.workspace = d.workspace AND a.sha256 = d.article
WHERE t.data ? 'synthesis'
ORDER BY t.workspace, t.debate, t.n DESC;
