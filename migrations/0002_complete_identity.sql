CREATE TABLE `login_attempts` (
	`subject` text PRIMARY KEY NOT NULL,
	`started_at` integer NOT NULL,
	`tries` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `login_attempts_started_at` ON `login_attempts` (`started_at`);--> statement-breakpoint
CREATE TABLE `membership_changes` (
	`user_id` text NOT NULL,
	`restaurant_id` text NOT NULL,
	`version` integer NOT NULL,
	`changed_at` integer NOT NULL,
	`told` integer NOT NULL,
	PRIMARY KEY(`user_id`, `restaurant_id`)
);
--> statement-breakpoint
CREATE INDEX `membership_changes_untold` ON `membership_changes` (`changed_at`) WHERE "membership_changes"."told" = 0;--> statement-breakpoint
CREATE TABLE `password_resets` (
	`user_id` text PRIMARY KEY NOT NULL,
	`digest` text NOT NULL,
	`expires_at` integer NOT NULL,
	`used_at` integer,
	`used_by` text,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `password_resets_digest_unique` ON `password_resets` (`digest`);--> statement-breakpoint
CREATE INDEX `password_resets_expires_at` ON `password_resets` (`expires_at`);--> statement-breakpoint
CREATE TABLE `partners` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`client_id` text NOT NULL,
	`secret_digest` text NOT NULL,
	`created_at` integer NOT NULL,
	`disabled_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `partners_client_id_unique` ON `partners` (`client_id`);--> statement-breakpoint
ALTER TABLE `sessions` ADD `device` text DEFAULT 'other' NOT NULL;--> statement-breakpoint
ALTER TABLE `sessions` ADD `last_used_at` integer;--> statement-breakpoint
CREATE INDEX `sessions_open_by_user` ON `sessions` (`user_id`) WHERE "sessions"."ended_at" IS NULL;--> statement-breakpoint
CREATE INDEX `memberships_restaurant_id` ON `memberships` (`restaurant_id`);