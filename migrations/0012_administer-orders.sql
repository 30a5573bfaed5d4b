ALTER TABLE `order_index` ADD `acceptable_at` integer;--> statement-breakpoint
ALTER TABLE `order_index` ADD `payment_method` text GENERATED ALWAYS AS (("state" ->> '$.paymentMethod')) VIRTUAL;--> statement-breakpoint
ALTER TABLE `order_index` ADD `captured_amount` integer GENERATED ALWAYS AS (("state" ->> '$.capturedAmount')) VIRTUAL;--> statement-breakpoint
ALTER TABLE `order_index` ADD `refunded_amount` integer GENERATED ALWAYS AS (("state" ->> '$.refundedAmount')) VIRTUAL;--> statement-breakpoint
ALTER TABLE `order_index` ADD `refund_due_amount` integer GENERATED ALWAYS AS (("state" ->> '$.refundDueAmount')) VIRTUAL;--> statement-breakpoint
ALTER TABLE `order_index` ADD `discount_amount` integer GENERATED ALWAYS AS (("state" ->> '$.charges.discountAmount')) VIRTUAL;--> statement-breakpoint
ALTER TABLE `order_index` ADD `accepted_at` integer GENERATED ALWAYS AS (("state" ->> '$.acceptedAt')) VIRTUAL;--> statement-breakpoint
ALTER TABLE `order_index` ADD `ready_at` integer GENERATED ALWAYS AS (("state" ->> '$.readyAt')) VIRTUAL;--> statement-breakpoint
CREATE INDEX `order_index_restaurant` ON `order_index` (`restaurant_id`,"id" desc);--> statement-breakpoint
CREATE INDEX `order_index_status` ON `order_index` (`status`,"id" desc) WHERE "order_index"."status" <> 'COMPLETED';--> statement-breakpoint
CREATE INDEX `order_index_payment_status` ON `order_index` (`payment_status`,"id" desc) WHERE "order_index"."payment_status" <> 'PAID';--> statement-breakpoint
CREATE INDEX `order_index_figures` ON `order_index` (`placed_at`,`restaurant_id`,`status`,`currency`,`total_amount`,`payment_method`,`captured_amount`,`refunded_amount`,`refund_due_amount`,`discount_amount`,`acceptable_at`,`accepted_at`,`ready_at`);