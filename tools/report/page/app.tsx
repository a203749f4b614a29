import type { ComponentChildren, JSX } from "preact";
import { useEffect, useMemo, useState } from "preact/hooks";
import type { AccessReport } from "../model/schema";
import { Credentials } from "./credentials";
import { day } from "./dates";
import { Facts } from "./facts";
import { AccessMap } from "./map/accessMap";
import { Policies } from "./policies";
import { Reviews } from "./review";
import { Tabs, type Tab } from "./tabs";
import { Timeline } from "./timeline/timeline";

/** The page: what it is about, and a part for each question that people come with. */
export function App({ report }: { readonly report: AccessReport }): JSX.Element {
  const facts = useMemo(() => new Facts(report), [report]);
  const printing = usePrinting();
  const tabs: Tab[] = [
    ...(report.reviews.length > 0 ? [{ id: "review", title: "Review", show: () => <Reviews facts={facts} /> }] : []),
    { id: "map", title: "Access map", show: () => <AccessMap facts={facts} /> },
    { id: "timeline", title: "Timeline", show: () => <Timeline facts={facts} /> },
    { id: "credentials", title: "Credentials", show: () => <Credentials facts={facts} /> },
    { id: "policies", title: "Policies", show: () => <Policies facts={facts} /> },
  ];
  return (
    <>
      <header>
        <h1>Access report</h1>
        <p class="about">
          {report.stacks.map(({ id, from }) => `${id}, from its ${from}`).join("; ")}. As of{" "}
          <time dateTime={report.asOf}>{day(report.asOf)}</time>.
        </p>
        <Figures facts={facts} />
      </header>
      <main>
        <Tabs tabs={tabs} all={printing} />
      </main>
    </>
  );
}

function Figures({ facts }: { readonly facts: Facts }): JSX.Element {
  const { report } = facts;
  const next = report.timeline.credentials.find(({ ends }) => ends !== undefined && ends > report.asOf);
  const mandatory = (report.policies ?? []).filter(({ level }) => level === "mandatory").length;
  return (
    <dl class="figures">
      <Figure name="Daemons">{facts.daemons.length}</Figure>
      <Figure name="Others with access">{facts.others.length}</Figure>
      <Figure name="Resources and permissions">{facts.things.length}</Figure>
      <Figure name="Consents pending">{report.timeline.consents.length}</Figure>
      <Figure name="Next end">{next?.ends === undefined ? "none" : day(next.ends)}</Figure>
      {report.policies !== null && <Figure name="Violated rules">{mandatory}</Figure>}
    </dl>
  );
}

const Figure = ({ name, children }: { readonly name: string; readonly children: ComponentChildren }): JSX.Element => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
);

/** On paper there are no tabs to choose from. */
function usePrinting(): boolean {
  const [printing, setPrinting] = useState(false);
  useEffect(() => {
    const media = matchMedia("print");
    const listen = (): void => {
      setPrinting(media.matches);
    };
    const before = (): void => {
      setPrinting(true);
    };
    const after = (): void => {
      setPrinting(false);
    };
    // The medium may have changed before this effect.
    listen();
    media.addEventListener("change", listen);
    addEventListener("beforeprint", before);
    addEventListener("afterprint", after);
    return () => {
      media.removeEventListener("change", listen);
      removeEventListener("beforeprint", before);
      removeEventListener("afterprint", after);
    };
  }, []);
  return printing;
}
