-- Support looks orders up by address. CONCURRENTLY: the table is written to all day.
CREATE INDEX CONCURRENTLY orders_email ON orders (lower(email));
