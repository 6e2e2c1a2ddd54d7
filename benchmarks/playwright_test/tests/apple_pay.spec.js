import { fileURLToPath } from "node:url";
import { expect, repeated } from "./fixtures.js";
import { AMOUNT } from "./ottu.js";

// A device that has Apple Pay: the same stand-in that the harness uses.
const device = fileURLToPath(new URL("../../../harness/wallets/apple_pay.js", import.meta.url));

repeated("Apple Pay pays", async ({ checkout, page }) => {
  await page.addInitScript({ path: device });
  await checkout.open("ottu-sandbox");
  await page.getByRole("button", { name: "Apple Pay" }).click();
  await expect(checkout.sheet).toContainText(AMOUNT);
  await checkout.sheet.getByRole("button", { name: "Pay with Touch ID" }).click();
  await checkout.expectSuccess("apple_pay");
});
