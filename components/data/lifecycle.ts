import * as storage from "@pulumi/azure-native/storage";
import { fileSystemName, lifecycleRuleName, pathPrefix } from "../checks/names";
import { didYouMean } from "../checks/nearest";
import { wholeNumber } from "../checks/numbers";
import { firstRepeated } from "../checks/oneOf";
import { type Check, type Tell, write } from "../checks/refusal";

/** What happens to files that have not changed for some time. Days count from a file's last change. */
export interface LifecycleRuleArgs {
  /** 1 to 256 letters and digits, and no other rule's name. */
  readonly name: string;
  /**
   * The file system whose files the rule is for.
   * @default every file system of the lake
   */
  readonly fileSystem?: string;
  /**
   * How the paths of the files begin, such as `raw/2026`. Needs fileSystem.
   * @default every file in it
   */
  readonly prefix?: string;
  /**
   * Days until a file moves to the cool tier, which costs less to keep and more to read.
   * @default it does not
   */
  readonly coolAfterDays?: number;
  /**
   * Days until a file moves to the cold tier.
   * @default it does not
   */
  readonly coldAfterDays?: number;
  /**
   * Days until a file moves to the archive tier, from which it must be rehydrated before it can be read. Zone-redundant
   * accounts have no such tier.
   * @default it does not
   */
  readonly archiveAfterDays?: number;
  /**
   * Days until a file is deleted.
   * @default it is not
   */
  readonly deleteAfterDays?: number;
}

/** Azure's limit. */
const MOST_RULES = 100;

export const lifecycleDays = wholeNumber(1, 36_500, "days");

/** What happens to a file, in the order in which it can happen. */
const steps = ["coolAfterDays", "coldAfterDays", "archiveAfterDays", "deleteAfterDays"] as const;

/** A kind of replication whose copies all lie in one place, or two: the archive tier is there and nowhere else. */
const archives = (sku: string): boolean => !sku.includes("ZRS");

/** A rule whose parts may be told of elsewhere as wrong, and are then left out here. */
export type GivenRule = { readonly [Part in keyof LifecycleRuleArgs]: LifecycleRuleArgs[Part] | undefined } & {
  readonly name: string;
};

interface Lake {
  readonly sku: string;
  /** Those that it has. */
  readonly fileSystems: readonly string[];
}

/** Judges one day against those of the steps before it. */
const laterThan =
  (before: string, days: number): Check<number> =>
  (value) =>
    value > days
      ? undefined
      : { needed: `a number of days after ${before}, which is ${days}`, fix: `Write, for example, ${days + 30}.` };

/** Judges the rules of a lake. */
export function checkLifecycle(tell: Tell, rules: readonly GivenRule[], lake: Lake): void {
  if (rules.length > MOST_RULES) {
    tell("lifecycle", rules, { needed: `${MOST_RULES} rules at most`, fix: "Join those that do the same." });
  }
  rules.forEach((rule, index) => {
    checkRule(tell, `lifecycle[${index}]`, rule, lake);
  });
  const repeated = firstRepeated(rules.map(({ name }) => name.toLowerCase()));
  if (repeated) {
    const needed = "a name that no other rule has";
    tell(`lifecycle[${repeated.index}].name`, repeated.word, { needed, fix: "Change one of them." });
  }
}

function checkRule(tell: Tell, path: string, rule: GivenRule, { sku, fileSystems }: Lake): void {
  const { name, fileSystem, prefix, archiveAfterDays } = rule;
  judge(tell, `${path}.name`, name, lifecycleRuleName);
  if (fileSystem !== undefined) {
    judge(tell, `${path}.fileSystem`, fileSystem, fileSystemName);
    if (!fileSystemName(fileSystem) && !fileSystems.includes(fileSystem)) {
      const needed = "a file system that the lake has";
      tell(`${path}.fileSystem`, fileSystem, {
        needed,
        fix: didYouMean(fileSystem, fileSystems, "Use it in a daemon, or leave the rule out."),
      });
    }
  }
  if (prefix !== undefined) {
    judge(tell, `${path}.prefix`, prefix, pathPrefix);
    if (fileSystem === undefined) {
      tell(`${path}.fileSystem`, undefined, {
        needed: "the file system that the prefix is in",
        fix: write("forecasts"),
      });
    }
  }
  checkDays(tell, path, rule);
  if (archiveAfterDays !== undefined && !archives(sku)) {
    tell(`${path}.archiveAfterDays`, archiveAfterDays, {
      needed: `a lake with an archive tier, which one of ${sku} has not`,
      fix: 'Write coldAfterDays, or make the lake\'s sku "Standard_LRS", "Standard_GRS" or "Standard_RAGRS".',
    });
  }
}

function checkDays(tell: Tell, path: string, rule: GivenRule): void {
  const given = steps.flatMap((step) => (rule[step] === undefined ? [] : [{ step, days: rule[step] }]));
  if (given.length === 0) {
    const needed = `one or more of ${steps.join(", ")}`;
    tell(path, rule, { needed, fix: "Say what becomes of the files, and when." });
  }
  given.forEach(({ step, days }, index) => {
    const before = given[index - 1];
    const check = lifecycleDays(days) || !before ? lifecycleDays : laterThan(before.step, before.days);
    judge(tell, `${path}.${step}`, days, check);
  });
}

function judge<T>(tell: Tell, input: string, value: T, check: Check<T>): void {
  const refusal = check(value);
  if (refusal) tell(input, value, refusal);
}

/** Azure's words for checked rules. */
export const lifecyclePolicy = (rules: readonly LifecycleRuleArgs[]): storage.ManagementPolicyArgs["policy"] => ({
  rules: rules.map(({ name, fileSystem, prefix, ...days }) => ({
    name,
    enabled: true,
    type: storage.RuleType.Lifecycle,
    definition: {
      actions: {
        baseBlob: {
          ...(days.coolAfterDays !== undefined && { tierToCool: after(days.coolAfterDays) }),
          ...(days.coldAfterDays !== undefined && { tierToCold: after(days.coldAfterDays) }),
          ...(days.archiveAfterDays !== undefined && { tierToArchive: after(days.archiveAfterDays) }),
          ...(days.deleteAfterDays !== undefined && { delete: after(days.deleteAfterDays) }),
        },
      },
      filters: {
        blobTypes: ["blockBlob"],
        ...(fileSystem !== undefined && { prefixMatch: [prefixMatch(fileSystem, prefix)] }),
      },
    },
  })),
});

const after = (days: number): { readonly daysAfterModificationGreaterThan: number } => ({
  daysAfterModificationGreaterThan: days,
});

/** The slash keeps a file system apart from one whose name begins the same. */
const prefixMatch = (fileSystem: string, prefix = ""): string => `${fileSystem}/${prefix}`;
