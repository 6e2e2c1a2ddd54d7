import { knet } from "./cards.js";
import { expect, repeated } from "./fixtures.js";

repeated("KNET pays", async ({ checkout, page }) => {
  await checkout.open("knet-sandbox");
  await checkout.pay();
  await page.getByLabel("Card Number").fill(knet.number);
  await page.getByLabel("Month").selectOption(knet.month);
  await page.getByLabel("Year").selectOption(knet.year);
  await page.getByLabel("PIN").fill(knet.pin);
  await page.getByRole("button", { name: "Submit" }).click();
  await page.waitForURL("**/return?**");
  expect(checkout.calls).toHaveLength(0);
  await checkout.expectPaid();
});
