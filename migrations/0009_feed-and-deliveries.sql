CREATE TABLE `deliveries` (
	`id` text PRIMARY KEY NOT NULL,
	`destination_kind` text NOT NULL,
	`destination_id` text NOT NULL,
	`dedupe_key` text NOT NULL,
	`restaurant_id` text NOT NULL,
	`event_id` text NOT NULL,
	`event_type` text NOT NULL,
	`order_id` text,
	`state` text NOT NULL,
	`attempts` integer NOT NULL,
	`next_at` integer NOT NULL,
	`lease_until` integer,
	`last_status` integer,
	`last_error` text,
	`created_at` integer NOT NULL,
	`settled_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `deliveries_once` ON `deliveries` (`destination_id`,`dedupe_key`);--> statement-breakpoint
CREATE INDEX `deliveries_due` ON `deliveries` (`destination_id`,`next_at`) WHERE "deliveries"."state" = 'PENDING';--> statement-breakpoint
CREATE INDEX `deliveries_state` ON `deliveries` (`state`,`id`);--> statement-breakpoint
CREATE INDEX `deliveries_restaurant` ON `deliveries` (`restaurant_id`,`id`);--> statement-breakpoint
CREATE TABLE `delivery_destinations` (
	`destination_id` text PRIMARY KEY NOT NULL,
	`run_id` text NOT NULL,
	`busy_until` integer NOT NULL,
	`paused_until` integer NOT NULL,
	`failing_since` integer
);
--> statement-breakpoint
CREATE TABLE `partner_endpoints` (
	`id` text PRIMARY KEY NOT NULL,
	`partner_id` text NOT NULL,
	`url` text NOT NULL,
	`secret` text NOT NULL,
	`previous_secret` text,
	`previous_until` integer,
	`created_at` integer NOT NULL,
	`disabled_at` integer,
	`disabled_reason` text
);
--> statement-breakpoint
CREATE INDEX `partner_endpoints_partner` ON `partner_endpoints` (`partner_id`);--> statement-breakpoint
CREATE TABLE `partner_keys` (
	`id` text PRIMARY KEY NOT NULL,
	`partner_id` text NOT NULL,
	`digest` text NOT NULL,
	`sealed` text NOT NULL,
	`hint` text NOT NULL,
	`created_at` integer NOT NULL,
	`ends_at` integer
);
--> statement-breakpoint
CREATE INDEX `partner_keys_partner` ON `partner_keys` (`partner_id`);--> statement-breakpoint
CREATE TABLE `partner_subscriptions` (
	`id` text PRIMARY KEY NOT NULL,
	`partner_id` text NOT NULL,
	`restaurant_id` text,
	`types` text,
	`created_at` integer NOT NULL,
	`ended_at` integer
);
--> statement-breakpoint
CREATE INDEX `partner_subscriptions_partner` ON `partner_subscriptions` (`partner_id`);--> statement-breakpoint
CREATE INDEX `partner_subscriptions_restaurant` ON `partner_subscriptions` (`restaurant_id`);--> statement-breakpoint
CREATE TABLE `feed_cursors` (
	`partner_id` text NOT NULL,
	`restaurant_id` text NOT NULL,
	`epoch` integer NOT NULL,
	`seq` integer NOT NULL,
	`lease_id` text,
	`lease_until` integer,
	`updated_at` integer NOT NULL,
	PRIMARY KEY(`partner_id`, `restaurant_id`)
);
--> statement-breakpoint
CREATE INDEX `feed_cursors_lease` ON `feed_cursors` (`lease_id`) WHERE "feed_cursors"."lease_id" IS NOT NULL;--> statement-breakpoint
CREATE TABLE `feed_events` (
	`restaurant_id` text NOT NULL,
	`epoch` integer NOT NULL,
	`seq` integer NOT NULL,
	`id` text NOT NULL,
	`type` text NOT NULL,
	`occurred_at` integer NOT NULL,
	`data` text NOT NULL,
	PRIMARY KEY(`restaurant_id`, `epoch`, `seq`)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `feed_events_id_unique` ON `feed_events` (`id`);--> statement-breakpoint
CREATE INDEX `feed_events_occurred_at` ON `feed_events` (`occurred_at`);--> statement-breakpoint
CREATE TABLE `feed_marks` (
	`partner_id` text NOT NULL,
	`restaurant_id` text NOT NULL,
	`epoch` integer NOT NULL,
	`seq` integer NOT NULL,
	`event_id` text NOT NULL,
	`state` text NOT NULL,
	`attempts` integer NOT NULL,
	`not_before` integer NOT NULL,
	`lease_id` text NOT NULL,
	`lease_until` integer NOT NULL,
	`marked_at` integer NOT NULL,
	`settled_at` integer,
	`redriven_at` integer,
	PRIMARY KEY(`partner_id`, `restaurant_id`, `epoch`, `seq`)
);
--> statement-breakpoint
CREATE INDEX `feed_marks_lease` ON `feed_marks` (`lease_id`);--> statement-breakpoint
CREATE INDEX `feed_marks_dead` ON `feed_marks` (`marked_at`) WHERE "feed_marks"."state" = 'DEAD';--> statement-breakpoint
CREATE INDEX `feed_marks_redriven` ON `feed_marks` (`partner_id`,`restaurant_id`) WHERE "feed_marks"."redriven_at" IS NOT NULL;--> statement-breakpoint
CREATE TABLE `feed_progress` (
	`restaurant_id` text NOT NULL,
	`epoch` integer NOT NULL,
	`start_seq` integer DEFAULT 0 NOT NULL,
	`contiguous_seq` integer NOT NULL,
	`updated_at` integer NOT NULL,
	PRIMARY KEY(`restaurant_id`, `epoch`)
);
--> statement-breakpoint
CREATE TABLE `feed_spans` (
	`restaurant_id` text NOT NULL,
	`epoch` integer NOT NULL,
	`from_seq` integer NOT NULL,
	`to_seq` integer NOT NULL,
	PRIMARY KEY(`restaurant_id`, `epoch`, `from_seq`)
);
--> statement-breakpoint
CREATE TABLE `partner_nonces` (
	`partner_id` text NOT NULL,
	`nonce` text NOT NULL,
	`expires_at` integer NOT NULL,
	PRIMARY KEY(`partner_id`, `nonce`)
);
--> statement-breakpoint
CREATE INDEX `partner_nonces_expires_at` ON `partner_nonces` (`expires_at`);--> statement-breakpoint
CREATE TABLE `retries` (
	`id` text PRIMARY KEY NOT NULL,
	`what` text NOT NULL,
	`fingerprint` text NOT NULL,
	`filter` text NOT NULL,
	`user_id` text,
	`retried` integer NOT NULL,
	`more` integer NOT NULL,
	`retried_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `database_restores` (
	`id` text PRIMARY KEY NOT NULL,
	`reason` text NOT NULL,
	`asked_by` text NOT NULL,
	`marked_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `restaurant_epochs` (
	`id` text PRIMARY KEY NOT NULL,
	`restaurant_id` text NOT NULL,
	`epoch` integer NOT NULL,
	`reason` text NOT NULL,
	`asked_by` text NOT NULL,
	`asked_at` integer NOT NULL,
	`restore_to` integer,
	`marked_at` integer,
	`begun_at` integer,
	`start_seq` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `restaurant_epochs_once` ON `restaurant_epochs` (`restaurant_id`,`epoch`);--> statement-breakpoint
CREATE INDEX `restaurant_epochs_unfinished` ON `restaurant_epochs` (`asked_at`) WHERE "restaurant_epochs"."begun_at" IS NULL;--> statement-breakpoint
ALTER TABLE `partners` ADD `cert_fingerprint` text;