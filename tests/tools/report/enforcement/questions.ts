import type { Facts } from "./facts";

/** What tells the day that a secret ends on. */
export const UNTIL = "sign in until";

/** What an auditor asks about: everyone and everything of the stack. */
export interface Subjects {
  readonly daemons: readonly string[];
  /** Readers, owners and workloads. */
  readonly others: readonly string[];
  readonly secrets: readonly string[];
  readonly fileSystems: readonly string[];
  readonly permissions: readonly string[];
  readonly workspace: string;
}

/** A question, as the documentation has it, and its answer for each subject from what somebody knows. */
export interface Question {
  readonly asks: string;
  readonly answers: (facts: Facts, subjects: Subjects) => string[];
}

const nobody = "nobody";
const nothing = "nothing";
const list = (words: Iterable<string>, none: string): string => [...new Set(words)].sort().join(", ") || none;

/** "archive: archive-writer, consumer": who can do something to each of these. */
const whoCan =
  (ability: string, of: (subjects: Subjects) => readonly string[]): Question["answers"] =>
  (facts, subjects) =>
    of(subjects).map((what) => {
      const holds = facts.where((fact) => fact.what === what && fact.can === ability);
      return `${what}: ${list(
        holds.map(({ who }) => who),
        nobody,
      )}`;
    });

/** How an answer begins that tells an ability, where the ability's own words do not say it all. */
const openings: Readonly<Record<string, string>> = {
  "act as it": "act as",
  "call the API": "call Graph with",
  "read the workspace": "read the workspace",
};

/** "loader: read files of forecasts, reports; act as mailer": what each of these can do. */
const whatCan =
  (of: (subjects: Subjects) => readonly string[]): Question["answers"] =>
  (facts, subjects) =>
    of(subjects).map((who) => {
      const holds = facts.where((fact) => fact.who === who && fact.can !== UNTIL);
      const told = [...new Set(holds.map(({ can }) => can))].sort().map((can) => {
        const things = holds.filter((fact) => fact.can === can).map(({ what }) => what);
        return `${openings[can] ?? `${can} of`} ${list(things, nothing)}`;
      });
      return `${who}: ${told.join("; ") || nothing}`;
    });

const onWorkspace =
  (abilities: readonly string[]): Question["answers"] =>
  (facts, { workspace }) =>
    abilities.map((ability) => {
      const holds = facts.where(({ what, can }) => what === workspace && can === ability);
      return `${ability}: ${list(
        holds.map(({ who }) => who),
        nobody,
      )}`;
    });

export const questions: readonly Question[] = [
  { asks: "Who can read the secret of a daemon?", answers: whoCan("read secrets", ({ secrets }) => secrets) },
  { asks: "Who can act as a daemon?", answers: whoCan("act as it", ({ daemons }) => daemons) },
  { asks: "What can a daemon do?", answers: whatCan(({ daemons }) => daemons) },
  { asks: "What does a reader, an owner or a workload reach?", answers: whatCan(({ others }) => others) },
  { asks: "Who can read the files of a file system?", answers: whoCan("read files", ({ fileSystems }) => fileSystems) },
  {
    asks: "Who can change the files of a file system?",
    answers: whoCan("write files", ({ fileSystems }) => fileSystems),
  },
  {
    asks: "Who can call Microsoft Graph with a permission?",
    answers: whoCan("call the API", ({ permissions }) => permissions),
  },
  {
    asks: "Who can do what in the Machine Learning workspace?",
    answers: onWorkspace(["read the workspace", "run jobs", "start computes", "call endpoints"]),
  },
  {
    asks: "Who can change settings or give rights to others?",
    answers: onWorkspace(["change settings", "assign roles"]),
  },
  {
    asks: "Until when can a daemon sign in with its secret?",
    answers: (facts, { daemons }) =>
      daemons.map((daemon) => {
        const ends = facts.where(({ who, can }) => who === daemon && can === UNTIL);
        return `${daemon}: ${list(
          ends.map(({ what }) => what),
          "it has no secret",
        )}`;
      }),
  },
];
