-- Where two runs of a conversation are running, the older ones end as interrupted; their replies keep the text that was flushed.
WITH "cut" AS (
	UPDATE "runs" SET "status" = 'interrupted', "ended_at" = now()
	WHERE "status" = 'running' AND EXISTS (
		SELECT 1 FROM "runs" "newer"
		WHERE "newer"."conversation_id" = "runs"."conversation_id" AND "newer"."status" = 'running'
			AND (coalesce("newer"."started_at", "newer"."queued_at"), "newer"."id") > (coalesce("runs"."started_at", "runs"."queued_at"), "runs"."id"))
	RETURNING "id", "message_id"
), "flushed" AS (
	SELECT "cut"."message_id", string_agg("piece"."chunk"->>'delta', '' ORDER BY "run_chunks"."first_seq", "piece"."place") AS "text"
	FROM "cut"
	LEFT JOIN "run_chunks" ON "run_chunks"."run_id" = "cut"."id"
	LEFT JOIN LATERAL jsonb_array_elements("run_chunks"."chunks") WITH ORDINALITY AS "piece"("chunk", "place") ON "piece"."chunk"->>'type' = 'text-delta'
	GROUP BY "cut"."message_id"
)
UPDATE "messages" SET "status" = 'interrupted', "text" = coalesce("flushed"."text", "messages"."text"),
	"parts" = CASE WHEN "flushed"."text" IS NULL THEN "messages"."parts"
		ELSE jsonb_build_array(jsonb_build_object('type', 'text', 'text', "flushed"."text", 'state', 'done')) END
FROM "flushed" WHERE "flushed"."message_id" = "messages"."id";--> statement-breakpoint
CREATE UNIQUE INDEX "runs_one_running" ON "runs" USING btree ("conversation_id") WHERE "runs"."status" = 'running';
