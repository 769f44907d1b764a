import type { awsRegions } from "./aws-regions";
import type { azureRegions } from "./azure-regions";
import type { Cloud } from "./stack-config";

type AwsRegion = (typeof awsRegions)[number];
type AzureRegion = (typeof azureRegions)[number];

/**
 * AWS pairs no regions. These are chosen so that a copy stays in its country, or in the European Union, and so under the
 * same law; a region that has no such neighbour is not here, and its stack says where the copy goes. Nor is one whose only
 * neighbour has to be opted into first, which an account may not have done.
 * @see https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-regions.html
 */
const aws: Readonly<Partial<Record<AwsRegion, AwsRegion>>> = {
  "ap-northeast-1": "ap-northeast-3",
  "ap-northeast-3": "ap-northeast-1",
  "eu-central-1": "eu-west-1",
  "eu-north-1": "eu-central-1",
  "eu-south-1": "eu-central-1",
  "eu-south-2": "eu-west-3",
  "eu-west-1": "eu-central-1",
  "eu-west-3": "eu-central-1",
  "us-east-1": "us-west-2",
  "us-east-2": "us-west-2",
  "us-west-2": "us-east-2",
};

/**
 * Azure's own pairs, which nobody can choose, of regions that have three zones; as listed on 2025-03-21. The pair may be
 * one that takes no machines of ours, such as francesouth: storage is copied to it all the same.
 * @see https://learn.microsoft.com/azure/reliability/regions-list
 */
const azure: Readonly<Partial<Record<AzureRegion, string>>> = {
  australiaeast: "australiasoutheast",
  brazilsouth: "southcentralus",
  canadacentral: "canadaeast",
  centralindia: "southindia",
  centralus: "eastus2",
  eastasia: "southeastasia",
  eastus: "westus",
  eastus2: "centralus",
  francecentral: "francesouth",
  germanywestcentral: "germanynorth",
  japaneast: "japanwest",
  japanwest: "japaneast",
  koreacentral: "koreasouth",
  northeurope: "westeurope",
  norwayeast: "norwaywest",
  southafricanorth: "southafricawest",
  southcentralus: "northcentralus",
  southeastasia: "eastasia",
  swedencentral: "swedensouth",
  switzerlandnorth: "switzerlandwest",
  uaenorth: "uaecentral",
  uksouth: "ukwest",
  westeurope: "northeurope",
  westus2: "westcentralus",
  westus3: "eastus",
};

/** Where copies of a region's buckets go that a stack says nothing of; undefined where that is not known, or nowhere. */
export const replicaRegions: Readonly<Record<Cloud, Readonly<Record<string, string>>>> = { linode: {}, aws, azure };

/** Pairs in another geography: data leaves the country's law, so that a stack has to say that it may. */
export const leavesGeography: readonly string[] = ["brazilsouth"];
