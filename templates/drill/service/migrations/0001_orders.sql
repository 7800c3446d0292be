CREATE TABLE orders (
  id          uuid PRIMARY KEY,
  email       text NOT NULL,
  total_cents integer NOT NULL CHECK (total_cents >= 0),
  currency    char(3) NOT NULL DEFAULT 'EUR',
  coupon_code text,
  created_at  timestamptz NOT NULL DEFAULT now()
);
