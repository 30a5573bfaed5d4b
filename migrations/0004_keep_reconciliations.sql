CREATE TABLE `reconciliation_differences` (
	`id` text PRIMARY KEY NOT NULL,
	`owner` text NOT NULL,
	`subject` text NOT NULL,
	`kind` text NOT NULL,
	`expected` integer NOT NULL,
	`actual` integer NOT NULL,
	`detail` text,
	`run_id` text NOT NULL,
	`first_seen_at` integer NOT NULL,
	`last_seen_at` integer NOT NULL,
	`resolved_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `reconciliation_differences_open` ON `reconciliation_differences` (`subject`,`kind`) WHERE "reconciliation_differences"."resolved_at" IS NULL;--> statement-breakpoint
CREATE INDEX `reconciliation_differences_owner` ON `reconciliation_differences` (`owner`) WHERE "reconciliation_differences"."resolved_at" IS NULL;--> statement-breakpoint
CREATE TABLE `reconciliation_runs` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`stage` text NOT NULL,
	`after` text,
	`version` integer NOT NULL,
	`since` integer NOT NULL,
	`as_of` integer NOT NULL,
	`started_at` integer NOT NULL,
	`finished_at` integer,
	`command` text,
	`orders_checked` integer NOT NULL,
	`orders_skipped` integer NOT NULL,
	`wallets_checked` integer NOT NULL,
	`entries_checked` integer NOT NULL,
	`captured` text NOT NULL,
	`refunded` text NOT NULL,
	`differences` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `reconciliation_runs_command_unique` ON `reconciliation_runs` (`command`);--> statement-breakpoint
CREATE UNIQUE INDEX `reconciliation_runs_under_way` ON `reconciliation_runs` (`kind`) WHERE "reconciliation_runs"."finished_at" IS NULL;