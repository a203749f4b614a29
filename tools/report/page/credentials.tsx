import type { JSX } from "preact";
import { day, days, daysTo } from "./dates";
import { type Facts, labelOf } from "./facts";
import { Scrolled } from "./map/tables";

/** How each daemon's credentials stand: their ends, the consents, and what the last verify run found. */
export function Credentials({ facts }: { readonly facts: Facts }): JSX.Element {
  const { timeline, asOf, verify } = facts.report;
  return (
    <>
      <Scrolled label="Credentials">
        <table>
          <thead>
            <tr>
              <th scope="col">Of</th>
              <th scope="col">Credential</th>
              <th scope="col">Ends</th>
              <th scope="col">Left</th>
            </tr>
          </thead>
          <tbody>
            {timeline.credentials.map(({ of, kind, name, ends }) => {
              const left = ends === undefined ? undefined : daysTo(asOf, ends);
              return (
                <tr>
                  <th scope="row">{facts.label(of)}</th>
                  <td data-label="Credential">
                    {kind} <code>{name}</code>
                  </td>
                  <td data-label="Ends">{ends === undefined ? "no end is known" : day(ends)}</td>
                  <td data-label="Left" class={left !== undefined && left < 30 ? "soon" : ""}>
                    {left === undefined
                      ? ""
                      : left < 0
                        ? `ended ${days(-left)} ago`
                        : `${days(left)}${left < 30 ? ", soon" : ""}`}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </Scrolled>
      <h3>Consents pending</h3>
      {timeline.consents.length === 0 ? (
        <p class="none">None that the program waits for.</p>
      ) : (
        <ul>
          {timeline.consents.map(({ of, permissions, url }) => (
            <li>
              <b>{labelOf(facts.party(of))}</b>: {permissions.join(", ")}
              {url !== undefined && (
                <>
                  . An administrator consents at <code class="scope">{url}</code>
                </>
              )}
            </li>
          ))}
        </ul>
      )}
      <h3>Last verify run</h3>
      {verify === null ? (
        <p class="none">
          None was handed in. <code>daemon-access verify --json</code> writes one; <code>--verify-file</code> shows it
          here.
        </p>
      ) : (
        <Scrolled label="Last verify run">
          <table>
            <thead>
              <tr>
                <th scope="col">Daemon</th>
                <th scope="col">Call</th>
                <th scope="col">Result</th>
                <th scope="col">Reason and fix</th>
              </tr>
            </thead>
            <tbody>
              {verify.checks.map(({ daemon, what, result, detail, reason, remedy }) => (
                <tr>
                  <th scope="row">{daemon ?? verify.vault}</th>
                  <td data-label="Call">{what}</td>
                  <td data-label="Result" class={`result ${result}`}>
                    {result}
                  </td>
                  <td data-label="Reason and fix">
                    {reason ?? detail}
                    {remedy !== undefined && <p>Fix: {remedy}</p>}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scrolled>
      )}
    </>
  );
}
