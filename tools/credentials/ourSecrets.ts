const PROJECT = "azure-daemon-access";

/** What a secret's tags tell of it. */
export interface OurSecret {
  readonly name: string;
  /** The daemon whose credential it carries. */
  readonly daemon?: string;
  /** The stack wrote it. */
  readonly managed: boolean;
}

type Tags = Readonly<Record<string, string>>;

export function ourSecret(name: string, tags: Tags = {}): OurSecret {
  const { daemon } = tags;
  return { name, ...(daemon !== undefined && { daemon }), managed: tags["managed-by"] === PROJECT };
}

/**
 * The command that takes a secret into the stack's state, where the stack declares it; `undefined` for one that no daemon
 * of a stack has.
 *
 * @param stack its name, with or without organization and project
 */
export function importCommand(
  { name, daemon, managed }: OurSecret,
  vaultUrl: string,
  stack = "<stack>",
): string | undefined {
  if (!managed || daemon === undefined) return undefined;
  const [vault = ""] = new URL(vaultUrl).host.split(".");
  const short = stack.split("/").at(-1) ?? stack;
  const id = `"$(az keyvault show --name ${vault} --query id --output tsv)/secrets/${name}"`;
  const parent = `"daemon=urn:pulumi:${short}::${PROJECT}::${PROJECT}:index:DaemonAccess::${daemon}"`;
  const target = `azure-native:keyvault:Secret ${name} ${id}`;
  return `pulumi import ${target} --parent ${parent} --stack ${stack} --protect=false --generate-code=false`;
}
