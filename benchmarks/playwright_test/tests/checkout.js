// The merchant's page as a page object.
import { expect } from "@playwright/test";
import { AMOUNT } from "./ottu.js";

export class Checkout {
  constructor(page, api, shop, customerId, calls) {
    Object.assign(this, { page, api, shop, customerId, calls });
    this.form = page.frameLocator('iframe[title="Card details"]');
    this.bank = page
      .frameLocator('iframe[title="3D Secure"]')
      .frameLocator('iframe[title="3D Secure challenge"]');
    this.saveCard = page.getByRole("switch", { name: /Save Your Card/ });
    this.sheet = page.getByRole("dialog", { name: "Apple Pay" });
  }

  async open(gateway) {
    this.sessionId = await this.api.createSession(gateway, this.customerId, this.shop);
    this.calls.length = 0;
    await this.page.goto(`/checkout?session_id=${this.sessionId}`);
  }

  async typeIn({ number, expiry, cvv }) {
    await this.form.getByRole("textbox", { name: "Card Number" }).fill(number);
    await this.form.getByRole("textbox", { name: /MM.YY/ }).fill(expiry);
    await this.form.getByRole("textbox", { name: "CVV" }).fill(cvv);
  }

  async pay() {
    await this.page.getByRole("button", { name: /^Pay / }).click();
  }

  async chooseSavedCard(lastFour) {
    const row = this.page.locator('[name="token_pay"]').filter({ hasText: lastFour });
    await row.getByRole("radio").check();
  }

  async passChallenge() {
    await this.bank.getByLabel("Authentication Result").selectOption("Y");
    await this.bank.getByRole("button", { name: "Submit" }).click();
  }

  transaction() {
    return this.api.transaction(this.sessionId);
  }

  async expectSuccess(formOfPayment, { challenged = false } = {}) {
    await this.page.waitForURL("**/return?**");
    expect(this.calls).toHaveLength(1);
    const [{ name, data }] = this.calls;
    expect(name).toBe("success");
    expect(data).toMatchObject({
      status: "success",
      session_id: this.sessionId,
      form_of_payment: formOfPayment,
    });
    expect(Boolean(data.challenge_occurred)).toBe(challenged);
    await this.expectPaid();
  }

  async expectPaid() {
    expect(await this.transaction()).toMatchObject({ state: "paid", amount: AMOUNT });
    await expect(this.page.locator("#order-state")).toHaveText("paid");
  }
}
