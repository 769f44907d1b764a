import { Option } from "commander";
import { stackClouds } from "../../components/shared/cloud";

/** `--cloud`, of every command that rehearses. */
export const cloudOption = (): Option =>
  new Option("--cloud <name>", "rehearse on this cloud, with its default sizes (default: the stack file's)").choices([
    ...stackClouds,
  ]);
