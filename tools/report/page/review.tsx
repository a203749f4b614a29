import type { JSX } from "preact";
import { useMemo, useState } from "preact/hooks";
import type { AccessReport } from "../model/schema";
import type { Facts } from "./facts";
import { Graph } from "./map/graph";
import { overviewLinks } from "./map/links";
import { Scrolled } from "./map/tables";

type Review = AccessReport["reviews"][number];
const pictures = ["What changes", "Before", "After"] as const;

/** For a preview: the risks, then who gains and loses what, before and after in one picture. */
export function Reviews({ facts }: { readonly facts: Facts }): JSX.Element {
  const { reviews } = facts.report;
  return (
    <>
      {reviews.map((review) => (
        <Found review={review} />
      ))}
      <Pictures facts={facts} />
      {reviews.map(({ access }) => (
        <Changes changes={access.changes} />
      ))}
    </>
  );
}

function Found({ review: { stack, verdict, risks, dataLoss, preview } }: { readonly review: Review }): JSX.Element {
  return (
    <>
      <h3>
        {stack}: {verdict.reasons.join(", ") || "nothing to decide"}
      </h3>
      {preview.errors.length > 0 && (
        <ul>
          {preview.errors.map(({ message, resource }) => (
            <li class="risk high">
              <b>error</b> {resource !== undefined && `${resource}: `}
              {message}
            </li>
          ))}
        </ul>
      )}
      {risks.length + dataLoss.length === 0 && <p>No risks found.</p>}
      <ul>
        {risks.map(({ severity, text }) => (
          <li class={`risk ${severity}`}>
            <b>{severity}</b> {text}
          </li>
        ))}
        {dataLoss.map(({ change, resource, holds, retained }) => (
          <li class="risk high">
            <b>{change}</b> {resource}: {holds}
            {retained && " (Pulumi leaves it in Azure)"}
          </li>
        ))}
      </ul>
    </>
  );
}

function Pictures({ facts }: { readonly facts: Facts }): JSX.Element {
  const [picture, setPicture] = useState<(typeof pictures)[number]>("What changes");
  const links = useMemo(() => {
    const shown = facts.report.grants.filter(({ change }) =>
      picture === "Before" ? change !== "gains" : picture === "After" ? change !== "loses" : change !== "stays",
    );
    return overviewLinks(facts, shown, true);
  }, [picture]);
  return (
    <>
      <fieldset class="pictures">
        <legend>Picture</legend>
        {pictures.map((each) => (
          <label>
            <input
              type="radio"
              name="picture"
              checked={each === picture}
              onChange={() => {
                setPicture(each);
              }}
            />{" "}
            {each}
          </label>
        ))}
      </fieldset>
      <Graph links={links} chosen={undefined} hot={undefined} onChoose={() => undefined} />
    </>
  );
}

function Changes({ changes }: { readonly changes: Review["access"]["changes"] }): JSX.Element {
  if (changes.length === 0) return <p>Nobody gains or loses access.</p>;
  return (
    <Scrolled label="Who gains or loses what">
      <table>
        <thead>
          <tr>
            <th scope="col">Change</th>
            <th scope="col">In words</th>
            <th scope="col">Before</th>
            <th scope="col">After</th>
          </tr>
        </thead>
        <tbody>
          {changes.map(({ direction, text, weight, before, after }) => (
            <tr>
              <th scope="row" class={direction}>
                {direction}
              </th>
              <td data-label="In words">
                {text}
                {weight !== "ordinary" && <b> {weight}</b>}
              </td>
              <td data-label="Before">{before.join(", ") || "nothing"}</td>
              <td data-label="After">{after.join(", ") || "nothing"}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scrolled>
  );
}
