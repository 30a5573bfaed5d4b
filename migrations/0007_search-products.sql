-- The search index over product_index. Its words are written by domain/catalogue/search-terms.ts; the
-- tokenizer only parts them at spaces. The last column holds the restaurant's key among its tokens.
CREATE VIRTUAL TABLE `product_search` USING fts5(
	`grams`, `initials`, `jamo`, `restaurant_id`,
	content='product_index', content_rowid='row_id', columnsize=0, tokenize='ascii'
);
--> statement-breakpoint
CREATE TRIGGER `product_search_insert` AFTER INSERT ON `product_index` BEGIN
	INSERT INTO `product_search` (`rowid`, `grams`, `initials`, `jamo`, `restaurant_id`)
	VALUES (new.`row_id`, new.`grams`, new.`initials`, new.`jamo`, new.`restaurant_id`);
END;
--> statement-breakpoint
CREATE TRIGGER `product_search_delete` AFTER DELETE ON `product_index` BEGIN
	INSERT INTO `product_search` (`product_search`, `rowid`, `grams`, `initials`, `jamo`, `restaurant_id`)
	VALUES ('delete', old.`row_id`, old.`grams`, old.`initials`, old.`jamo`, old.`restaurant_id`);
END;
--> statement-breakpoint
CREATE TRIGGER `product_search_update`
AFTER UPDATE OF `row_id`, `grams`, `initials`, `jamo`, `restaurant_id` ON `product_index`
WHEN (old.`row_id`, old.`grams`, old.`initials`, old.`jamo`, old.`restaurant_id`)
	IS NOT (new.`row_id`, new.`grams`, new.`initials`, new.`jamo`, new.`restaurant_id`)
BEGIN
	INSERT INTO `product_search` (`product_search`, `rowid`, `grams`, `initials`, `jamo`, `restaurant_id`)
	VALUES ('delete', old.`row_id`, old.`grams`, old.`initials`, old.`jamo`, old.`restaurant_id`);
	INSERT INTO `product_search` (`rowid`, `grams`, `initials`, `jamo`, `restaurant_id`)
	VALUES (new.`row_id`, new.`grams`, new.`initials`, new.`jamo`, new.`restaurant_id`);
END;
--> statement-breakpoint
INSERT INTO `product_search` (`product_search`) VALUES ('rebuild');
