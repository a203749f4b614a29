import type { ResourceValidationArgs, ResourceValidationPolicy, StackValidationPolicy } from "@pulumi/policy";
import { nameRule, noteResource } from "./codeWaivers";
import { Properties } from "./properties";
import { Findings, type Report } from "./report";
import type { ResourceType } from "./resourceTypes";
import type { RuleText } from "./ruleText";
import { readSettings, type Settings, type SettingValues } from "./settings";
import { Stack } from "./stack";
import { waiverSchema } from "./waivers";

/** A rule of the pack: what it says of itself, and the policy that Pulumi runs. */
export interface Rule {
  readonly text: RuleText;
  readonly settings: Settings;
  /** The tokens it looks at; empty for a rule over the whole stack. */
  readonly types: readonly string[];
  /** True if it can fix what it finds; it does so where a team sets its level to "remediate". */
  readonly fixes: boolean;
  readonly policy: ResourceValidationPolicy | StackValidationPolicy;
}

/** The inputs of one resource, as a rule sees them. */
export class GovernedResource extends Properties {
  readonly name: string;
  readonly type: string;
  readonly urn: string;
  readonly opts: ResourceValidationArgs["opts"];

  constructor(args: ResourceValidationArgs) {
    super(args.props);
    this.name = args.name;
    this.type = args.type;
    this.urn = args.urn;
    this.opts = args.opts;
  }
}

type NoSettings = Readonly<Record<string, never>>;

interface ResourceRule<S extends Settings> extends RuleText {
  readonly on: ResourceType | readonly ResourceType[];
  readonly settings?: S;
  readonly check: (resource: GovernedResource, report: Report, settings: SettingValues<S>) => void;
  /** Sets the inputs right. Only for a change that can neither lose data nor lock anyone out for good. */
  readonly remediate?: (inputs: Record<string, unknown>, settings: SettingValues<S>) => void;
}

/** A rule on single resources, judged before each is made. */
export function rule<S extends Settings = NoSettings>(definition: ResourceRule<S>): Rule {
  const types = "token" in definition.on ? [definition.on] : definition.on;
  const settings = definition.settings ?? ({} as S);
  const governs = (type: string) => types.some(({ pattern }) => pattern.test(type));
  const { remediate } = definition;

  return described(definition, settings, types, remediate !== undefined, {
    validateResource: (args, send) => {
      const config = args.getConfig<Record<string, unknown>>();
      noteResource(args, new Date());
      const findings = new Findings(definition, config, send);
      if (!governs(args.type)) return;
      const resource = new GovernedResource(args);
      definition.check(resource, findings.on(resource), readSettings(settings, config));
    },
    ...(remediate && {
      remediateResource: (args) => {
        if (!governs(args.type)) return undefined;
        remediate(args.props, readSettings(settings, args.getConfig<Record<string, unknown>>()));
        return args.props;
      },
    }),
  });
}

interface StackRule<S extends Settings> extends RuleText {
  readonly settings?: S;
  readonly check: (stack: Stack, settings: SettingValues<S>) => void;
}

/** A rule over all resources of a stack and what depends on what, judged when all of them are declared. */
export function stackRule<S extends Settings = NoSettings>(definition: StackRule<S>): Rule {
  const settings = definition.settings ?? ({} as S);
  return described(definition, settings, [], false, {
    validateStack: (args, send) => {
      const config = args.getConfig<Record<string, unknown>>();
      const findings = new Findings(definition, config, send);
      definition.check(new Stack(args.resources, findings), readSettings(settings, config));
    },
  });
}

function described(
  text: RuleText,
  settings: Settings,
  types: readonly ResourceType[],
  fixes: boolean,
  checks:
    | Pick<ResourceValidationPolicy, "validateResource" | "remediateResource">
    | Pick<StackValidationPolicy, "validateStack">,
): Rule {
  nameRule(text.name);
  const schemas = Object.entries(settings).map(([name, setting]) => [name, setting.schema] as const);
  const policy = {
    name: text.name,
    description: text.what,
    enforcementLevel: text.level,
    severity: text.severity,
    tags: [...text.source],
    remediationSteps: `${text.fix}.`,
    configSchema: { properties: { ...Object.fromEntries(schemas), ...waiverSchema } },
    ...checks,
  };
  return { text, settings, types: types.map(({ token }) => token), fixes, policy };
}
