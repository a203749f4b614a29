import type { JSX } from "preact";
import { useMemo, useState } from "preact/hooks";
import { accessKinds } from "../../../review/access/grant";
import type { Path } from "../../model/reach";
import type { GrantRecord } from "../../model/schema";
import { type Facts, isThing, labelOf, searchText } from "../facts";
import { grantsOfKind, kindWords } from "./grantKinds";
import { Graph } from "./graph";
import { overviewLinks, pathLinks } from "./links";
import { PartyList } from "./partyList";
import { GrantTable, PathTable } from "./tables";

const allKinds: readonly GrantRecord["kind"][] = accessKinds.filter((kind) => kind !== "network");

/** Who reaches what, chosen from either side. */
export function AccessMap({ facts }: { readonly facts: Facts }): JSX.Element {
  const [search, setSearch] = useState("");
  const [kinds, setKinds] = useState<ReadonlySet<string>>(new Set(allKinds));
  const [indirect, setIndirect] = useState(true);
  const [chosen, setChosen] = useState<string>();
  const [hot, setHot] = useState<Path>();
  const wanted = search.trim().toLowerCase();
  const fits = (id: string): boolean => searchText(facts.party(id)).includes(wanted);

  const paths = useMemo(() => {
    if (chosen === undefined) return [];
    const all = [...facts.reach.from(chosen), ...facts.reach.to(chosen)];
    return all.filter(
      ({ grants, how }) => grants.every(({ kind }) => kinds.has(kind)) && (indirect || how === "direct"),
    );
  }, [chosen, kinds, indirect]);
  const grants = useMemo(
    () =>
      grantsOfKind(facts.report.grants, kinds).filter(({ holder, to }) => wanted === "" || fits(holder) || fits(to)),
    [kinds, wanted],
  );
  const links = useMemo(
    () => (chosen === undefined ? overviewLinks(facts, grants) : pathLinks(facts, paths)),
    [chosen, paths, grants],
  );
  const choose = (id: string | undefined): void => {
    setHot(undefined);
    setChosen(id);
  };
  const list = (title: string, parties: Facts["things"]): JSX.Element => (
    <PartyList title={title} parties={parties.filter(({ id }) => fits(id))} chosen={chosen} onChoose={choose} />
  );
  return (
    <>
      <div class="controls">
        <label class="search">
          Search names and IDs{" "}
          <input
            type="search"
            value={search}
            onInput={({ currentTarget }) => {
              setSearch(currentTarget.value);
            }}
          />
        </label>
        <fieldset>
          <legend>Access by</legend>
          {allKinds
            .filter((kind) => facts.report.grants.some((grant) => grant.kind === kind))
            .map((kind) => (
              <label>
                <input
                  type="checkbox"
                  checked={kinds.has(kind)}
                  onChange={() => {
                    setKinds(toggled(kinds, kind));
                  }}
                />{" "}
                {kindWords[kind]}
              </label>
            ))}
          <label>
            <input
              type="checkbox"
              checked={indirect}
              onChange={() => {
                setIndirect(!indirect);
              }}
            />{" "}
            Indirect access
          </label>
        </fieldset>
      </div>
      <div class="map">
        <div class="lists">
          {list("Daemons", facts.daemons)}
          {list("Others", facts.others)}
          {list("Resources and permissions", facts.things)}
        </div>
        <div class="drawing">
          <div class="heading" aria-live="polite">
            <h3>{chosen === undefined ? "All access" : titleOf(facts, chosen, paths)}</h3>
            {chosen !== undefined && (
              <button
                type="button"
                onClick={() => {
                  choose(undefined);
                }}
              >
                Show all access
              </button>
            )}
          </div>
          {chosen !== undefined && <About facts={facts} id={chosen} />}
          <Graph links={links} chosen={chosen} hot={hot} onChoose={choose} />
          {chosen === undefined ? (
            <GrantTable facts={facts} grants={grants} />
          ) : (
            <PathTable facts={facts} paths={paths} hot={hot} onHot={setHot} />
          )}
        </div>
      </div>
    </>
  );
}

function About({ facts, id }: { readonly facts: Facts; readonly id: string }): JSX.Element {
  const { kind, name, displayName, azureId, stack, openTo, credentialOf, within } = facts.party(id);
  return (
    <p class="about">
      {kind} <b>{name}</b>
      {displayName !== undefined && ` (“${displayName}”)`}
      {azureId !== undefined && azureId !== name && <code> {azureId}</code>}
      {stack !== undefined && `, declared in ${stack}`}
      {within !== undefined && `, in ${facts.label(within)}`}
      {credentialOf !== undefined && `; signs in as ${facts.label(credentialOf)}`}
      {openTo && `; answers ${openTo.join(", ")}`}.
    </p>
  );
}

function titleOf(facts: Facts, id: string, paths: readonly Path[]): string {
  const party = facts.party(id);
  const reached = new Set(paths.filter(({ who }) => who.id === id).map(({ to }) => to.id)).size;
  const reaching = new Set(paths.filter(({ to }) => to.id === id).map(({ who }) => who.id)).size;
  const by = `is reached by ${reaching === 0 ? "nobody in these stacks" : reaching}`;
  return isThing(party) ? `${labelOf(party)} ${by}` : `${labelOf(party)} reaches ${reached}, and ${by}`;
}

function toggled(set: ReadonlySet<string>, each: string): ReadonlySet<string> {
  const next = new Set(set);
  if (!next.delete(each)) next.add(each);
  return next;
}
