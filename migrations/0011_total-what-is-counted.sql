CREATE TABLE `platform_totals` (
	`what` text NOT NULL,
	`label` text NOT NULL,
	`number` integer NOT NULL,
	`amount` integer NOT NULL,
	PRIMARY KEY(`what`, `label`)
);
--> statement-breakpoint
CREATE INDEX `product_index_short` ON `product_index` (`stock_state`) WHERE "product_index"."deleted" = 0 AND "product_index"."stock_state" <> 'IN_STOCK';--> statement-breakpoint
CREATE INDEX `coupon_index_active` ON `coupon_index` (`ends_at`) WHERE "coupon_index"."active" = 1;--> statement-breakpoint
-- Sums are moved with the rows themselves, so that no way of writing them (events, rebuilds, sweeps) can
-- forget it. First what stands already; then whatever changes.
INSERT INTO `platform_totals` (`what`, `label`, `number`, `amount`)
SELECT 'order', `status`, count(*), 0 FROM `order_index` GROUP BY `status`
UNION ALL SELECT 'captured', `currency`, count(*), coalesce(sum(`state` ->> '$.capturedAmount'), 0) FROM `order_index` GROUP BY `currency`
UNION ALL SELECT 'refunded', `currency`, count(*), coalesce(sum(`state` ->> '$.refundedAmount'), 0) FROM `order_index` GROUP BY `currency`
UNION ALL SELECT 'claim', `status`, count(*), 0 FROM `claim_index` GROUP BY `status`
UNION ALL SELECT 'coupon', 'all', count(*), 0 FROM `coupon_index`;
--> statement-breakpoint
INSERT INTO `platform_totals` (`what`, `label`, `number`, `amount`)
SELECT 'wallet-entry', `type`, count(*), sum(`amount`) FROM `wallet_entries` GROUP BY `type`
UNION ALL SELECT 'wallet', 'all', count(*), 0 FROM `wallets`;
--> statement-breakpoint
CREATE TRIGGER `total_orders_inserted` AFTER INSERT ON `order_index` BEGIN
	INSERT INTO `platform_totals` (`what`, `label`, `number`, `amount`) VALUES
		('order', new.`status`, 1, 0),
		('captured', new.`currency`, 1, coalesce(new.`state` ->> '$.capturedAmount', 0)),
		('refunded', new.`currency`, 1, coalesce(new.`state` ->> '$.refundedAmount', 0))
	ON CONFLICT (`what`, `label`) DO UPDATE SET `number` = `number` + excluded.`number`, `amount` = `amount` + excluded.`amount`;
END;
--> statement-breakpoint
CREATE TRIGGER `total_orders_deleted` AFTER DELETE ON `order_index` BEGIN
	INSERT INTO `platform_totals` (`what`, `label`, `number`, `amount`) VALUES
		('order', old.`status`, -1, 0),
		('captured', old.`currency`, -1, -coalesce(old.`state` ->> '$.capturedAmount', 0)),
		('refunded', old.`currency`, -1, -coalesce(old.`state` ->> '$.refundedAmount', 0))
	ON CONFLICT (`what`, `label`) DO UPDATE SET `number` = `number` + excluded.`number`, `amount` = `amount` + excluded.`amount`;
END;
--> statement-breakpoint
CREATE TRIGGER `total_orders_moved` AFTER UPDATE ON `order_index` WHEN old.`status` IS NOT new.`status` BEGIN
	INSERT INTO `platform_totals` (`what`, `label`, `number`, `amount`)
	VALUES ('order', old.`status`, -1, 0), ('order', new.`status`, 1, 0)
	ON CONFLICT (`what`, `label`) DO UPDATE SET `number` = `number` + excluded.`number`;
END;
--> statement-breakpoint
CREATE TRIGGER `total_orders_paid` AFTER UPDATE ON `order_index`
WHEN (old.`currency`, old.`state` ->> '$.capturedAmount', old.`state` ->> '$.refundedAmount')
	IS NOT (new.`currency`, new.`state` ->> '$.capturedAmount', new.`state` ->> '$.refundedAmount')
BEGIN
	INSERT INTO `platform_totals` (`what`, `label`, `number`, `amount`) VALUES
		('captured', old.`currency`, -1, -coalesce(old.`state` ->> '$.capturedAmount', 0)),
		('captured', new.`currency`, 1, coalesce(new.`state` ->> '$.capturedAmount', 0)),
		('refunded', old.`currency`, -1, -coalesce(old.`state` ->> '$.refundedAmount', 0)),
		('refunded', new.`currency`, 1, coalesce(new.`state` ->> '$.refundedAmount', 0))
	ON CONFLICT (`what`, `label`) DO UPDATE SET `number` = `number` + excluded.`number`, `amount` = `amount` + excluded.`amount`;
END;
--> statement-breakpoint
CREATE TRIGGER `total_claims_inserted` AFTER INSERT ON `claim_index` BEGIN
	INSERT INTO `platform_totals` (`what`, `label`, `number`, `amount`) VALUES ('claim', new.`status`, 1, 0)
	ON CONFLICT (`what`, `label`) DO UPDATE SET `number` = `number` + 1;
END;
--> statement-breakpoint
CREATE TRIGGER `total_claims_deleted` AFTER DELETE ON `claim_index` BEGIN
	UPDATE `platform_totals` SET `number` = `number` - 1 WHERE `what` = 'claim' AND `label` = old.`status`;
END;
--> statement-breakpoint
CREATE TRIGGER `total_claims_moved` AFTER UPDATE ON `claim_index` WHEN old.`status` IS NOT new.`status` BEGIN
	INSERT INTO `platform_totals` (`what`, `label`, `number`, `amount`)
	VALUES ('claim', old.`status`, -1, 0), ('claim', new.`status`, 1, 0)
	ON CONFLICT (`what`, `label`) DO UPDATE SET `number` = `number` + excluded.`number`;
END;
--> statement-breakpoint
CREATE TRIGGER `total_coupons_inserted` AFTER INSERT ON `coupon_index` BEGIN
	INSERT INTO `platform_totals` (`what`, `label`, `number`, `amount`) VALUES ('coupon', 'all', 1, 0)
	ON CONFLICT (`what`, `label`) DO UPDATE SET `number` = `number` + 1;
END;
--> statement-breakpoint
CREATE TRIGGER `total_coupons_deleted` AFTER DELETE ON `coupon_index` BEGIN
	UPDATE `platform_totals` SET `number` = `number` - 1 WHERE `what` = 'coupon' AND `label` = 'all';
END;
--> statement-breakpoint
CREATE TRIGGER `total_wallet_entries_inserted` AFTER INSERT ON `wallet_entries` BEGIN
	INSERT INTO `platform_totals` (`what`, `label`, `number`, `amount`)
	VALUES ('wallet-entry', new.`type`, 1, new.`amount`)
	ON CONFLICT (`what`, `label`) DO UPDATE SET `number` = `number` + 1, `amount` = `amount` + excluded.`amount`;
END;
--> statement-breakpoint
CREATE TRIGGER `total_wallets_inserted` AFTER INSERT ON `wallets` BEGIN
	INSERT INTO `platform_totals` (`what`, `label`, `number`, `amount`) VALUES ('wallet', 'all', 1, 0)
	ON CONFLICT (`what`, `label`) DO UPDATE SET `number` = `number` + 1;
END;
