import { describe, expect, it } from "vitest";
import { podSecurity } from "../../policies/pod-security";
import { brokenPods, podWith, unknownValue } from "./broken-pods";
import { judgePod } from "./support/judge-pod";

const pathsOf = (...args: Parameters<typeof judgePod>): readonly string[] =>
  judgePod(...args).map(({ rule, finding }) => `${finding.kind} ${rule} ${finding.path}`);

describe("the controls of the Pod Security Standards", () => {
  it("find nothing in a pod that meets them all", () => {
    expect(judgePod("restricted", podWith({}))).toEqual([]);
  });

  it("are each broken by one pod below", () => {
    expect(brokenPods.map(({ rule }) => rule).toSorted()).toEqual(podSecurity.map(({ name }) => name).toSorted());
  });

  describe.each(brokenPods)("$rule", ({ level, rule, pod, path, found, unknown }) => {
    it("names the place and what was found there", () => {
      const own = judgePod(level, pod).filter((named) => named.rule === rule);
      expect(own.map(({ finding }) => finding)).toMatchObject([{ kind: "violation", path, found }]);
    });

    it("leaves undecided what is known only after the update", () => {
      const own = judgePod(level, unknown.pod).filter((named) => named.rule === rule);
      expect(own.map(({ finding }) => finding)).toEqual([{ kind: "undecided", path: unknown.path }]);
    });

    it("belongs to the level that the standards give it", () => {
      expect(judgePod("baseline", pod).some((named) => named.rule === rule)).toBe(level === "baseline");
    });
  });

  it("reach init, sidecar and ephemeral containers", () => {
    const bad = { name: "debug", securityContext: { privileged: true } };
    for (const kind of ["initContainers", "ephemeralContainers"]) {
      expect(pathsOf("baseline", podWith({ spec: { [kind]: [bad] } }))).toEqual([
        `violation forbid-privileged spec.${kind}[debug].securityContext.privileged`,
      ]);
    }
  });

  it("say once of an unknown list of containers that nothing in it can be decided", () => {
    const findings = judgePod("restricted", { annotations: {}, spec: { containers: unknownValue } });
    expect(new Set(findings.map(({ finding }) => `${finding.kind} ${finding.path}`))).toEqual(
      new Set(["undecided spec.containers"]),
    );
    expect(findings.filter(({ rule }) => rule === "forbid-privileged")).toHaveLength(1);
  });

  it("judge what is known beside what is not", () => {
    const pod = podWith({ context: { privileged: true }, container: { image: unknownValue, ports: unknownValue } });
    expect(pathsOf("baseline", pod)).toEqual([
      "violation forbid-privileged spec.containers[main].securityContext.privileged",
      "undecided forbid-host-ports spec.containers[main].ports",
    ]);
  });

  it("ask the pod first for its own seccomp profile and user", () => {
    const own = { seccompProfile: null, runAsNonRoot: null };
    const ofPod = { seccompProfile: { type: "RuntimeDefault" }, runAsNonRoot: true };
    expect(pathsOf("restricted", podWith({ context: own, spec: { securityContext: ofPod } }))).toEqual([]);
    expect(
      pathsOf("restricted", podWith({ context: own, spec: { securityContext: { ...ofPod, runAsNonRoot: false } } })),
    ).toEqual(["violation require-run-as-nonroot spec.securityContext.runAsNonRoot"]);
  });

  it("cannot decide whether the pod's unknown seccomp profile makes up for a container without one", () => {
    const spec = { securityContext: { seccompProfile: unknownValue } };
    expect(pathsOf("restricted", podWith({ context: { seccompProfile: null }, spec }))).toContain(
      "undecided require-seccomp spec.securityContext.seccompProfile",
    );
  });

  it("let no unknown value hide a fault at a place of the same name", () => {
    const named = (privileged: unknown) => ({ name: "main", securityContext: { privileged } });
    expect(pathsOf("baseline", { annotations: {}, spec: { containers: [named(true), named(unknownValue)] } })).toEqual([
      "violation forbid-privileged spec.containers[main].securityContext.privileged",
    ]);
  });

  it("cannot decide whether an unknown user namespace makes up for a fault", () => {
    const pod = podWith({ context: { runAsUser: 0 }, spec: { hostUsers: unknownValue } });
    expect(pathsOf("restricted", pod)).toEqual(["undecided forbid-run-as-root-user spec.hostUsers"]);
    expect(pathsOf("restricted", podWith({ context: { runAsUser: 0 }, spec: { hostUsers: false } }))).toEqual([]);
  });

  it("ask no Linux settings of a Windows pod", () => {
    const pod = podWith({ container: { securityContext: { runAsNonRoot: true } }, spec: { os: { name: "windows" } } });
    expect(pathsOf("restricted", pod)).toEqual([]);
  });

  it("look at AppArmor's annotations too", () => {
    const annotations = { "container.apparmor.security.beta.kubernetes.io/main": "unconfined" };
    expect(pathsOf("baseline", podWith({ annotations }))).toEqual([
      "violation restrict-apparmor metadata.annotations[container.apparmor.security.beta.kubernetes.io/main]",
    ]);
  });
});
