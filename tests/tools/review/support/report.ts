import type { EngineEvent } from "@pulumi/pulumi/automation";
import { reportOf } from "../../../../tools/review/report/report";
import { type Report, reportSchema } from "../../../../tools/review/report/schema";
import type { Stop } from "../../../../tools/review/report/verdict";
import { now } from "./daemon";
import { previewed, type Told } from "./events";

export const options = (...failOn: Stop[]) => ({ stack: "dev", asOf: now, failOn });

/** The report of a change, which always has the documented shape. */
export const reviewOf = (told: readonly Told[], ...others: readonly EngineEvent[]): Report =>
  reportSchema.parse(reportOf(previewed(told, ...others), options()));

export const accessTexts = (told: readonly Told[]): string[] => reviewOf(told).access.changes.map(({ text }) => text);

export const riskTexts = (told: readonly Told[], ...others: readonly EngineEvent[]): string[] =>
  reviewOf(told, ...others).risks.map(({ kind, text }) => `${kind}: ${text}`);
