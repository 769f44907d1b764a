import { join } from "node:path";
import { keepStateDays } from "../../components/state";
import type { StateHomeRequest } from "./request";

/** What is told of a state home that is there; nothing secret. */
export interface StateHomeFacts {
  readonly request: StateHomeRequest;
  readonly backend: string;
  readonly secretsProvider: string;
  /** Where what is known of it is kept. */
  readonly folder: string;
  readonly stack: string;
}

/** How to log in to it, and what to know about it. */
export const loginText = (facts: StateHomeFacts): string => {
  const { backend, secretsProvider, request } = facts;
  const parts = [
    "Log in, on each machine that runs Pulumi:",
    indented([...credentials[request.cloud](facts), `pulumi login ${quoted(backend)}`]),
    "Begin each stack with its secrets provider, which its file then names:",
    indented([`pulumi stack init production --secrets-provider=${quoted(secretsProvider)}`]),
    [...notes[request.cloud], ...always(facts)].join("\n"),
  ];
  return parts.join("\n\n");
};

type ByCloud<T> = Readonly<Record<StateHomeRequest["cloud"], T>>;

/** What the shell must hold before Pulumi can reach the backend. */
const credentials: ByCloud<(facts: StateHomeFacts) => readonly string[]> = {
  linode: ({ folder, stack }) => [
    // Values of the state home's own stack are read by whoever has its passphrase; they are printed nowhere else.
    `export AWS_ACCESS_KEY_ID="$(${readOutput(folder, stack, "accessKey")})"`,
    `export AWS_SECRET_ACCESS_KEY="$(${readOutput(folder, stack, "secretKey")})"`,
    // AWS's newer SDKs send checksums that other S3 services refuse.
    "export AWS_REQUEST_CHECKSUM_CALCULATION=when_required AWS_RESPONSE_CHECKSUM_VALIDATION=when_required",
  ],
  aws: () => ["aws sso login   # or whatever gives this shell your AWS credentials"],
  azure: ({ backend }) => [
    "az login   # or AZURE_CLIENT_ID, AZURE_TENANT_ID and a federated token in a pipeline",
    `export AZURE_STORAGE_ACCOUNT=${new URL(backend).searchParams.get("storage_account") ?? ""}`,
  ],
};

const readOutput = (folder: string, stack: string, name: string): string =>
  `pulumi -C ${quoted(join(folder, "project"))} -s ${stack} stack output ${name} --show-secrets`;

const notes: ByCloud<readonly string[]> = {
  linode: [
    "- The key above reads and writes this bucket and nothing else. It is printed nowhere; the commands above read it with",
    "  the passphrase in PULUMI_CONFIG_PASSPHRASE. Keep a copy of it where your secrets are kept: Linode shows a key once.",
    "- Linode has no key management service, so a passphrase encrypts each stack's secrets: choose one for each stack that",
    "  is not this one's, keep it where your secrets are kept, and give it in PULUMI_CONFIG_PASSPHRASE.",
  ],
  aws: [
    "- The bucket and each stack's secrets are encrypted with one KMS key, which AWS renews every year. Who may log in needs",
    "  the bucket's objects (s3:ListBucket, GetObject, PutObject, DeleteObject) and the key (kms:Encrypt, Decrypt, GenerateDataKey).",
  ],
  azure: [
    "- The storage account's own keys are off: log in with Microsoft Entra. Whoever ran this may; for others assign Storage",
    "  Blob Data Contributor on the account and Key Vault Crypto User on the vault.",
    "- A role that was just assigned takes Azure some minutes to notice.",
  ],
};

const always = ({ folder }: StateHomeFacts): readonly string[] => [
  "- Pulumi locks a stack with a file in the backend for as long as an update runs; where a run was killed, `pulumi cancel`",
  "  takes the lock away.",
  `- Every version of every state is kept for ${keepStateDays} days after it is replaced. All is protected: Pulumi won't delete it.`,
  `- What this command knows is in ${folder}.`,
  "  Losing that folder loses nothing in the cloud; a new run then stops where a name is taken.",
];

const indented = (lines: readonly string[]): string => lines.map((line) => `  ${line}`).join("\n");

/** For a shell: `&` and `?` mean something to it. */
const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
