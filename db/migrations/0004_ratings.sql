CREATE TABLE "tertulia"."ratings" (
	"workspace" text NOT NULL,
	"debate" text NOT NULL,
	"person" text NOT NULL,
	"helpful" boolean NOT NULL,
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "ratings_workspace_debate_person_pk" PRIMARY KEY("workspace","debate","person")
);
--> statement-breakpoint
ALTER TABLE "tertulia"."ratings" ADD CONSTRAINT "ratings_workspace_debate_debates_workspace_id_fk" FOREIGN KEY ("workspace","debate") REFERENCES "tertulia"."debates"("workspace","id") ON DELETE no action ON UPDATE no action;