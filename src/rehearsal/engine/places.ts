import { mkdirSync } from "node:fs";
import { join } from "node:path";

/** Where one rehearsal keeps what it makes. Everything lies below one folder, so that removing that folder forgets it all. */
export interface Places {
  readonly root: string;
  /** The Pulumi project that the engine sees: copies of the project file and of the stack files. */
  readonly project: string;
  /** Stack files as they are rehearsed, where that isn't as they stand in the checkout. */
  readonly stackFiles: string;
  /** Pulumi's state, as its file backend keeps it. */
  readonly state: string;
  /** PULUMI_HOME, so that the user's own log-in and settings are neither used nor changed. */
  readonly home: string;
  /** What exists in the stand-in clouds, whatever Pulumi believes. */
  readonly inventory: string;
  /** The real control planes, one folder each. */
  readonly clusters: string;
  /** Plans between a preview and its update; they can hold configuration, so they are removed once applied. */
  readonly plans: string;
}

/** The places below `root`, made if they are not there, readable by their owner alone. */
export const placesAt = (root: string): Places => {
  const places = {
    root,
    project: join(root, "project"),
    stackFiles: join(root, "stack-files"),
    state: join(root, "state"),
    home: join(root, "home"),
    inventory: join(root, "inventory"),
    clusters: join(root, "clusters"),
    plans: join(root, "plans"),
  };
  for (const place of Object.values(places)) mkdirSync(place, { recursive: true, mode: 0o700 });
  return places;
};
