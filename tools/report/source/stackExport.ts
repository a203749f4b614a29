import { pulumi } from "../../cli/pulumi";

/** A stack's state as its backend has it, secrets encrypted. @throws UsageError where there is no such stack */
export const stackExport = (stack: string): Promise<string> => pulumi(["stack", "export", "--stack", stack]);
