import { defineConfig, devices } from "@playwright/test";

// Where everything is comes from benchmarks/compare.py.
const { BROWSER_ARGS, HARNESS_BROWSER_PATH, REPORTS, SHOP_PORT } = process.env;

export default defineConfig({
  testDir: "./tests",
  outputDir: `${REPORTS}/test-results`,
  fullyParallel: true,
  forbidOnly: true,
  retries: 0,
  reporter: [
    ["line"],
    ["html", { open: "never", outputFolder: `${REPORTS}/html` }],
    ["json", { outputFile: `${REPORTS}/result.json` }],
  ],
  use: {
    baseURL: `http://127.0.0.1:${SHOP_PORT}`,
    actionTimeout: 10_000,
    trace: "on-first-retry",
    launchOptions: {
      args: BROWSER_ARGS.split(" ").filter(Boolean),
      executablePath: HARNESS_BROWSER_PATH || undefined,
    },
  },
  projects: [{ name: "chromium", use: { ...devices["Desktop Chrome"] } }],
  webServer: { command: `"${process.execPath}" shop.js`, url: `http://127.0.0.1:${SHOP_PORT}/shop.css` },
});
