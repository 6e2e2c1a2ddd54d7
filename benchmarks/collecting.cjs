// Loaded by Node before its program: every other second it collects garbage, and adds to the file
// named by MEMORY_HELD how many MiB of objects are left.
"use strict";

const { appendFileSync } = require("node:fs");
const { getHeapStatistics, setFlagsFromString } = require("node:v8");
const { runInNewContext } = require("node:vm");

const MIB = 2 ** 20;

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc");

function weigh() {
  collect();
  appendFileSync(process.env.MEMORY_HELD, `${getHeapStatistics().used_heap_size / MIB}\n`);
}

setInterval(weigh, 2000).unref();
