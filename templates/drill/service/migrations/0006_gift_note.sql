ALTER TABLE orders ADD COLUMN gift_note text CHECK (length(gift_note) <= 200);
