import type { Api, Claims } from "../azure/api";
import type { Recording } from "../program/recording";
import type { RightsList } from "../rights/rightsList";

/** What the checks look at: the deployer, and the stack that it is to deploy. */
export interface Patient {
  readonly api: Api;
  readonly recording: Recording;
  readonly rights: RightsList;
  /** Of the token for Azure Resource Manager. */
  readonly azure: Claims;
  /** Of the token for Microsoft Graph. */
  readonly directory: Claims;
}
