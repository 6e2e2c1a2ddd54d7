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

export { expect } from "@playwright/test";
