CREATE SCHEMA "tertulia";
--> statement-breakpoint
CREATE TABLE "tertulia"."articles" (
	"workspace" text NOT NULL,
	"sha256" text NOT NULL,
	"title" text NOT NULL,
	"source" text NOT NULL,
	"url" text,
	"language" text NOT NULL,
	"sections" jsonb NOT NULL,
	"text" text NOT NULL,
	"warnings" jsonb NOT NULL,
	"saved_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "articles_workspace_sha256_pk" PRIMARY KEY("workspace","sha256")
);
--> statement-breakpoint
CREATE TABLE "tertulia"."debates" (
	"workspace" text NOT NULL,
	"id" text NOT NULL,
	"status" text DEFAULT 'running' NOT NULL,
	"article" text,
	"question" text NOT NULL,
	"language" text NOT NULL,
	"format" text NOT NULL,
	"panel" jsonb NOT NULL,
	"voice" text NOT NULL,
	"limits" jsonb NOT NULL,
	"ending" text,
	"adapter" text NOT NULL,
	"channel" text NOT NULL,
	"thread" text NOT NULL,
	"started_by" text NOT NULL,
	"started_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	"ended_at" timestamp (3) with time zone,
	"failure" text,
	"turn_count" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "debates_workspace_id_pk" PRIMARY KEY("workspace","id")
);
--> statement-breakpoint
CREATE TABLE "tertulia"."deliveries" (
	"workspace" text NOT NULL,
	"debate" text NOT NULL,
	"key" text NOT NULL,
	"turn" integer NOT NULL,
	"part" integer NOT NULL,
	"text" text,
	"state" text NOT NULL,
	"message_id" text,
	CONSTRAINT "deliveries_workspace_debate_key_pk" PRIMARY KEY("workspace","debate","key")
);
--> statement-breakpoint
CREATE TABLE "tertulia"."drafts" (
	"workspace" text NOT NULL,
	"debate" text NOT NULL,
	"key" text NOT NULL,
	"text" text NOT NULL,
	"usage" jsonb,
	"model" text,
	CONSTRAINT "drafts_workspace_debate_key_pk" PRIMARY KEY("workspace","debate","key")
);
--> statement-breakpoint
CREATE TABLE "tertulia"."passages" (
	"workspace" text NOT NULL,
	"article" text NOT NULL,
	"n" integer NOT NULL,
	"section" text NOT NULL,
	"page" integer,
	"start" integer NOT NULL,
	"end" integer NOT NULL,
	"text" text NOT NULL,
	"language" text NOT NULL,
	"words" "tsvector" GENERATED ALWAYS AS (case "tertulia"."passages"."language" when 'es' then to_tsvector('spanish'::regconfig, "tertulia"."passages"."section" || ' ' || "tertulia"."passages"."text") when 'en' then to_tsvector('english'::regconfig, "tertulia"."passages"."section" || ' ' || "tertulia"."passages"."text") else to_tsvector('simple'::regconfig, "tertulia"."passages"."section" || ' ' || "tertulia"."passages"."text") end) STORED NOT NULL,
	CONSTRAINT "passages_workspace_article_n_pk" PRIMARY KEY("workspace","article","n")
);
--> statement-breakpoint
CREATE TABLE "tertulia"."turns" (
	"workspace" text NOT NULL,
	"debate" text NOT NULL,
	"n" integer NOT NULL,
	"key" text NOT NULL,
	"kind" text NOT NULL,
	"public" boolean NOT NULL,
	"speaker" text NOT NULL,
	"round" integer NOT NULL,
	"text" text NOT NULL,
	"replies_to" jsonb NOT NULL,
	"answers" jsonb NOT NULL,
	"quotes" jsonb NOT NULL,
	"data" jsonb NOT NULL,
	"model" text,
	"at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "turns_workspace_debate_n_pk" PRIMARY KEY("workspace","debate","n"),
	CONSTRAINT "turns_workspace_debate_key_unique" UNIQUE("workspace","debate","key")
);
--> statement-breakpoint
CREATE TABLE "tertulia"."usage" (
	"workspace" text NOT NULL,
	"debate" text NOT NULL,
	"key" text NOT NULL,
	"model" text,
	"input_tokens" integer,
	"cached_tokens" integer,
	"output_tokens" integer,
	CONSTRAINT "usage_workspace_debate_key_pk" PRIMARY KEY("workspace","debate","key")
);
--> statement-breakpoint
CREATE TABLE "tertulia"."workspaces" (
	"id" text PRIMARY KEY NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "tertulia"."articles" ADD CONSTRAINT "articles_workspace_workspaces_id_fk" FOREIGN KEY ("workspace") REFERENCES "tertulia"."workspaces"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tertulia"."debates" ADD CONSTRAINT "debates_workspace_workspaces_id_fk" FOREIGN KEY ("workspace") REFERENCES "tertulia"."workspaces"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tertulia"."debates" ADD CONSTRAINT "debates_workspace_article_articles_workspace_sha256_fk" FOREIGN KEY ("workspace","article") REFERENCES "tertulia"."articles"("workspace","sha256") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tertulia"."deliveries" ADD CONSTRAINT "deliveries_workspace_debate_turn_turns_workspace_debate_n_fk" FOREIGN KEY ("workspace","debate","turn") REFERENCES "tertulia"."turns"("workspace","debate","n") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tertulia"."drafts" ADD CONSTRAINT "drafts_workspace_debate_debates_workspace_id_fk" FOREIGN KEY ("workspace","debate") REFERENCES "tertulia"."debates"("workspace","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tertulia"."passages" ADD CONSTRAINT "passages_workspace_article_articles_workspace_sha256_fk" FOREIGN KEY ("workspace","article") REFERENCES "tertulia"."articles"("workspace","sha256") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tertulia"."turns" ADD CONSTRAINT "turns_workspace_debate_debates_workspace_id_fk" FOREIGN KEY ("workspace","debate") REFERENCES "tertulia"."debates"("workspace","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tertulia"."usage" ADD CONSTRAINT "usage_workspace_debate_key_turns_workspace_debate_key_fk" FOREIGN KEY ("workspace","debate","key") REFERENCES "tertulia"."turns"("workspace","debate","key") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "debates_workspace_started_at_index" ON "tertulia"."debates" USING btree ("workspace","started_at");--> statement-breakpoint
CREATE INDEX "debates_workspace_adapter_channel_thread_index" ON "tertulia"."debates" USING btree ("workspace","adapter","channel","thread");