CREATE TABLE `cart_checkouts` (
	`owner` text NOT NULL,
	`idempotency_key` text NOT NULL,
	`fingerprint` text NOT NULL,
	`cart_id` text NOT NULL,
	`restaurant_id` text NOT NULL,
	`lines` text NOT NULL,
	`started_at` integer NOT NULL,
	`order_id` text,
	PRIMARY KEY(`owner`, `idempotency_key`)
);
--> statement-breakpoint
CREATE INDEX `cart_checkouts_started_at` ON `cart_checkouts` (`started_at`);--> statement-breakpoint
CREATE INDEX `cart_checkouts_unfinished` ON `cart_checkouts` (`started_at`) WHERE "cart_checkouts"."order_id" is null;--> statement-breakpoint
CREATE TABLE `carts` (
	`id` text PRIMARY KEY NOT NULL,
	`owner` text NOT NULL,
	`restaurant_id` text,
	`lines` text NOT NULL,
	`version` integer NOT NULL,
	`recent_keys` text NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`expires_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `carts_owner_unique` ON `carts` (`owner`);--> statement-breakpoint
CREATE INDEX `carts_expires_at` ON `carts` (`expires_at`);--> statement-breakpoint
CREATE TABLE `category_index` (
	`id` text PRIMARY KEY NOT NULL,
	`restaurant_id` text NOT NULL,
	`name` text NOT NULL,
	`names` text NOT NULL,
	`position` integer NOT NULL,
	`deleted` integer NOT NULL,
	`epoch` integer NOT NULL,
	`seq` integer NOT NULL,
	`generation` integer NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `category_index_restaurant` ON `category_index` (`restaurant_id`);--> statement-breakpoint
CREATE TABLE `exchange_rates` (
	`base` text NOT NULL,
	`quote` text NOT NULL,
	`day` text NOT NULL,
	`rate_millionths` integer NOT NULL,
	`entered_at` integer NOT NULL,
	`entered_by` text NOT NULL,
	PRIMARY KEY(`base`, `quote`, `day`)
);
--> statement-breakpoint
CREATE TABLE `item_hours` (
	`hour` integer NOT NULL,
	`restaurant_id` text NOT NULL,
	`item_id` text NOT NULL,
	`order_count` integer NOT NULL,
	`quantity` integer NOT NULL,
	`revenue` integer NOT NULL,
	PRIMARY KEY(`hour`, `restaurant_id`, `item_id`)
);
--> statement-breakpoint
CREATE INDEX `item_hours_restaurant` ON `item_hours` (`restaurant_id`,`hour`);--> statement-breakpoint
CREATE TABLE `order_items` (
	`order_id` text NOT NULL,
	`item_id` text NOT NULL,
	`restaurant_id` text NOT NULL,
	`placed_at` integer NOT NULL,
	`quantity` integer NOT NULL,
	`revenue` integer NOT NULL,
	`counted` integer NOT NULL,
	`epoch` integer NOT NULL,
	`seq` integer NOT NULL,
	`generation` integer NOT NULL,
	`updated_at` integer NOT NULL,
	PRIMARY KEY(`order_id`, `item_id`)
);
--> statement-breakpoint
CREATE INDEX `order_items_restaurant_placed` ON `order_items` (`restaurant_id`,`placed_at`);--> statement-breakpoint
CREATE INDEX `order_items_placed` ON `order_items` (`placed_at`);--> statement-breakpoint
CREATE TABLE `product_index` (
	`row_id` integer PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`restaurant_id` text NOT NULL,
	`category_id` text NOT NULL,
	`name` text NOT NULL,
	`price` integer NOT NULL,
	`position` integer NOT NULL,
	`stock_state` text NOT NULL,
	`deleted` integer NOT NULL,
	`item` text NOT NULL,
	`grams` text NOT NULL,
	`initials` text NOT NULL,
	`jamo` text NOT NULL,
	`epoch` integer NOT NULL,
	`seq` integer NOT NULL,
	`generation` integer NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `product_index_id_unique` ON `product_index` (`id`);--> statement-breakpoint
CREATE INDEX `product_index_restaurant` ON `product_index` (`restaurant_id`,`category_id`);--> statement-breakpoint
CREATE INDEX `product_index_price` ON `product_index` (`price`,`row_id`) WHERE "product_index"."deleted" = 0;--> statement-breakpoint
CREATE INDEX `product_index_name` ON `product_index` (`name`,`row_id`) WHERE "product_index"."deleted" = 0;--> statement-breakpoint
CREATE TABLE `touched_hours` (
	`hour` integer NOT NULL,
	`restaurant_id` text NOT NULL,
	`touches` integer NOT NULL,
	PRIMARY KEY(`hour`, `restaurant_id`)
);
--> statement-breakpoint
CREATE TABLE `claim_index` (
	`id` text PRIMARY KEY NOT NULL,
	`coupon_id` text NOT NULL,
	`restaurant_id` text NOT NULL,
	`holder` text NOT NULL,
	`status` text NOT NULL,
	`state` text NOT NULL,
	`claimed_at` integer NOT NULL,
	`epoch` integer NOT NULL,
	`seq` integer NOT NULL,
	`generation` integer NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `claim_index_holder` ON `claim_index` (`holder`,`claimed_at`);--> statement-breakpoint
CREATE INDEX `claim_index_restaurant` ON `claim_index` (`restaurant_id`,`generation`);--> statement-breakpoint
CREATE TABLE `coupon_codes` (
	`code` text PRIMARY KEY NOT NULL,
	`restaurant_id` text NOT NULL,
	`registered_at` integer NOT NULL,
	`settled_at` integer
);
--> statement-breakpoint
CREATE INDEX `coupon_codes_unsettled` ON `coupon_codes` (`registered_at`) WHERE "coupon_codes"."settled_at" IS NULL;--> statement-breakpoint
CREATE TABLE `coupon_index` (
	`id` text PRIMARY KEY NOT NULL,
	`restaurant_id` text NOT NULL,
	`code` text NOT NULL,
	`active` integer NOT NULL,
	`ends_at` integer,
	`state` text NOT NULL,
	`created_at` integer NOT NULL,
	`epoch` integer NOT NULL,
	`seq` integer NOT NULL,
	`generation` integer NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `coupon_index_restaurant` ON `coupon_index` (`restaurant_id`,`created_at`);--> statement-breakpoint
CREATE INDEX `coupon_index_created_at` ON `coupon_index` (`created_at`);