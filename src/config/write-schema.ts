import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { stackFileSchema } from "./json-schema";

/**
 * `npm run schema` writes the JSON Schema that the stack files' first line points editors to; with `--check` it changes
 * nothing, and fails where the file is not what it would write.
 */
const file = join(__dirname, "stack.schema.json");
const text = `${JSON.stringify(stackFileSchema(), undefined, 2)}\n`;

if (!process.argv.includes("--check")) {
  writeFileSync(file, text);
} else if (readFileSync(file, "utf8") !== text) {
  process.stderr.write("src/config/stack.schema.json is stale: run npm run schema, and commit it.\n");
  process.exitCode = 1;
}
