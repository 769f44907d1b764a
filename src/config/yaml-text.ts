import { LineCounter, parseDocument } from "yaml";

import type { Mistake } from "./mistake";

export type Read =
  { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly mistakes: readonly Mistake[] };

/** A stack file is a page or two; far beyond that it is something else, and not worth parsing. */
const maxBytes = 1024 * 1024;

/**
 * Reads YAML text as plain data. Whatever it holds, the answer is a value or mistakes by line and column; nothing of the
 * text but keys is repeated in them, because it may be a secret.
 */
export function readYaml(bytes: Uint8Array): Read {
  if (bytes.byteLength > maxBytes) return unreadable(`${bytes.byteLength} bytes`, "A stack file has at most 1 MiB.");
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return unreadable("not text", "Wanted YAML in UTF-8.");
  }
  const lines = new LineCounter();
  try {
    // `merge` because Pulumi's own reader has it; no pretty errors, since they quote the line.
    const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, merge: true, logLevel: "silent" });
    if (document.errors.length > 0) {
      return { ok: false, mistakes: document.errors.map((error) => syntaxMistake(error, text, lines)) };
    }
    return { ok: true, value: document.toJS({ maxAliasCount: 100 }) };
  } catch {
    // The parser throws on what it cannot finish: aliases without end, or nesting deeper than its stack.
    return unreadable(
      "YAML that cannot be resolved",
      "Its aliases refer to themselves or multiply, or it is nested too deep.",
    );
  }
}

/** Plain words for the codes of the parser that people meet. Its own messages are left out, since they quote the text. */
const words: Readonly<Record<string, string>> = {
  DUPLICATE_KEY: "This key stands twice in its map: keep one.",
  TAB_AS_INDENT: "Indent with spaces: YAML takes no tabs.",
  MULTIPLE_DOCS: "A stack file is one YAML document: remove the line with ---.",
  BAD_INDENT: "This line is indented less or more than its neighbours in the same map or list.",
  MISSING_CHAR: "Something is missing: a colon with a space behind it, a quote, or a closing bracket.",
  UNEXPECTED_TOKEN: "This cannot stand here. Is something above not closed, or a value with : or # not quoted?",
  BAD_ALIAS: "An alias needs a name, and its anchor before it.",
};

function syntaxMistake(
  error: { readonly code: string; readonly pos: readonly [number, number]; readonly message: string },
  text: string,
  lines: LineCounter,
): Mistake {
  const { line, col } = lines.linePos(error.pos[0]);
  const key =
    error.code === "DUPLICATE_KEY"
      ? /^["']?([-\w.]{1,60}(?::[-\w.]{1,60})?)/.exec(text.slice(error.pos[0]))?.[1]
      : undefined;
  return {
    path: `line ${line}, column ${col}`,
    found: key === undefined ? "not valid YAML" : `${key}, again`,
    help: words[error.code] ?? "This is not YAML: compare the indentation and the quotes with the lines around it.",
  };
}

function unreadable(found: string, help: string): Read {
  return { ok: false, mistakes: [{ path: "the file", found, help }] };
}
