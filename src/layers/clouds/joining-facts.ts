import * as pulumi from "@pulumi/pulumi";
import type { JoiningFacts } from "../../../components/cluster";

/**
 * A fact that an owner's stack tells those that join its cluster.
 * @param owner its name, as a stack reference takes it
 * @throws RunError where the owner doesn't say it: it is on another cloud, or from before there was this fact
 */
export const text = (facts: JoiningFacts, name: string, owner: string): string => {
  const fact = facts[name];
  if (typeof fact === "string") return fact;
  throw missingFact(name, owner);
};

/** A fact that is a list, as {@link text} is one that is not. @throws RunError */
export const texts = (facts: JoiningFacts, name: string, owner: string): string[] => {
  const fact = facts[name];
  if (fact !== undefined && typeof fact !== "string") return [...fact];
  throw missingFact(name, owner);
};

const missingFact = (name: string, owner: string): pulumi.RunError =>
  new pulumi.RunError(
    `Stack ${owner} does not say its cluster's ${name} in its output "joining". Its cluster has to be on the cloud that ` +
      `this stack is on; where it is, bring it up to date first: pulumi up -s ${owner.split("/").at(-1) ?? owner}`,
  );
