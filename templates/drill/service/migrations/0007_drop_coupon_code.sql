-- Coupons moved to the promotions service in spring; nothing has read this column since 1.7.
ALTER TABLE orders DROP COLUMN coupon_code;
