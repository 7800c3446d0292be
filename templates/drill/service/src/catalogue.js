/** What the shop sells. Prices are in cents, without tax. */
export const catalogue = [
  { sku: 'tent-2p', name: 'Two-person tent', price: 24_900, stock: 400_000 },
  { sku: 'stove-gas', name: 'Gas stove', price: 5_450, stock: 900_000 },
  { sku: 'mat-light', name: 'Light sleeping mat', price: 8_900, stock: 700_000 },
  { sku: 'bottle-1l', name: 'Steel bottle, 1 l', price: 2_190, stock: 950_000 },
  { sku: 'lantern-solar', name: 'Solar lantern', price: 3_290, stock: 0 },
];

/** The product with this SKU, if the shop has one. */
export function findProduct(sku) {
  return catalogue.find((product) => product.sku === sku);
}
