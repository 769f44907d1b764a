import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { placesAt, type Places } from "../../src/rehearsal/engine/places";

/** A rehearsal's folder for one measurement, which is gone after it. */
export const inScratch = async (run: (places: Places, signal: AbortSignal) => Promise<void>): Promise<void> => {
  const abort = new AbortController();
  // Ctrl-C reaches every process of the bench; this one lets the engine end, and removes what it made.
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => abort.abort());
  const root = mkdtempSync(join(tmpdir(), "holdfast-bench-"));
  try {
    await run(placesAt(root), abort.signal);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
};
