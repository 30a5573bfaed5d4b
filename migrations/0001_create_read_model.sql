CREATE TABLE `dead_letters` (
	`id` text PRIMARY KEY NOT NULL,
	`body` text,
	`error_kind` text NOT NULL,
	`first_seen_at` integer NOT NULL,
	`redriven_at` integer
);
--> statement-breakpoint
CREATE INDEX `dead_letters_redriven_at` ON `dead_letters` (`redriven_at`);--> statement-breakpoint
CREATE TABLE `order_index` (
	`id` text PRIMARY KEY NOT NULL,
	`restaurant_id` text NOT NULL,
	`user_id` text,
	`session_id` text NOT NULL,
	`status` text NOT NULL,
	`payment_status` text NOT NULL,
	`business_day` text NOT NULL,
	`number` text NOT NULL,
	`table_id` text,
	`total_amount` integer NOT NULL,
	`currency` text NOT NULL,
	`placed_at` integer NOT NULL,
	`state` text NOT NULL,
	`payments` text NOT NULL,
	`refunds` text NOT NULL,
	`epoch` integer NOT NULL,
	`seq` integer NOT NULL,
	`generation` integer NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `order_index_user` ON `order_index` (`user_id`,"id" desc);--> statement-breakpoint
CREATE INDEX `order_index_session` ON `order_index` (`session_id`,"id" desc);--> statement-breakpoint
CREATE INDEX `order_index_restaurant_generation` ON `order_index` (`restaurant_id`,`generation`);--> statement-breakpoint
CREATE TABLE `projection_state` (
	`restaurant_id` text PRIMARY KEY NOT NULL,
	`epoch` integer NOT NULL,
	`seq` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`generation` integer NOT NULL,
	`generation_epoch` integer NOT NULL,
	`generation_seq` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `restaurant_index` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`settings` text NOT NULL,
	`epoch` integer NOT NULL,
	`seq` integer NOT NULL,
	`generation` integer NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `rebuild_restaurants` (
	`run_id` text NOT NULL,
	`restaurant_id` text NOT NULL,
	`after_id` text,
	`rows_written` integer NOT NULL,
	`rows_swept` integer NOT NULL,
	`moved_at` integer NOT NULL,
	`done_at` integer,
	PRIMARY KEY(`run_id`, `restaurant_id`),
	FOREIGN KEY (`run_id`) REFERENCES `rebuild_runs`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `rebuild_restaurants_unfinished` ON `rebuild_restaurants` (`moved_at`) WHERE "rebuild_restaurants"."done_at" IS NULL;--> statement-breakpoint
CREATE TABLE `rebuild_runs` (
	`id` text PRIMARY KEY NOT NULL,
	`projection` text NOT NULL,
	`generation` integer NOT NULL,
	`started_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `rebuild_runs_generation_unique` ON `rebuild_runs` (`generation`);