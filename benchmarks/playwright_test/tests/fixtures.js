// What a test asks for by name.
import { randomUUID } from "node:crypto";
import { test as base } from "@playwright/test";
import { Checkout } from "./checkout.js";
import { CheckoutApi } from "./ottu.js";

export const test = base.extend({
  api: async ({ playwright }, use) => {
    const request = await playwright.request.newContext({
      baseURL: process.env.OTTU_BASE_URL,
      extraHTTPHeaders: { Authorization: `Api-Key ${process.env.OTTU_API_KEY}` },
    });
    await use(new CheckoutApi(request));
    await request.dispose();
  },

  calls: async ({ page }, use) => {
    const calls = [];
    await page.exposeFunction("recordCallback", (name, data) => calls.push({ name, data }));
    await use(calls);
  },

  checkout: async ({ page, api, baseURL, calls }, use) => {
    await use(new Checkout(page, api, baseURL, `node-${randomUUID()}`, calls));
  },
});

// `--repeat-each` would start a worker anew for each turn, which a suite of so many tests would not.
export function repeated(title, body) {
  for (let turn = 1; turn <= Number(process.env.OF_EACH); turn++) test(`${title}, turn ${turn}`, body);
}

export { expect } from "@playwright/test";
