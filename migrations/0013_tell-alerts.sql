CREATE TABLE `alert_changes` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`subject_id` text NOT NULL,
	`news` text NOT NULL,
	`value` integer NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `dead_agendas` (
	`restaurant_id` text PRIMARY KEY NOT NULL,
	`entries` integer NOT NULL,
	`seen_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `alert_messages_channel` ON `alert_messages` (`channel_id`,"id" desc);