CREATE TABLE "process_sample_hours" (
	"instance_id" uuid NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"stat" text NOT NULL,
	"samples" integer NOT NULL,
	"resident_bytes" double precision NOT NULL,
	"heap_bytes" double precision NOT NULL,
	"lag_p50_ms" double precision NOT NULL,
	"lag_p99_ms" double precision NOT NULL,
	"cpu_share" double precision NOT NULL,
	"live_runs" double precision NOT NULL,
	"waiting_calls" double precision NOT NULL,
	"database_bytes" double precision,
	CONSTRAINT "process_sample_hours_instance_id_at_stat_pk" PRIMARY KEY("instance_id","at","stat")
);
--> statement-breakpoint
CREATE INDEX "process_sample_hours_at_idx" ON "process_sample_hours" USING btree ("at");