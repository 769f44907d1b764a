import type { EntryServices } from "../table-package";
import { textOf } from "../values";

/** The directory that everybody is in. */
export const tenantId = "72f988bf-0000-4000-8000-000000000001";

/** Where everything is whose provider names no subscription. */
const anySubscription = "00000000-0000-4000-8000-000000000000";

export const subscriptionOf = ({ config }: EntryServices): string => textOf(config.subscriptionId ?? anySubscription);
