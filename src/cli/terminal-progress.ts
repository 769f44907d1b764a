import ora from "ora";
import type { Progress } from "../rehearsal/progress";

/** Shows phases on a terminal with a spinner and the seconds gone by; elsewhere a line when one begins and one when it ends. */
export const terminalProgress = (stream: NodeJS.WriteStream = process.stderr): Progress => ({
  phase(title) {
    const began = Date.now();
    const spinner = ora({ text: title, stream, discardStdin: false }).start();
    const seconds = () => `${((Date.now() - began) / 1000).toFixed(1)} s`;
    let detail = "";
    const tick = setInterval(() => draw(), 1000).unref();
    const draw = () => {
      spinner.text = `${title}${detail === "" ? "" : `: ${detail}`} (${seconds()})`;
    };
    const end = (mark: "succeed" | "fail", last: string | undefined) => {
      clearInterval(tick);
      spinner[mark](`${title}${last === undefined ? "" : `: ${last}`} (${seconds()})`);
    };
    return {
      update(next) {
        detail = next;
        // Without a terminal nothing can be drawn over, and a line each would drown the rest.
        if (stream.isTTY) draw();
      },
      done: (last) => end("succeed", last),
      failed: (last) => end("fail", last),
    };
  },
});
