// Makes Allure's report, as its command line does, without most of what that loads.
//
// It loads first and asks then, so it can be ready before there is anything to report: one line of
// JSON on standard input names a configuration and the folders of results. Where the input ends
// without one, nothing was wanted.

import { dirname } from "node:path";
import { createInterface } from "node:readline";
import { AllureReport, readConfig } from "@allurereport/core";
import "@allurereport/plugin-awesome";

for await (const line of createInterface({ input: process.stdin })) {
  const { configuration, results } = JSON.parse(line);
  process.chdir(dirname(configuration)); // Allure looks around itself
  const report = new AllureReport(await readConfig(process.cwd(), configuration));
  await report.start();
  for (const folder of results) {
    await report.readDirectory(folder);
  }
  await report.done();
  break;
}
process.stdin.destroy();
