CREATE TABLE "api_keys" (
	"id" uuid PRIMARY KEY NOT NULL,
	"owner_id" uuid NOT NULL,
	"name" text NOT NULL,
	"token_hash" text NOT NULL,
	"hint" text NOT NULL,
	"scopes" jsonb NOT NULL,
	"models" jsonb,
	"upstreams" jsonb,
	"cache" text DEFAULT 'deterministic' NOT NULL,
	"similarity" double precision,
	"shares_cache" boolean DEFAULT false NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"last_used_at" timestamp (3) with time zone,
	"expires_at" timestamp (3) with time zone,
	"revoked_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "group_members" (
	"group_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	CONSTRAINT "group_members_group_id_user_id_pk" PRIMARY KEY("group_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "groups" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "groups_name_unique" UNIQUE("name")
);
--> statement-breakpoint
CREATE TABLE "budget_reservations" (
	"call_id" uuid NOT NULL,
	"budget_id" uuid NOT NULL,
	"period_start" date NOT NULL,
	"usd" double precision NOT NULL,
	"tokens" bigint NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "budget_reservations_call_id_budget_id_pk" PRIMARY KEY("call_id","budget_id")
);
--> statement-breakpoint
CREATE TABLE "budget_spending" (
	"budget_id" uuid NOT NULL,
	"period_start" date NOT NULL,
	"spent_usd" double precision DEFAULT 0 NOT NULL,
	"spent_tokens" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "budget_spending_budget_id_period_start_pk" PRIMARY KEY("budget_id","period_start")
);
--> statement-breakpoint
CREATE TABLE "budgets" (
	"id" uuid PRIMARY KEY NOT NULL,
	"subject_kind" text NOT NULL,
	"subject_id" text DEFAULT '' NOT NULL,
	"period" text NOT NULL,
	"limit_usd" double precision,
	"limit_tokens" bigint,
	"hard" boolean DEFAULT true NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "budgets_subject_unique" UNIQUE("subject_kind","subject_id","period")
);
--> statement-breakpoint
CREATE UNLOGGED TABLE "cache_entries" (
	"key" text PRIMARY KEY NOT NULL,
	"scope" text NOT NULL,
	"model" text NOT NULL,
	"upstream" text NOT NULL,
	"parts" jsonb NOT NULL,
	"size_bytes" integer NOT NULL,
	"question" text,
	"context_hash" text,
	"embedding" real[],
	"hits" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"used_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE UNLOGGED TABLE "call_leases" (
	"call_id" uuid NOT NULL,
	"subject" text NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "call_leases_subject_call_id_pk" PRIMARY KEY("subject","call_id")
);
--> statement-breakpoint
CREATE TABLE "host_settings" (
	"host_id" text PRIMARY KEY NOT NULL,
	"max_parallel" integer,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "limits" (
	"id" uuid PRIMARY KEY NOT NULL,
	"subject_kind" text NOT NULL,
	"subject_id" text DEFAULT '' NOT NULL,
	"requests_per_minute" integer,
	"tokens_per_minute" integer,
	"parallel" integer,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "limits_subject_unique" UNIQUE("subject_kind","subject_id")
);
--> statement-breakpoint
CREATE TABLE "model_settings" (
	"model_id" text PRIMARY KEY NOT NULL,
	"fallbacks" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"visible_to" text DEFAULT 'everyone' NOT NULL,
	"input_usd_per_m_tok" double precision,
	"output_usd_per_m_tok" double precision,
	"cached_input_usd_per_m_tok" double precision,
	"usd_per_hour" double precision,
	"cache_always" boolean DEFAULT false NOT NULL,
	"hedge" boolean DEFAULT false NOT NULL,
	"keep_alive" text,
	"prewarm" jsonb,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE UNLOGGED TABLE "rate_limits" (
	"key" text PRIMARY KEY NOT NULL,
	"points" integer DEFAULT 0 NOT NULL,
	"expire" bigint
);
--> statement-breakpoint
CREATE TABLE "usage_daily" (
	"day" date NOT NULL,
	"owner_id" uuid,
	"key_id" uuid,
	"model" text NOT NULL,
	"upstream" text NOT NULL,
	"purpose" text NOT NULL,
	"calls" integer NOT NULL,
	"failures" integer NOT NULL,
	"cache_hits" integer NOT NULL,
	"input_tokens" bigint NOT NULL,
	"output_tokens" bigint NOT NULL,
	"cached_tokens" bigint NOT NULL,
	"cost_usd" double precision NOT NULL,
	CONSTRAINT "usage_daily_unique" UNIQUE NULLS NOT DISTINCT("day","owner_id","key_id","model","upstream","purpose")
);
--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "route" jsonb;--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "feedback" text;--> statement-breakpoint
ALTER TABLE "calls" ADD COLUMN "key_id" uuid;--> statement-breakpoint
ALTER TABLE "calls" ADD COLUMN "requested_model" text;--> statement-breakpoint
ALTER TABLE "calls" ADD COLUMN "choice" text;--> statement-breakpoint
ALTER TABLE "calls" ADD COLUMN "attempts" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "calls" ADD COLUMN "cache" text DEFAULT 'off' NOT NULL;--> statement-breakpoint
ALTER TABLE "calls" ADD COLUMN "queued_ms" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_owner_id_users_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "group_members" ADD CONSTRAINT "group_members_group_id_groups_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."groups"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "group_members" ADD CONSTRAINT "group_members_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "budget_reservations" ADD CONSTRAINT "budget_reservations_budget_id_budgets_id_fk" FOREIGN KEY ("budget_id") REFERENCES "public"."budgets"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "budget_spending" ADD CONSTRAINT "budget_spending_budget_id_budgets_id_fk" FOREIGN KEY ("budget_id") REFERENCES "public"."budgets"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "api_keys_hash_unique" ON "api_keys" USING btree ("token_hash");--> statement-breakpoint
CREATE INDEX "api_keys_owner_idx" ON "api_keys" USING btree ("owner_id");--> statement-breakpoint
CREATE INDEX "group_members_user_idx" ON "group_members" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "budget_reservations_budget_idx" ON "budget_reservations" USING btree ("budget_id");--> statement-breakpoint
CREATE INDEX "cache_entries_similar_idx" ON "cache_entries" USING btree ("scope","context_hash");--> statement-breakpoint
CREATE INDEX "cache_entries_expires_idx" ON "cache_entries" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "cache_entries_used_idx" ON "cache_entries" USING btree ("used_at");--> statement-breakpoint
ALTER TABLE "calls" ADD CONSTRAINT "calls_key_id_api_keys_id_fk" FOREIGN KEY ("key_id") REFERENCES "public"."api_keys"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "calls_key_idx" ON "calls" USING btree ("key_id","started_at");