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
ALTER TABLE "tertulia"."debates" ADD COLUMN "votes" jsonb;--> statement-breakpoint
ALTER TABLE "tertulia"."panels" ADD CONSTRAINT "panels_workspace_workspaces_id_fk" FOREIGN KEY ("workspace") REFERENCES "tertulia"."workspaces"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tertulia"."personas" ADD CONSTRAINT "personas_workspace_workspaces_id_fk" FOREIGN KEY ("workspace") REFERENCES "tertulia"."workspaces"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tertulia"."votes" ADD CONSTRAINT "votes_workspace_debate_debates_workspace_id_fk" FOREIGN KEY ("workspace","debate") REFERENCES "tertulia"."debates"("workspace","id") ON DELETE no action ON UPDATE no action;