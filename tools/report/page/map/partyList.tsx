import type { JSX } from "preact";
import { useId, useRef } from "preact/hooks";
import type { PartyRecord } from "../../model/schema";
import { labelOf } from "../facts";

interface Props {
  readonly title: string;
  readonly parties: readonly PartyRecord[];
  readonly chosen: string | undefined;
  readonly onChoose: (id: string | undefined) => void;
}

/** A list with one stop of the Tab key, in which arrow keys choose. */
export function PartyList({ title, parties, chosen, onChoose }: Props): JSX.Element {
  const heading = useId();
  const list = useRef<HTMLUListElement>(null);
  const at = parties.findIndex(({ id }) => id === chosen);
  const move = (to: number): void => {
    const next = parties[Math.min(Math.max(to, 0), parties.length - 1)];
    if (next === undefined) return;
    onChoose(next.id);
    list.current?.querySelector(`#option-${next.id}`)?.scrollIntoView({ block: "nearest" });
  };
  const moves: Readonly<Record<string, () => void>> = {
    ArrowDown: () => {
      move(at + 1);
    },
    ArrowUp: () => {
      move(at === -1 ? 0 : at - 1);
    },
    Home: () => {
      move(0);
    },
    End: () => {
      move(parties.length - 1);
    },
    Escape: () => {
      onChoose(undefined);
    },
  };
  return (
    <div class="party-list">
      <h3 id={heading}>
        {title} <span class="count">{parties.length}</span>
      </h3>
      {parties.length === 0 ? (
        <p class="none">None.</p>
      ) : (
        <ul
          ref={list}
          role="listbox"
          tabIndex={0}
          aria-labelledby={heading}
          {...(at !== -1 && { "aria-activedescendant": `option-${parties[at]?.id ?? ""}` })}
          onKeyDown={(event) => {
            const act = moves[event.key];
            if (act === undefined) return;
            event.preventDefault();
            act();
          }}
        >
          {parties.map((party) => (
            <li
              role="option"
              id={`option-${party.id}`}
              aria-selected={party.id === chosen}
              onClick={() => {
                onChoose(party.id === chosen ? undefined : party.id);
              }}
            >
              {labelOf(party)} <span class="kind">{party.kind}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
