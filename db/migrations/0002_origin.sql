ALTER TABLE "tertulia"."debates" ADD COLUMN "origin" text;--> statement-breakpoint
ALTER TABLE "tertulia"."debates" ADD CONSTRAINT "debates_workspace_origin_unique" UNIQUE("workspace","origin");