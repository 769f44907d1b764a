import { textOf } from "../values";
import { accountId, arn } from "./account";
import { AwsApiError } from "./api-error";
import { wrongChoice, type AwsType } from "./aws-type";

const repository = "aws:ecr/repository:Repository";
const cacheRule = "aws:ecr/pullThroughCacheRule:PullThroughCacheRule";

/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CreateRepository.html */
const named = /^(?:[a-z0-9]+(?:[._-][a-z0-9]+)*\/)*[a-z0-9]+(?:[._-][a-z0-9]+)*$/;

const wrongName = (inputs: Readonly<Record<string, unknown>>, name: string, maxLength: number) => {
  const value = inputs[name];
  if (typeof value !== "string" || (named.test(value) && value.length >= 2 && value.length <= maxLength)) return [];
  const reason = `found ${JSON.stringify(value)}, wanted 2 to ${maxLength} of a-z, 0-9, and . _ - / between them`;
  return [{ path: [name], reason }];
};

/** What can be pulled without credentials: all others want `credentialArn`. */
const open = ["public.ecr.aws", "quay.io", "registry.k8s.io"];

/** The registry. What replaces is what terraform-provider-aws says in internal/service/ecr. */
export const ecr: readonly AwsType[] = [
  {
    token: repository,
    name: "name",
    replaces: ["encryptionConfigurations"],
    check: (inputs) => [
      ...wrongName(inputs, "name", 256),
      ...wrongChoice(inputs, "imageTagMutability", [
        "IMMUTABLE",
        "MUTABLE",
        "IMMUTABLE_WITH_EXCLUSION",
        "MUTABLE_WITH_EXCLUSION",
      ]),
    ],
    outputs: (_inputs, id, { region }) => ({
      arn: arn("ecr", `repository/${id}`, region),
      registryId: accountId,
      repositoryUrl: `${accountId}.dkr.ecr.${region}.amazonaws.com/${id}`,
    }),
    removed: (id, { forceDelete }, { inventory }) => {
      const image = inventory.list().find(({ partOf }) => partOf?.type === repository && partOf.id === id);
      if (image === undefined || forceDelete === true) return;
      throw new AwsApiError("RepositoryNotEmptyException", `${id} still contains images, ${image.label} among them.`);
    },
  },
  {
    token: "aws:ecr/lifecyclePolicy:LifecyclePolicy",
    replaces: ["repository", "policy"],
    id: ({ repository: of }) => textOf(of),
    refers: { repository },
    missing: "RepositoryNotFoundException",
    outputs: () => ({ registryId: accountId }),
  },
  {
    token: cacheRule,
    name: "ecrRepositoryPrefix",
    replaces: ["upstreamRegistryUrl", "upstreamRepositoryPrefix"],
    check: (inputs) => {
      const wanting = typeof inputs.upstreamRegistryUrl === "string" && !open.includes(inputs.upstreamRegistryUrl);
      return [
        ...wrongName(inputs, "ecrRepositoryPrefix", 30),
        ...(wanting && (inputs.credentialArn ?? inputs.customRoleArn ?? null) === null
          ? [{ path: ["credentialArn"], reason: `missing: ${textOf(inputs.upstreamRegistryUrl)} wants credentials` }]
          : []),
      ];
    },
    outputs: () => ({ registryId: accountId }),
  },
  {
    token: "aws:ecr/repositoryCreationTemplate:RepositoryCreationTemplate",
    name: "prefix",
    check: (inputs) => wrongName(inputs, "prefix", 256),
    outputs: () => ({ registryId: accountId }),
  },
];
