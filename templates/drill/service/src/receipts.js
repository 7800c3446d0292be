const loyaltyUrl = process.env.LOYALTY_URL;

/** The receipt that is mailed after an order. */
export function receiptFor(order) {
  return {
    to: order.email,
    subject: `Your order ${order.id}`,
    lines: order.lines,
    price: order.price,
    giftNote: order.giftNote,
    pointsLink: loyaltyUrl ? `${loyaltyUrl}/points?order=${order.id}` : undefined,
  };
}
