-- Why a quantity changed. Written with the change itself, read by the warehouse at night.
CREATE TABLE stock_movements (
  id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  sku      text NOT NULL REFERENCES stock (sku),
  change   integer NOT NULL,
  order_id uuid REFERENCES orders (id),
  moved_at timestamptz NOT NULL DEFAULT now()
);
