CREATE TABLE "log_lines" (
	"id" uuid PRIMARY KEY NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"stored_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"instance_id" uuid NOT NULL,
	"level" smallint NOT NULL,
	"text" text NOT NULL,
	"request_id" text,
	"user_id" text,
	"run_id" text,
	"rest" jsonb DEFAULT '{}'::jsonb NOT NULL
);
--> statement-breakpoint
CREATE INDEX "log_lines_at_idx" ON "log_lines" USING btree ("at","id");--> statement-breakpoint
CREATE INDEX "log_lines_stored_idx" ON "log_lines" USING btree ("stored_at");--> statement-breakpoint
CREATE INDEX "log_lines_request_idx" ON "log_lines" USING btree ("request_id") WHERE request_id is not null;--> statement-breakpoint
CREATE INDEX "log_lines_user_idx" ON "log_lines" USING btree ("user_id","at") WHERE user_id is not null;