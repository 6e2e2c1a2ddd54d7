// Published test cards.
export const approved = { number: "411111111111111", expiry: "01/39", cvv: "100" };
export const mistyped = { ...approved, number: "4111111111111112" };
export const challenged = { number: "4508750015741019", expiry: "01/39", cvv: "100" };
export const knet = { number: "8888880000000001", month: "09", year: "2030", pin: "1234" };
