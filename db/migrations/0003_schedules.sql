CREATE TABLE "tertulia"."schedule_runs" (
	"workspace" text NOT NULL,
	"schedule" text NOT NULL,
	"slot" timestamp (3) with time zone NOT NULL,
	"outcome" text NOT NULL,
	"topic" jsonb,
	"debate" text,
	"why" jsonb,
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "schedule_runs_workspace_schedule_slot_pk" PRIMARY KEY("workspace","schedule","slot")
);
--> statement-breakpoint
CREATE TABLE "tertulia"."schedules" (
	"workspace" text NOT NULL,
	"id" text NOT NULL,
	"adapter" text NOT NULL,
	"channel" text NOT NULL,
	"thread" text,
	"source" jsonb NOT NULL,
	"rhythm" jsonb NOT NULL,
	"zone" text NOT NULL,
	"panel" text,
	"format" text,
	"language" text,
	"tokens" integer,
	"when_quiet" text NOT NULL,
	"ahead" integer NOT NULL,
	"missed" text NOT NULL,
	"words" text NOT NULL,
	"created_by" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"state" text DEFAULT 'proposed' NOT NULL,
	"reason" jsonb,
	"active_since" timestamp (3) with time zone,
	"next" timestamp (3) with time zone,
	"announced" timestamp (3) with time zone,
	"begun" timestamp (3) with time zone,
	"topic" jsonb,
	CONSTRAINT "schedules_workspace_id_pk" PRIMARY KEY("workspace","id")
);
--> statement-breakpoint
ALTER TABLE "tertulia"."schedule_runs" ADD CONSTRAINT "schedule_runs_workspace_schedule_schedules_workspace_id_fk" FOREIGN KEY ("workspace","schedule") REFERENCES "tertulia"."schedules"("workspace","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tertulia"."schedules" ADD CONSTRAINT "schedules_workspace_workspaces_id_fk" FOREIGN KEY ("workspace") REFERENCES "tertulia"."workspaces"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "schedules_state_next_index" ON "tertulia"."schedules" USING btree ("state","next");