import { execFile } from "node:child_process";
import { appendFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

/** A file on a branch that holds nothing else and shares no history with the code. */
export interface LogPlace {
  readonly remote: string;
  readonly branch: string;
  readonly file: string;
}

/** Each failed try means that another writer got a line in, so this many must do so in a row before one gives up. */
const tries = 50;

/**
 * Appends one line as a commit of its own. A push that would lose another writer's line is refused by the server, since it isn't a
 * fast-forward; then the line is put after theirs instead.
 *
 * @throws when the remote can't be reached or refuses the push for another reason
 */
export const appendLine = async (place: LogPlace, line: string, subject: string): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), "holdfast-log-"));
  const git = gitIn(folder);
  const ref = `refs/heads/${place.branch}`;
  try {
    await git("init", "--quiet");
    for (let left = tries; ; left -= 1) {
      const tip = await tipOf(git, place.remote, ref);
      await checkOut(git, place.remote, tip);
      appendFileSync(join(folder, place.file), `${line}\n`);
      await git("add", "--", place.file);
      await git("commit", "--quiet", "--no-gpg-sign", "--message", subject);
      try {
        await git("push", "--quiet", place.remote, `HEAD:${ref}`);
        return;
      } catch (error) {
        // Refused although nobody else wrote: the permission, a rule, the network. Trying again would not help.
        if (left <= 1 || (await tipOf(git, place.remote, ref)) === tip) throw error;
      }
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

type Git = (...args: readonly string[]) => Promise<string>;

/** The commit that the branch is at; undefined where there is no such branch yet. */
const tipOf = async (git: Git, remote: string, ref: string): Promise<string | undefined> =>
  /^[0-9a-f]+/.exec(await git("ls-remote", remote, ref))?.[0];

const checkOut = async (git: Git, remote: string, tip: string | undefined): Promise<void> => {
  if (tip === undefined) return;
  await git("fetch", "--quiet", "--depth=1", remote, tip);
  await git("checkout", "--quiet", "--force", "--detach", tip);
};

/** The identity that GitHub shows for what a workflow writes. */
const author = { name: "github-actions[bot]", email: "41898282+github-actions[bot]@users.noreply.github.com" };

const run = promisify(execFile);

const gitIn =
  (folder: string): Git =>
  async (...args) => {
    const { stdout } = await run("git", [...args], {
      cwd: folder,
      env: {
        ...process.env,
        GIT_AUTHOR_NAME: author.name,
        GIT_AUTHOR_EMAIL: author.email,
        GIT_COMMITTER_NAME: author.name,
        GIT_COMMITTER_EMAIL: author.email,
        // A missing credential is an error, not a question that nobody answers.
        GIT_TERMINAL_PROMPT: "0",
      },
    });
    return stdout;
  };
