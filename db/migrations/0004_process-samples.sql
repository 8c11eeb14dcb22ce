CREATE TABLE "process_samples" (
	"instance_id" uuid NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"resident_bytes" bigint NOT NULL,
	"heap_bytes" bigint NOT NULL,
	"lag_p50_ms" real NOT NULL,
	"lag_p99_ms" real NOT NULL,
	"cpu_share" real NOT NULL,
	"live_runs" integer NOT NULL,
	"waiting_calls" integer NOT NULL,
	"database_bytes" bigint
);
--> statement-breakpoint
CREATE INDEX "process_samples_at_idx" ON "process_samples" USING btree ("at");