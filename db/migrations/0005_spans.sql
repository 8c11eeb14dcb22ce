CREATE TABLE "spans" (
	"id" uuid PRIMARY KEY NOT NULL,
	"trace_id" uuid NOT NULL,
	"parent_id" uuid,
	"conversation_id" uuid,
	"owner_id" uuid,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"model" text,
	"status" text NOT NULL,
	"error" text,
	"started_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone,
	"attributes" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"input" text,
	"output" text
);
--> statement-breakpoint
ALTER TABLE "spans" ADD CONSTRAINT "spans_owner_id_users_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "spans_trace_idx" ON "spans" USING btree ("trace_id");--> statement-breakpoint
CREATE INDEX "spans_conversation_idx" ON "spans" USING btree ("conversation_id") WHERE "spans"."conversation_id" is not null;--> statement-breakpoint
CREATE INDEX "spans_started_idx" ON "spans" USING btree ("started_at");--> statement-breakpoint
CREATE INDEX "spans_roots_idx" ON "spans" USING btree ("started_at" DESC NULLS LAST,"id" DESC NULLS LAST) WHERE "spans"."parent_id" is null;--> statement-breakpoint
CREATE INDEX "spans_owner_idx" ON "spans" USING btree ("owner_id","started_at" DESC NULLS LAST) WHERE "spans"."parent_id" is null;