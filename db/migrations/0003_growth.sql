CREATE TABLE "tertulia"."deeds" (
	"workspace" text NOT NULL,
	"event" text NOT NULL,
	CONSTRAINT "deeds_workspace_event_pk" PRIMARY KEY("workspace","event")
);
--> statement-breakpoint
CREATE TABLE "tertulia"."inbox" (
	"adapter" text NOT NULL,
	"id" text NOT NULL,
	"workspace" text,
	"payload" jsonb,
	"kept_at" timestamp (3) with time zone NOT NULL,
	"taken_at" timestamp (3) with time zone NOT NULL,
	"attempts" integer DEFAULT 1 NOT NULL,
	"done_at" timestamp (3) with time zone,
	CONSTRAINT "inbox_adapter_id_pk" PRIMARY KEY("adapter","id")
);
--> statement-breakpoint
CREATE TABLE "tertulia"."installations" (
	"adapter" text NOT NULL,
	"id" text NOT NULL,
	"parent" text,
	"key" text NOT NULL,
	"sealed" text NOT NULL,
	"saved_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "installations_adapter_id_pk" PRIMARY KEY("adapter","id")
);
--> statement-breakpoint
CREATE TABLE "tertulia"."limits" (
	"key" text PRIMARY KEY NOT NULL,
	"points" integer NOT NULL,
	"expire" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "tertulia"."conclusions" (
	"workspace" text NOT NULL,
	"debate" text NOT NULL,
	"turn" integer NOT NULL,
	"language" text NOT NULL,
	"title" text NOT NULL,
	"question" text NOT NULL,
	"answer" text NOT NULL,
	"agreements" text NOT NULL,
	"concluded_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	"words" "tsvector" GENERATED ALWAYS AS (case "tertulia"."conclusions"."language" when 'es' then (setweight(to_tsvector('spanish'::regconfig, ("tertulia"."conclusions"."title" || ' ' || "tertulia"."conclusions"."question")) || to_tsvector('spanish'::regconfig, translate(normalize(("tertulia"."conclusions"."title" || ' ' || "tertulia"."conclusions"."question")), 'ÁÀÂÄÃÅáàâäãåÉÈÊËéèêëÍÌÎÏíìîïÓÒÔÖÕóòôöõÚÙÛÜúùûüÑñÇç', 'AAAAAAaaaaaaEEEEeeeeIIIIiiiiOOOOOoooooUUUUuuuuNnCc')), 'A') || setweight(to_tsvector('spanish'::regconfig, ("tertulia"."conclusions"."answer" || ' ' || "tertulia"."conclusions"."agreements")) || to_tsvector('spanish'::regconfig, translate(normalize(("tertulia"."conclusions"."answer" || ' ' || "tertulia"."conclusions"."agreements")), 'ÁÀÂÄÃÅáàâäãåÉÈÊËéèêëÍÌÎÏíìîïÓÒÔÖÕóòôöõÚÙÛÜúùûüÑñÇç', 'AAAAAAaaaaaaEEEEeeeeIIIIiiiiOOOOOoooooUUUUuuuuNnCc')), 'B')) when 'en' then (setweight(to_tsvector('english'::regconfig, ("tertulia"."conclusions"."title" || ' ' || "tertulia"."conclusions"."question")) || to_tsvector('english'::regconfig, translate(normalize(("tertulia"."conclusions"."title" || ' ' || "tertulia"."conclusions"."question")), 'ÁÀÂÄÃÅáàâäãåÉÈÊËéèêëÍÌÎÏíìîïÓÒÔÖÕóòôöõÚÙÛÜúùûüÑñÇç', 'AAAAAAaaaaaaEEEEeeeeIIIIiiiiOOOOOoooooUUUUuuuuNnCc')), 'A') || setweight(to_tsvector('english'::regconfig, ("tertulia"."conclusions"."answer" || ' ' || "tertulia"."conclusions"."agreements")) || to_tsvector('english'::regconfig, translate(normalize(("tertulia"."conclusions"."answer" || ' ' || "tertulia"."conclusions"."agreements")), 'ÁÀÂÄÃÅáàâäãåÉÈÊËéèêëÍÌÎÏíìîïÓÒÔÖÕóòôöõÚÙÛÜúùûüÑñÇç', 'AAAAAAaaaaaaEEEEeeeeIIIIiiiiOOOOOoooooUUUUuuuuNnCc')), 'B')) else (setweight(to_tsvector('simple'::regconfig, ("tertulia"."conclusions"."title" || ' ' || "tertulia"."conclusions"."question")) || to_tsvector('simple'::regconfig, translate(normalize(("tertulia"."conclusions"."title" || ' ' || "tertulia"."conclusions"."question")), 'ÁÀÂÄÃÅáàâäãåÉÈÊËéèêëÍÌÎÏíìîïÓÒÔÖÕóòôöõÚÙÛÜúùûüÑñÇç', 'AAAAAAaaaaaaEEEEeeeeIIIIiiiiOOOOOoooooUUUUuuuuNnCc')), 'A') || setweight(to_tsvector('simple'::regconfig, ("tertulia"."conclusions"."answer" || ' ' || "tertulia"."conclusions"."agreements")) || to_tsvector('simple'::regconfig, translate(normalize(("tertulia"."conclusions"."answer" || ' ' || "tertulia"."conclusions"."agreements")), 'ÁÀÂÄÃÅáàâäãåÉÈÊËéèêëÍÌÎÏíìîïÓÒÔÖÕóòôöõÚÙÛÜúùûüÑñÇç', 'AAAAAAaaaaaaEEEEeeeeIIIIiiiiOOOOOoooooUUUUuuuuNnCc')), 'B')) end) STORED NOT NULL,
	CONSTRAINT "conclusions_workspace_debate_pk" PRIMARY KEY("workspace","debate")
);
--> statement-breakpoint
CREATE TABLE "tertulia"."panels" (
	"workspace" text NOT NULL,
	"id" text NOT NULL,
	"definition" jsonb NOT NULL,
	"changed_by" text NOT NULL,
	"changed_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "panels_workspace_id_pk" PRIMARY KEY("workspace","id")
);
--> statement-breakpoint
CREATE TABLE "tertulia"."personas" (
	"workspace" text NOT NULL,
	"id" text NOT NULL,
	"definition" jsonb,
	"disabled" boolean DEFAULT false NOT NULL,
	"changed_by" text NOT NULL,
	"changed_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "personas_workspace_id_pk" PRIMARY KEY("workspace","id")
);
--> statement-breakpoint
CREATE TABLE "tertulia"."votes" (
	"workspace" text NOT NULL,
	"debate" text NOT NULL,
	"phase" text NOT NULL,
	"voter" text NOT NULL,
	"stance" integer NOT NULL,
	CONSTRAINT "votes_workspace_debate_phase_voter_pk" PRIMARY KEY("workspace","debate","phase","voter")
);
--> statement-breakpoint
CREATE TABLE "tertulia"."ratings" (
	"workspace" text NOT NULL,
	"debate" text NOT NULL,
	"person" text NOT NULL,
	"helpful" boolean NOT NULL,
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "ratings_workspace_debate_person_pk" PRIMARY KEY("workspace","debate","person")
);
--> statement-breakpoint
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
ALTER TABLE "tertulia"."debates" ADD COLUMN "votes" jsonb;--> statement-breakpoint
ALTER TABLE "tertulia"."debates" ADD COLUMN "earlier" jsonb;--> statement-breakpoint
ALTER TABLE "tertulia"."debates" ADD COLUMN "gate" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "tertulia"."drafts" ADD COLUMN "settled" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "tertulia"."turns" ADD COLUMN "took" integer;--> statement-breakpoint
ALTER TABLE "tertulia"."usage" ADD COLUMN "cost" double precision;--> statement-breakpoint
ALTER TABLE "tertulia"."conclusions" ADD CONSTRAINT "conclusions_workspace_debate_debates_workspace_id_fk" FOREIGN KEY ("workspace","debate") REFERENCES "tertulia"."debates"("workspace","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tertulia"."panels" ADD CONSTRAINT "panels_workspace_workspaces_id_fk" FOREIGN KEY ("workspace") REFERENCES "tertulia"."workspaces"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tertulia"."personas" ADD CONSTRAINT "personas_workspace_workspaces_id_fk" FOREIGN KEY ("workspace") REFERENCES "tertulia"."workspaces"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tertulia"."votes" ADD CONSTRAINT "votes_workspace_debate_debates_workspace_id_fk" FOREIGN KEY ("workspace","debate") REFERENCES "tertulia"."debates"("workspace","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tertulia"."ratings" ADD CONSTRAINT "ratings_workspace_debate_debates_workspace_id_fk" FOREIGN KEY ("workspace","debate") REFERENCES "tertulia"."debates"("workspace","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tertulia"."schedule_runs" ADD CONSTRAINT "schedule_runs_workspace_schedule_schedules_workspace_id_fk" FOREIGN KEY ("workspace","schedule") REFERENCES "tertulia"."schedules"("workspace","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tertulia"."schedules" ADD CONSTRAINT "schedules_workspace_workspaces_id_fk" FOREIGN KEY ("workspace") REFERENCES "tertulia"."workspaces"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "inbox_done_at_taken_at_index" ON "tertulia"."inbox" USING btree ("done_at","taken_at");--> statement-breakpoint
CREATE INDEX "installations_adapter_parent_index" ON "tertulia"."installations" USING btree ("adapter","parent");--> statement-breakpoint
CREATE INDEX "schedules_state_next_index" ON "tertulia"."schedules" USING btree ("state","next");