/** An error that the caller may see: its status and code become the response. */
export class ShopError extends Error {
  constructor(status, code, message) {
    super(message);
    this.name = this.constructor.name;
    this.status = status;
    this.code = code;
  }
}

export class BadRequest extends ShopError {
  constructor(message) {
    super(400, 'bad_request', message);
  }
}

export class CartNotFound extends ShopError {
  constructor(id) {
    super(404, 'cart_not_found', `There is no cart ${id}`);
  }
}

export class OutOfStock extends ShopError {
  constructor(sku) {
    super(409, 'out_of_stock', `${sku} is sold out`);
  }
}

export class CardDeclined extends ShopError {
  constructor() {
    super(402, 'card_declined', 'The card was declined');
  }
}

export class PoolTimeout extends ShopError {
  constructor(message) {
    super(503, 'database_busy', message);
  }
}
