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
ALTER TABLE "tertulia"."debates" ADD COLUMN "earlier" jsonb;--> statement-breakpoint
ALTER TABLE "tertulia"."debates" ADD COLUMN "gate" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "tertulia"."drafts" ADD COLUMN "settled" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "tertulia"."turns" ADD COLUMN "took" integer;--> statement-breakpoint
ALTER TABLE "tertulia"."usage" ADD COLUMN "cost" double precision;--> statement-breakpoint
ALTER TABLE "tertulia"."conclusions" ADD CONSTRAINT "conclusions_workspace_debate_debates_workspace_id_fk" FOREIGN KEY ("workspace","debate") REFERENCES "tertulia"."debates"("workspace","id") ON DELETE no action ON UPDATE no action;