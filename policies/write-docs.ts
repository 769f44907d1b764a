import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { documentRules } from "./docs";
import { exemptions } from "./exemptions";
import { rules } from "./rules";

writeFileSync(join(__dirname, "README.md"), documentRules(rules, exemptions));
