import { oneOf } from "../components/checks/oneOf";

export const roleMakings: readonly string[] = ["managed", "existing"];
export const DEFAULT_ROLE_MAKING = "managed";

/** Whether the stack makes the custom roles that jobs in workspaces need, or finds them made. */
export const roleMaking = oneOf("who makes the jobs' roles", roleMakings);
