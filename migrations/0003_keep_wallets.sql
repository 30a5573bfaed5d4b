CREATE TABLE `wallet_charges` (
	`id` text PRIMARY KEY NOT NULL,
	`user_id` text NOT NULL,
	`method` text NOT NULL,
	`amount` integer NOT NULL,
	`status` text NOT NULL,
	`payment` text NOT NULL,
	`version` integer NOT NULL,
	`asked_by` text NOT NULL,
	`restaurant_id` text,
	`idempotency_key` text NOT NULL,
	`fingerprint` text NOT NULL,
	`look_at` integer,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `wallet_charges_asked_by_key` ON `wallet_charges` (`asked_by`,`idempotency_key`);--> statement-breakpoint
CREATE INDEX `wallet_charges_user` ON `wallet_charges` (`user_id`,"id" desc);--> statement-breakpoint
CREATE INDEX `wallet_charges_look_at` ON `wallet_charges` (`look_at`) WHERE "wallet_charges"."look_at" IS NOT NULL;--> statement-breakpoint
CREATE TABLE `wallet_entries` (
	`seq` integer PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`user_id` text,
	`type` text NOT NULL,
	`cause` text NOT NULL,
	`amount` integer NOT NULL,
	`balance_after` integer NOT NULL,
	`leg` text NOT NULL,
	`order_id` text,
	`payment_id` text,
	`refund_id` text,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `wallets`(`user_id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "wallet_entries_balance_after" CHECK("wallet_entries"."balance_after" >= 0),
	CONSTRAINT "wallet_entries_amount" CHECK(CASE WHEN "wallet_entries"."type" = 'VOID' THEN "wallet_entries"."amount" = 0
        ELSE "wallet_entries"."amount" > 0 AND "wallet_entries"."user_id" IS NOT NULL END)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `wallet_entries_id_unique` ON `wallet_entries` (`id`);--> statement-breakpoint
CREATE UNIQUE INDEX `wallet_entries_leg_unique` ON `wallet_entries` (`leg`);--> statement-breakpoint
CREATE INDEX `wallet_entries_user` ON `wallet_entries` (`user_id`,"seq" desc);--> statement-breakpoint
CREATE INDEX `wallet_entries_payment` ON `wallet_entries` (`payment_id`);--> statement-breakpoint
CREATE TABLE `wallet_refunds` (
	`id` text PRIMARY KEY NOT NULL,
	`user_id` text NOT NULL,
	`amount` integer NOT NULL,
	`reason` text NOT NULL,
	`status` text NOT NULL,
	`parts` text NOT NULL,
	`version` integer NOT NULL,
	`idempotency_key` text NOT NULL,
	`fingerprint` text NOT NULL,
	`try_at` integer,
	`requested_at` integer NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `wallet_refunds_user_key` ON `wallet_refunds` (`user_id`,`idempotency_key`);--> statement-breakpoint
CREATE INDEX `wallet_refunds_user` ON `wallet_refunds` (`user_id`,"id" desc);--> statement-breakpoint
CREATE INDEX `wallet_refunds_status` ON `wallet_refunds` (`status`,"id" desc);--> statement-breakpoint
CREATE INDEX `wallet_refunds_try_at` ON `wallet_refunds` (`try_at`) WHERE "wallet_refunds"."try_at" IS NOT NULL;--> statement-breakpoint
CREATE TABLE `wallets` (
	`user_id` text PRIMARY KEY NOT NULL,
	`balance` integer NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "wallets_balance" CHECK("wallets"."balance" >= 0)
);
