import { approved, challenged, mistyped } from "./cards.js";
import { expect, repeated } from "./fixtures.js";

repeated("card paid", async ({ checkout }) => {
  await checkout.open("ottu-sandbox");
  await checkout.typeIn(approved);
  await checkout.pay();
  await checkout.expectSuccess("card_onsite");
});

repeated("form error, corrected and paid", async ({ checkout }) => {
  await checkout.open("ottu-sandbox");
  await checkout.typeIn(mistyped);
  await checkout.pay();
  await expect(checkout.form.getByText("Invalid card number")).toBeVisible();
  expect(checkout.calls).toHaveLength(0);
  expect(await checkout.transaction()).toMatchObject({ state: "pending" });

  await checkout.typeIn(approved);
  await checkout.pay();
  await checkout.expectSuccess("card_onsite");
});

repeated("3DS passed", async ({ checkout }) => {
  await checkout.open("mpgs-sandbox");
  await checkout.typeIn(challenged);
  await checkout.pay();
  const [{ amount }] = (await checkout.transaction()).payment_methods;
  const line = (label) => checkout.bank.locator("tr").filter({ hasText: `${label}:` });
  await expect(line("Amount")).toContainText(amount);
  await expect(line("Card Number")).toContainText(challenged.number.slice(-4));
  await checkout.passChallenge();
  await checkout.expectSuccess("card_onsite", { challenged: true });
});

repeated("saved card pays", async ({ checkout }) => {
  await checkout.open("ottu-sandbox");
  await checkout.typeIn(approved);
  await checkout.saveCard.check();
  await checkout.pay();
  await checkout.expectSuccess("card_onsite");

  await checkout.open("ottu-sandbox");
  await checkout.chooseSavedCard(approved.number.slice(-4));
  await checkout.pay();
  await checkout.expectSuccess("token_pay");
});
