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
CREATE INDEX "inbox_done_at_taken_at_index" ON "tertulia"."inbox" USING btree ("done_at","taken_at");--> statement-breakpoint
CREATE INDEX "installations_adapter_parent_index" ON "tertulia"."installations" USING btree ("adapter","parent");