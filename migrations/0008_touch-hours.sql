-- Which hours of a restaurant are to be summed again: noted with the rows themselves, so that no way of
-- writing them (events, rebuilds, sweeps) can forget it.
CREATE TRIGGER `order_items_inserted` AFTER INSERT ON `order_items` WHEN new.`counted` = 1 BEGIN
	INSERT INTO `touched_hours` (`hour`, `restaurant_id`, `touches`)
	VALUES (new.`placed_at` / 3600000, new.`restaurant_id`, 1)
	ON CONFLICT (`hour`, `restaurant_id`) DO UPDATE SET `touches` = `touches` + 1;
END;
--> statement-breakpoint
CREATE TRIGGER `order_items_deleted` AFTER DELETE ON `order_items` WHEN old.`counted` = 1 BEGIN
	INSERT INTO `touched_hours` (`hour`, `restaurant_id`, `touches`)
	VALUES (old.`placed_at` / 3600000, old.`restaurant_id`, 1)
	ON CONFLICT (`hour`, `restaurant_id`) DO UPDATE SET `touches` = `touches` + 1;
END;
--> statement-breakpoint
CREATE TRIGGER `order_items_updated` AFTER UPDATE ON `order_items`
WHEN (old.`counted`, old.`quantity`, old.`revenue`, old.`placed_at`, old.`restaurant_id`)
	IS NOT (new.`counted`, new.`quantity`, new.`revenue`, new.`placed_at`, new.`restaurant_id`)
BEGIN
	INSERT INTO `touched_hours` (`hour`, `restaurant_id`, `touches`)
	VALUES (old.`placed_at` / 3600000, old.`restaurant_id`, 1), (new.`placed_at` / 3600000, new.`restaurant_id`, 1)
	ON CONFLICT (`hour`, `restaurant_id`) DO UPDATE SET `touches` = `touches` + 1;
END;
