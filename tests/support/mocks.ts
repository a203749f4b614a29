import * as pulumi from "@pulumi/pulumi";
import { MockMonitor } from "@pulumi/pulumi/runtime/mocks";
import { expectDocumented } from "./documentedResources";
import { SECRET, SIGNATURE } from "./engineMarks";

type Properties = Readonly<Record<string, unknown>>;

/** What Azure adds to a resource's inputs: its ID and the rest of its state. */
export type ResourceMock = (name: string, inputs: Properties) => { readonly id: string; readonly state?: Properties };
/** What a provider answers a question. */
export type CallMock = (inputs: Properties) => Properties;

/** All that a program may register and ask, by type and function token. Anything else fails the test. */
export interface Mocks {
  readonly resources: Readonly<Record<string, ResourceMock>>;
  readonly calls: Readonly<Record<string, CallMock>>;
}

/** One resource as the program registered it. */
export interface Registration {
  readonly type: string;
  readonly name: string;
  /** Complete inputs; a secret is shown as `{ secret: value }`. */
  readonly inputs: Properties;
  /** Name of the parent; the stack's own name for a resource on top. */
  readonly parent: string;
  /** Names of the resources it waits for, by dependsOn or through its inputs, sorted. */
  readonly dependsOn: readonly string[];
  /** Name of the resource that it leaves the program with. */
  readonly deletedWith: string | undefined;
}

/** The options that a resource was registered with; those that are not set are left out. */
export interface RegisteredOptions {
  readonly protect?: boolean;
  readonly retainOnDelete?: boolean;
  readonly deleteBeforeReplace?: boolean;
  readonly ignoreChanges?: readonly string[];
  readonly replaceOnChanges?: readonly string[];
  /** Name of the provider. */
  readonly provider?: string;
  /** Names, or URNs from the type on. */
  readonly aliases?: readonly string[];
}

/** What a program did. */
export interface Recording<T> {
  readonly resources: readonly Registration[];
  /** Tokens of the functions it called. */
  readonly calls: readonly string[];
  /** What it told whoever runs it. */
  readonly messages: readonly string[];
  /** What it returned, every output awaited. */
  readonly outputs: pulumi.Unwrap<T>;
  /** Of the only resource of that name. */
  options(name: string): RegisteredOptions;
  /** Of the only component of that name. */
  componentOptions(name: string): RegisteredOptions;
  /** The only resource of that name. */
  resource(name: string): Registration;
  /** Names of the resources of one type, in the order of their registration. */
  names(type: string): string[];
}

interface RegisterRequest {
  getType(): string;
  getName(): string;
  getParent(): string;
  getDeletedwith(): string;
  getDependenciesList(): string[];
  hasProtect(): boolean;
  getProtect(): boolean;
  hasRetainondelete(): boolean;
  getRetainondelete(): boolean;
  getDeletebeforereplacedefined(): boolean;
  getDeletebeforereplace(): boolean;
  getIgnorechangesList(): string[];
  getReplaceonchangesList(): string[];
  getProvider(): string;
  getAliasurnsList(): string[];
  getAliasesList(): { getUrn(): string; getSpec(): { getName(): string } | undefined }[];
  getObject(): { toJavaScript(): unknown };
}

/** Runs a program on mocks and records all that it registers. */
export async function record<T>(mocks: Mocks, program: () => T): Promise<Recording<T>> {
  const resources: Registration[] = [];
  const parents: [Registration, string][] = [];
  const options = new Map<Registration, RegisteredOptions>();
  const calls: string[] = [];
  const messages: string[] = [];
  const hear = (message: string): Promise<void> => {
    messages.push(message);
    return Promise.resolve();
  };
  const told = [
    jest.spyOn(pulumi.log, "info").mockImplementation(hear),
    jest.spyOn(pulumi.log, "warn").mockImplementation(hear),
  ];
  await pulumi.runtime.setMocks(
    {
      newResource: ({ type, name, inputs }) => answer(mocks, type, name, inputs as Properties),
      call: ({ token, inputs }) => {
        calls.push(token);
        return known(mocks.calls, token)(inputs as Properties);
      },
    },
    "azure-daemon-access",
    "test",
  );
  const stop = listen((request) => {
    const registered = registration(request);
    resources.push(registered);
    parents.push([registered, request.getParent()]);
    options.set(registered, optionsOf(request));
  });
  try {
    // A failure that left the stack's own function would be reported to nobody here.
    const ends: (() => pulumi.Unwrap<T>)[] = [];
    await pulumi.runtime.runInPulumiStack(async () => {
      ends.push(await ending(program));
      return {};
    });
    await pulumi.runtime.disconnect();
    parents.forEach(([{ type, name }, parent]) => {
      expectDocumented(type, name, parent);
    });
    const [end] = ends;
    if (!end) throw new Error("The program did not end.");
    const outputs = end();
    const children = resources.filter(({ type }) => type !== "pulumi:pulumi:Stack");
    return {
      resources: children,
      calls,
      messages,
      outputs,
      resource: (name) => only(children, name),
      options: (name) => options.get(only(children, name)) ?? {},
      componentOptions: (name) => options.get(only(children, name, isComponent)) ?? {},
      names: (type) => children.filter((each) => each.type === type).map((each) => each.name),
    };
  } finally {
    for (const spy of told) spy.mockRestore();
    stop();
  }
}

function answer(mocks: Mocks, type: string, name: string, inputs: Properties): pulumi.runtime.MockResourceResult {
  const ours = type.startsWith("azure-daemon-access:") || type === "pulumi:pulumi:Stack";
  const { id, state } = ours ? { id: "", state: {} } : known(mocks.resources, type)(name, inputs);
  return { id, state: { ...inputs, ...state } };
}

function known<T>(mocks: Readonly<Record<string, T>>, token: string): T {
  const mock = mocks[token];
  if (mock === undefined) throw new Error(`No mock for ${token}.`);
  return mock;
}

/** The monitor tells its mocks neither parents nor dependencies, so registrations are read on their way to it. */
function listen(hear: (request: RegisterRequest) => void): () => void {
  // eslint-disable-next-line @typescript-eslint/unbound-method -- called with the monitor as `this` below.
  const original = MockMonitor.prototype.registerResource;
  MockMonitor.prototype.registerResource = function (this: MockMonitor, request: unknown, callback: never) {
    hear(request as RegisterRequest);
    return original.call(this, request, callback);
  };
  return () => {
    MockMonitor.prototype.registerResource = original;
  };
}

function registration(request: RegisterRequest): Registration {
  return {
    type: request.getType(),
    name: request.getName(),
    inputs: open(request.getObject().toJavaScript()) as Properties,
    parent: nameOf(request.getParent()),
    dependsOn: [...new Set(request.getDependenciesList().map(nameOf))].sort(),
    deletedWith: request.getDeletedwith() === "" ? undefined : nameOf(request.getDeletedwith()),
  };
}

function optionsOf(request: RegisterRequest): RegisteredOptions {
  const ignoreChanges = request.getIgnorechangesList();
  const replaceOnChanges = request.getReplaceonchangesList();
  const provider = request.getProvider().split("::").at(-2) ?? "";
  const aliases = [
    ...request.getAliasurnsList().map(fromType),
    ...request.getAliasesList().map((alias) => alias.getSpec()?.getName() ?? fromType(alias.getUrn())),
  ].filter((alias) => alias !== "");
  return {
    ...(request.hasProtect() && { protect: request.getProtect() }),
    ...(request.hasRetainondelete() && { retainOnDelete: request.getRetainondelete() }),
    ...(request.getDeletebeforereplacedefined() && { deleteBeforeReplace: request.getDeletebeforereplace() }),
    ...(ignoreChanges.length > 0 && { ignoreChanges }),
    ...(replaceOnChanges.length > 0 && { replaceOnChanges }),
    ...(provider !== "" && { provider }),
    ...(aliases.length > 0 && { aliases }),
  };
}

const nameOf = (urn: string): string => urn.split("::").at(-1) ?? "";

function open(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(open);
  if (typeof value !== "object" || value === null) return value;
  if (Reflect.get(value, SIGNATURE) === SECRET) return { secret: open(Reflect.get(value, "value")) };
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, open(inner)]));
}

const isComponent = ({ type }: Registration): boolean => type.startsWith("azure-daemon-access:");

function only(
  resources: readonly Registration[],
  name: string,
  isOne = (each: Registration): boolean => !isComponent(each),
): Registration {
  const [found, ...others] = resources.filter((each) => each.name === name && isOne(each));
  if (!found || others.length > 0) throw new Error(`${others.length + (found ? 1 : 0)} resources are named ${name}.`);
  return found;
}

async function ending<T>(program: () => T): Promise<() => pulumi.Unwrap<T>> {
  try {
    const result = await program();
    const outputs = await new Promise<pulumi.Unwrap<T>>((resolve) => {
      pulumi.output(result).apply((value) => {
        resolve(value);
      });
    });
    return () => outputs;
  } catch (error) {
    return () => {
      throw error;
    };
  }
}

const fromType = (urn: string): string => urn.split("::").slice(2).join("::");
