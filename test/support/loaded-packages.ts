import { relative, sep } from "node:path";
import { cloudOf, existing } from "../../src/layers/clouds";
import { providerOf } from "../../src/layers/clouds/providers";
import { stackClouds } from "../../src/config/stack-config";
import "../../src/index";
import "../../src/platform";

/**
 * Run by itself, with a cloud's name: loads the program as a stack on that cloud does, and prints the modules of the SDKs
 * that came with it, as a JSON list of paths below node_modules/@pulumi.
 */
const wanted = stackClouds.find((cloud) => cloud === process.argv[2]);
if (wanted === undefined) throw new Error(`no cloud ${process.argv[2] ?? ""}`);
if (wanted === "existing") existing();
else {
  providerOf(wanted);
  cloudOf(wanted);
}
const marker = ["node_modules", "@pulumi", ""].join(sep);
const loaded = Object.keys(require.cache).flatMap((path) => path.split(marker)[1] ?? []);
process.stdout.write(JSON.stringify(loaded.map((path) => relative("", path))));
