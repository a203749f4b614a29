import type { AccessReport, PartyRecord } from "../../../../tools/report/model/schema";
import { Reach } from "../../../../tools/report/model/reach";
import { Facts } from "./facts";
import { UNTIL } from "./questions";

const asked: ReadonlySet<string> = new Set([
  "secret",
  "file system",
  "Machine Learning workspace",
  "Microsoft Graph permission",
  "application",
  "managed identity",
]);

/** What the report's map says that everyone in it can do. @param names what the answers call somebody, by the ID in Azure */
export function mapAnswers(report: AccessReport, names: ReadonlyMap<string, string>): Facts {
  const facts = new Facts();
  const reach = new Reach(report);
  const nameOf = ({ name, daemon, azureId = "" }: PartyRecord): string =>
    daemon ?? names.get(azureId) ?? names.get(name) ?? name.replace(/^stdaemons-/, "");
  for (const party of report.parties) {
    for (const { to, can } of reach.from(party.id).filter((path) => asked.has(path.to.kind))) {
      can.forEach((ability) => {
        facts.add(nameOf(party), ability, nameOf(to));
      });
    }
  }
  const parties = new Map(report.parties.map((party) => [party.id, party]));
  for (const { of, kind, ends } of report.timeline.credentials) {
    const party = parties.get(of);
    if (kind === "client secret" && party && ends !== undefined) {
      facts.add(nameOf(party), UNTIL, ends.slice(0, 10));
    }
  }
  return facts;
}
