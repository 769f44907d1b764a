import { Command } from "commander";
import { configCommand } from "./config";
import { preflightCommand } from "./preflight";
import { rehearseCommand } from "./rehearse";
import { startCommand } from "./start";
import { stateCommand } from "./state";

const holdfast = new Command("holdfast")
  .description("A production Kubernetes platform for AI services: rehearse it, check it.")
  .showHelpAfterError()
  .addCommand(startCommand())
  .addCommand(rehearseCommand())
  .addCommand(configCommand())
  .addCommand(preflightCommand())
  .addCommand(stateCommand());

void holdfast.parseAsync();
