CREATE TABLE `alert_channels` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`name` text NOT NULL,
	`sealed` text NOT NULL,
	`hint` text NOT NULL,
	`kinds` text,
	`created_at` integer NOT NULL,
	`disabled_at` integer
);
--> statement-breakpoint
CREATE TABLE `alert_messages` (
	`id` text PRIMARY KEY NOT NULL,
	`channel_id` text NOT NULL,
	`kind` text,
	`subject_id` text NOT NULL,
	`news` text NOT NULL,
	`value` integer NOT NULL,
	`attempts` integer NOT NULL,
	`next_at` integer,
	`sent_at` integer,
	`last_error` text,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `alert_messages_due` ON `alert_messages` (`next_at`) WHERE "alert_messages"."next_at" IS NOT NULL;--> statement-breakpoint
CREATE INDEX `alert_messages_created_at` ON `alert_messages` (`created_at`);--> statement-breakpoint
CREATE TABLE `alert_rules` (
	`kind` text PRIMARY KEY NOT NULL,
	`enabled` integer NOT NULL,
	`fires_at` integer NOT NULL,
	`clears_at` integer NOT NULL,
	`hold_seconds` integer NOT NULL,
	`changed_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `alert_states` (
	`kind` text NOT NULL,
	`subject_id` text NOT NULL,
	`state` text NOT NULL,
	`turning_since` integer,
	`since` integer NOT NULL,
	`value` integer NOT NULL,
	`told_at` integer,
	`evaluated_at` integer NOT NULL,
	PRIMARY KEY(`kind`, `subject_id`)
);
--> statement-breakpoint
CREATE TABLE `audit_entries` (
	`id` text PRIMARY KEY NOT NULL,
	`at` integer NOT NULL,
	`actor_id` text,
	`actor_role` text NOT NULL,
	`action` text NOT NULL,
	`subject` text NOT NULL,
	`subject_id` text NOT NULL,
	`restaurant_id` text,
	`reason` text,
	`changes` text NOT NULL,
	`trace_id` text
);
--> statement-breakpoint
CREATE INDEX `audit_entries_subject` ON `audit_entries` (`subject`,`subject_id`,"id" desc);--> statement-breakpoint
CREATE INDEX `audit_entries_actor` ON `audit_entries` (`actor_id`,"id" desc);--> statement-breakpoint
CREATE INDEX `audit_entries_action` ON `audit_entries` (`action`,"id" desc);--> statement-breakpoint
CREATE INDEX `audit_entries_restaurant` ON `audit_entries` (`restaurant_id`,"id" desc) WHERE "audit_entries"."restaurant_id" IS NOT NULL;--> statement-breakpoint
CREATE TABLE `erasure_restaurants` (
	`user_id` text NOT NULL,
	`restaurant_id` text NOT NULL,
	`done_at` integer,
	PRIMARY KEY(`user_id`, `restaurant_id`)
);
--> statement-breakpoint
CREATE TABLE `erasures` (
	`user_id` text PRIMARY KEY NOT NULL,
	`asked_by` text NOT NULL,
	`asked_at` integer NOT NULL,
	`done_at` integer
);
--> statement-breakpoint
CREATE INDEX `erasures_open` ON `erasures` (`asked_at`) WHERE "erasures"."done_at" IS NULL;--> statement-breakpoint
CREATE TABLE `platform_settings` (
	`name` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL,
	`version` integer NOT NULL,
	`change_id` text NOT NULL,
	`changed_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `setting_changes` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`before` text NOT NULL,
	`after` text NOT NULL,
	`version` integer NOT NULL,
	`reason` text NOT NULL,
	`state` text NOT NULL,
	`proposed_by` text NOT NULL,
	`proposed_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`decided_by` text,
	`decided_at` integer,
	`decision_note` text,
	`idempotency_key` text,
	`fingerprint` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `setting_changes_open` ON `setting_changes` (`name`) WHERE "setting_changes"."state" = 'PROPOSED';--> statement-breakpoint
CREATE INDEX `setting_changes_name` ON `setting_changes` (`name`,"id" desc);--> statement-breakpoint
CREATE UNIQUE INDEX `setting_changes_key` ON `setting_changes` (`proposed_by`,`idempotency_key`);--> statement-breakpoint
CREATE TABLE `refund_requests` (
	`id` text PRIMARY KEY NOT NULL,
	`order_id` text NOT NULL,
	`restaurant_id` text NOT NULL,
	`user_id` text,
	`state` text NOT NULL,
	`amount` integer,
	`lines` text,
	`sum` integer NOT NULL,
	`currency` text NOT NULL,
	`reason` text NOT NULL,
	`policy` text NOT NULL,
	`requested_by` text NOT NULL,
	`requested_at` integer NOT NULL,
	`decided_by` text,
	`decided_at` integer,
	`decision_note` text,
	`refund_ids` text,
	`failure` text,
	`change_id` text NOT NULL,
	`look_at` integer,
	`idempotency_key` text NOT NULL,
	`fingerprint` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `refund_requests_key` ON `refund_requests` (`requested_by`,`idempotency_key`);--> statement-breakpoint
CREATE UNIQUE INDEX `refund_requests_open` ON `refund_requests` (`order_id`) WHERE "refund_requests"."state" IN ('REQUESTED', 'APPROVED');--> statement-breakpoint
CREATE INDEX `refund_requests_state` ON `refund_requests` (`state`,"id" desc);--> statement-breakpoint
CREATE INDEX `refund_requests_order` ON `refund_requests` (`order_id`,"id" desc);--> statement-breakpoint
CREATE INDEX `refund_requests_user` ON `refund_requests` (`user_id`,"id" desc) WHERE "refund_requests"."user_id" IS NOT NULL;--> statement-breakpoint
CREATE INDEX `refund_requests_look_at` ON `refund_requests` (`look_at`) WHERE "refund_requests"."look_at" IS NOT NULL;--> statement-breakpoint
CREATE TABLE `support_activity` (
	`id` text PRIMARY KEY NOT NULL,
	`at` integer NOT NULL,
	`actor_id` text NOT NULL,
	`actor_role` text NOT NULL,
	`action` text NOT NULL,
	`customer_id` text,
	`order_id` text,
	`reason` text,
	`details` text NOT NULL,
	`trace_id` text
);
--> statement-breakpoint
CREATE INDEX `support_activity_actor` ON `support_activity` (`actor_id`,"id" desc);--> statement-breakpoint
CREATE INDEX `support_activity_customer` ON `support_activity` (`customer_id`,"id" desc);--> statement-breakpoint
CREATE INDEX `support_activity_action` ON `support_activity` (`action`,"id" desc);--> statement-breakpoint
CREATE INDEX `support_activity_order` ON `support_activity` (`order_id`,"id" desc) WHERE "support_activity"."order_id" IS NOT NULL;--> statement-breakpoint
CREATE INDEX `support_activity_at` ON `support_activity` (`at`);--> statement-breakpoint
CREATE TABLE `support_notes` (
	`id` text PRIMARY KEY NOT NULL,
	`user_id` text NOT NULL,
	`author_id` text NOT NULL,
	`text` text NOT NULL,
	`created_at` integer NOT NULL,
	`idempotency_key` text,
	`fingerprint` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `support_notes_user` ON `support_notes` (`user_id`,"id" desc);--> statement-breakpoint
CREATE UNIQUE INDEX `support_notes_key` ON `support_notes` (`author_id`,`idempotency_key`);--> statement-breakpoint
ALTER TABLE `users` ADD `locked_at` integer;--> statement-breakpoint
ALTER TABLE `users` ADD `erased_at` integer;--> statement-breakpoint
CREATE INDEX `users_role` ON `users` (`role`,`created_at`);--> statement-breakpoint
CREATE INDEX `users_created_at` ON `users` (`created_at`);--> statement-breakpoint
CREATE INDEX `users_name` ON `users` ("name" COLLATE NOCASE);