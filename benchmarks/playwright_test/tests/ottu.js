// The Checkout API as the tests use it.
import { randomBytes } from "node:crypto";
import { expect } from "@playwright/test";

const TRANSACTIONS = "/b/checkout/v1/pymt-txn";

export const AMOUNT = "12.500";

export class CheckoutApi {
  constructor(request) {
    this.request = request;
  }

  async createSession(gateway, customerId, shop) {
    const answer = await this.request.post(`${TRANSACTIONS}/`, {
      data: {
        type: "e_commerce",
        amount: AMOUNT,
        currency_code: "KWD",
        pg_codes: [gateway],
        order_no: `N-${randomBytes(5).toString("hex")}`,
        customer_id: customerId,
        customer_first_name: "Fatima",
        customer_last_name: "Salem",
        customer_email: "fatima@example.com",
        customer_phone: "96550000000",
        redirect_url: `${shop}/return`,
        webhook_url: `${shop}/webhook`,
      },
    });
    expect(answer.status()).toBe(201);
    return (await answer.json()).session_id;
  }

  async transaction(sessionId) {
    const answer = await this.request.get(`${TRANSACTIONS}/${sessionId}`);
    expect(answer.status()).toBe(200);
    return answer.json();
  }
}
