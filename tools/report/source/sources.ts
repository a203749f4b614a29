import { existsSync, readFileSync } from "node:fs";
import { UsageError } from "../../cli/failure";
import { planEstate } from "../../estate/plan/plan";
import { checkedPolicyFile, readPolicyFile } from "../../policies/policyFile";
import { waiversInCode, waiverStates, type WaiverState } from "../../policies/waiverStates";
import { type Estates, readEstates } from "../../review/estate/estate";
import { credentialValues } from "../../review/estate/secretValues";
import type { PreviewSource } from "../../review/preview/source";
import { reportOf } from "../../review/report/report";
import { stackOf as stackOfUrn } from "../model/parties";
import type { StackSource } from "../model/sources";
import { readExportedState } from "./exportedState";
import { stackExport } from "./stackExport";

/** What a report is asked to be about. */
export interface Wanted {
  readonly stack?: readonly string[];
  readonly stateFile?: readonly string[];
  /** All stacks of the project in this directory, which have been deployed. */
  readonly estate: boolean;
  readonly preview: boolean;
  readonly policyConfig?: string;
}

interface Means {
  readonly asOf: Date;
  readonly preview: PreviewSource;
  readonly progress: (line: string) => void;
}

/** The stacks, and every secret that was met on the way. */
export interface Sources {
  readonly sources: readonly StackSource[];
  readonly secrets: readonly string[];
}

/** @throws UsageError where a stack or a file is not there, or is none */
export async function sourcesOf(wanted: Wanted, means: Means): Promise<Sources> {
  const secrets: string[] = [];
  const found = (secret: string): void => void secrets.push(secret);
  const sources: StackSource[] = [];
  for (const path of wanted.stateFile ?? []) {
    const state = stateOf(textAt(path), path, found);
    sources.push({ ...state, waivers: waiversInCode(state.estates.after, means.asOf) });
  }
  const sourceOf = (stack: string): Promise<StackSource> =>
    wanted.preview ? previewOf(stack, wanted, means, found) : stackOf(stack, wanted, means, found);
  if (wanted.estate) sources.push(...(await estateOf(wanted.stack, means, sourceOf)));
  else for (const stack of wanted.stack ?? []) sources.push(await sourceOf(stack));
  return { sources, secrets };
}

/** All stacks of a project, or those that are named. One that was never deployed is left out, and told. */
async function estateOf(
  stack: readonly string[] | undefined,
  { progress }: Means,
  sourceOf: (stack: string) => Promise<StackSource>,
): Promise<StackSource[]> {
  const planned = await planEstate(process.cwd(), stack === undefined ? {} : { stack });
  const sources: StackSource[] = [];
  for (const { stack: name } of planned.filter(({ runs }) => runs)) {
    try {
      sources.push(await sourceOf(name));
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      progress(`${name} is left out: ${error.message}`);
    }
  }
  if (sources.length === 0) throw new UsageError("No stack of the estate could be read.");
  return sources;
}

function textAt(path: string): string {
  if (!existsSync(path)) throw new UsageError(`--state-file: there is no file ${path}.`);
  return readFileSync(path, "utf8");
}

function stateOf(text: string, from: string, found: (secret: string) => void): Omit<StackSource, "waivers"> {
  const { id, estates } = readExportedState(text, from, found);
  return { id, from: "state", estates };
}

async function stackOf(
  stack: string,
  wanted: Wanted,
  { asOf }: Means,
  found: (secret: string) => void,
): Promise<StackSource> {
  const state = stateOf(await stackExport(stack), `Stack ${stack}`, found);
  return { ...state, waivers: waiversOf(stack, wanted, state.estates, asOf) };
}

async function previewOf(
  stack: string,
  wanted: Wanted,
  { asOf, preview, progress }: Means,
  found: (secret: string) => void,
): Promise<StackSource> {
  if (!existsSync("Pulumi.yaml")) {
    throw new UsageError(`There is no Pulumi.yaml in ${process.cwd()}. Name the program's directory: --cwd.`);
  }
  const policyConfig = checkedPolicyFile(process.cwd(), stack, wanted.policyConfig);
  const previewed = await preview({ stack, project: process.cwd(), policyConfig, progress });
  previewed.secrets.forEach(found);
  credentialValues(previewed.events).forEach(found);
  const estates = readEstates(previewed.events, previewed.plan, found);
  const review = reportOf(previewed, { stack, failOn: [], asOf });
  const urn = [...estates.after.resources, ...estates.before.resources][0]?.urn;
  return {
    id: urn === undefined ? stack : stackOfUrn(urn),
    from: "preview",
    estates,
    review,
    waivers: waiversOf(stack, wanted, estates, asOf),
  };
}

/** Of the committed file, and of the stack's components. */
function waiversOf(stack: string, { policyConfig }: Wanted, { after }: Estates, asOf: Date): WaiverState[] {
  const path = checkedPolicyFile(process.cwd(), stack, policyConfig);
  return [...(path === undefined ? [] : waiverStates(readPolicyFile(path), asOf)), ...waiversInCode(after, asOf)];
}
