import type { JSX } from "preact";
import type { Path } from "../../model/reach";
import type { GrantRecord } from "../../model/schema";
import { day } from "../dates";
import { type Facts, grantLabel } from "../facts";

const hows: Readonly<Record<Path["how"], string>> = {
  direct: "directly",
  secret: "by reading its secret",
  as: "by acting as it",
  rights: "by giving itself the right first",
};

/** Every way to or from what is chosen. A button lights the way in the drawing. */
export function PathTable({
  facts,
  paths,
  hot,
  onHot,
}: {
  readonly facts: Facts;
  readonly paths: readonly Path[];
  readonly hot: Path | undefined;
  readonly onHot: (path: Path | undefined) => void;
}): JSX.Element {
  return (
    <Scrolled label="Ways, each by its grants">
      <table>
        <thead>
          <tr>
            <th scope="col">Who</th>
            <th scope="col">Can</th>
            <th scope="col">On what</th>
            <th scope="col">How</th>
            <th scope="col">By which grants</th>
            <th scope="col">Way</th>
          </tr>
        </thead>
        <tbody>
          {paths.map((path) => (
            <tr class={path === hot ? "hot" : ""}>
              <Who facts={facts} id={path.who.id} />
              <td data-label="Can">{path.can.join(", ") || "what the role says"}</td>
              <td data-label="On what">
                {facts.label(path.to.id)} <span class="kind">{path.to.kind}</span>
              </td>
              <td data-label="How">
                {path.how === "as" ? `by acting as ${facts.label(path.grants.at(-1)?.holder ?? "")}` : hows[path.how]}
              </td>
              <td data-label="By which grants">
                {path.grants.map((grant) => (
                  <GrantWords facts={facts} grant={grant} />
                ))}
              </td>
              <td data-label="Way">
                <button
                  type="button"
                  aria-pressed={path === hot}
                  aria-label={`Highlight the way from ${facts.label(path.who.id)} to ${facts.label(path.to.id)}`}
                  onClick={() => {
                    onHot(path === hot ? undefined : path);
                  }}
                >
                  Highlight
                </button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scrolled>
  );
}

/** Every grant that is drawn. */
export function GrantTable({
  facts,
  grants,
}: {
  readonly facts: Facts;
  readonly grants: readonly GrantRecord[];
}): JSX.Element {
  return (
    <Scrolled label="All grants">
      <table>
        <thead>
          <tr>
            <th scope="col">Who</th>
            <th scope="col">Holds</th>
            <th scope="col">On what</th>
            <th scope="col">By which resource of the program, since when</th>
          </tr>
        </thead>
        <tbody>
          {grants.map((grant) => (
            <tr>
              <Who facts={facts} id={grant.holder} />
              <td data-label="Holds">{grantLabel(grant)}</td>
              <td data-label="On what">
                {facts.label(grant.to)} <span class="kind">{facts.party(grant.to).kind}</span>
              </td>
              <td data-label="By which resource of the program, since when">
                <code>{grant.by.name}</code>
                {grant.since !== undefined && `, ${day(grant.since)}`}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scrolled>
  );
}

/** A name, and the ID beside it where the program has no name of its own for whoever that is. */
function Who({ facts, id }: { readonly facts: Facts; readonly id: string }): JSX.Element {
  const { name, displayName, stack } = facts.party(id);
  return (
    <th scope="row">
      {facts.label(id)}
      {displayName !== undefined && stack === undefined && (
        <>
          {" "}
          <code>{name}</code>
        </>
      )}
    </th>
  );
}

function GrantWords({ facts, grant }: { readonly facts: Facts; readonly grant: GrantRecord }): JSX.Element {
  return (
    <p>
      {grantLabel(grant)} on {facts.label(grant.to)}, by <code>{grant.by.name}</code>
      {grant.since !== undefined && ` since ${day(grant.since)}`}
      {grant.scope !== undefined && (
        <>
          , at{" "}
          <code class="scope" title={grant.scope}>
            {grant.scope.split("/").slice(-2).join("/")}
          </code>
        </>
      )}
    </p>
  );
}

/** A table that may be wider than the page. */
export const Scrolled = ({
  label,
  children,
}: {
  readonly label: string;
  readonly children: JSX.Element;
}): JSX.Element => (
  <div class="scroll" tabIndex={0} role="group" aria-label={label}>
    {children}
  </div>
);
