// Installs the project's packages when they are missing or older than the lockfile, so that `npm start` and `npm test` need
// nothing done by hand. Plain JavaScript without imports from node_modules: it runs before there is one.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const oldestNode = [20, 19];
const lockfile = readFileSync(join(root, "package-lock.json"));
const wanted = createHash("sha256").update(lockfile).update(process.version).digest("hex");
const stamp = join(root, "node_modules", ".holdfast-installed");
const installed = () => existsSync(stamp) && readFileSync(stamp, "utf8") === wanted;

const [major, minor] = process.versions.node.split(".").map(Number);
if (major < oldestNode[0] || (major === oldestNode[0] && minor < oldestNode[1])) {
  fail(`Node ${process.versions.node} is too old: holdfast needs ${oldestNode.join(".")} or newer.`);
}
if (!installed()) install();

function install() {
  // A folder can be made by one process only, so it serves as the lock between two commands started at once.
  const lock = join(tmpdir(), `holdfast-install-${createHash("sha256").update(root).digest("hex").slice(0, 16)}`);
  while (!take(lock)) {
    if (installed()) return;
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 500);
  }
  try {
    if (installed()) return;
    const packages = Object.keys(JSON.parse(lockfile).packages).length - 1;
    console.log(`Installing ${packages} packages from package-lock.json (once; about half a minute) …`);
    const began = Date.now();
    // Install scripts are left out: the only ones download provider plugins, which Pulumi fetches itself where they are needed.
    const npm = spawnSync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], {
      cwd: root,
      stdio: "inherit",
    });
    if (npm.status !== 0)
      fail("npm ci failed; its reason stands above. Check the network and the registry npm is set to, then run again.");
    writeFileSync(stamp, wanted);
    console.log(`Installed in ${Math.round((Date.now() - began) / 1000)} s.`);
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
}

function take(lock) {
  try {
    mkdirSync(lock);
    writeFileSync(join(lock, "pid"), String(process.pid));
    return true;
  } catch {
    // Held by a run that is alive, or left by one that was killed.
    if (!holderIsAlive(lock)) rmSync(lock, { recursive: true, force: true });
    return false;
  }
}

function holderIsAlive(lock) {
  try {
    process.kill(Number(readFileSync(join(lock, "pid"), "utf8")), 0);
    return true;
  } catch {
    // The holder may be between making the folder and writing its number.
    const made = statSync(lock, { throwIfNoEntry: false })?.mtimeMs;
    return made !== undefined && Date.now() - made < 5_000;
  }
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
