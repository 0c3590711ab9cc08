ALTER TABLE "tertulia"."deliveries" ADD COLUMN "destination" text DEFAULT 'thread' NOT NULL;--> statement-breakpoint
ALTER TABLE "tertulia"."workspaces" ADD COLUMN "settings" jsonb;--> statement-breakpoint
CREATE INDEX "turns_workspace_at_index" ON "tertulia"."turns" USING btree ("workspace","at");