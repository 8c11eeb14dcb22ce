CREATE TABLE "call_rollups" (
	"scope" text NOT NULL,
	"grain" text NOT NULL,
	"begins_at" timestamp (3) with time zone NOT NULL,
	"owner_id" uuid,
	"key_id" uuid,
	"model" text NOT NULL,
	"upstream" text NOT NULL,
	"purpose" text NOT NULL,
	"outcome" text NOT NULL,
	"reason" text NOT NULL,
	"calls" integer NOT NULL,
	"cache_hits" integer NOT NULL,
	"input_tokens" bigint NOT NULL,
	"output_tokens" bigint NOT NULL,
	"cached_tokens" bigint NOT NULL,
	"cost_usd" double precision NOT NULL,
	"queued_ms" bigint NOT NULL,
	"written_tokens" bigint NOT NULL,
	"writing_ms" bigint NOT NULL,
	"first_token_bins" smallint[] NOT NULL,
	"first_token_counts" integer[] NOT NULL,
	"total_bins" smallint[] NOT NULL,
	"total_counts" integer[] NOT NULL,
	CONSTRAINT "call_rollups_unique" UNIQUE NULLS NOT DISTINCT("scope","grain","begins_at","owner_id","key_id","model","upstream","purpose","outcome","reason")
);
--> statement-breakpoint
ALTER TABLE "calls" ADD COLUMN "rolled_up_at" timestamp (3) with time zone;--> statement-breakpoint
CREATE INDEX "call_rollups_owner_idx" ON "call_rollups" USING btree ("owner_id","grain","begins_at");--> statement-breakpoint
CREATE INDEX "calls_pending_idx" ON "calls" USING btree ("started_at") WHERE "calls"."rolled_up_at" is null;