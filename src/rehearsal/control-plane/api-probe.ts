import { Agent, request } from "node:https";
import type { Access } from "./kubeconfig";

/** Asks an API server whether a path answers 200; never throws, for a server that is not up yet refuses. */
export class ApiProbe {
  readonly #agent: Agent;

  constructor(private readonly access: Access) {
    this.#agent = new Agent({ ca: access.certificateAuthority, keepAlive: true, maxSockets: 1 });
  }

  answers(path: string): Promise<boolean> {
    return new Promise((resolve) => {
      const headers = { authorization: `Bearer ${this.access.token}` };
      request(new URL(path, this.access.server), { agent: this.#agent, headers, timeout: 2_000 }, (response) => {
        response.resume().once("end", () => resolve(response.statusCode === 200));
        response.once("error", () => resolve(false));
      })
        .on("timeout", function (this: { destroy(): void }) {
          this.destroy();
        })
        .on("error", () => resolve(false))
        .end();
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}
