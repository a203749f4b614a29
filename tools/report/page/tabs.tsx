import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";

export interface Tab {
  readonly id: string;
  readonly title: string;
  readonly show: () => JSX.Element;
}

/** Tabs as the ARIA practices have them: arrow keys choose, and the address keeps the choice. */
export function Tabs({ tabs, all }: { readonly tabs: readonly Tab[]; readonly all: boolean }): JSX.Element {
  const named = (hash: string): number =>
    Math.max(
      0,
      tabs.findIndex(({ id }) => `#${id}` === hash),
    );
  const [chosen, setChosen] = useState(() => named(location.hash));
  useEffect(() => {
    const listen = (): void => {
      setChosen(named(location.hash));
    };
    addEventListener("hashchange", listen);
    return () => {
      removeEventListener("hashchange", listen);
    };
  });
  const choose = (index: number): void => {
    const next = tabs[(index + tabs.length) % tabs.length];
    if (next === undefined) return;
    setChosen(tabs.indexOf(next));
    history.replaceState(null, "", `#${next.id}`);
    document.getElementById(`tab-${next.id}`)?.focus();
  };
  const moves: Readonly<Record<string, number>> = {
    ArrowRight: chosen + 1,
    ArrowLeft: chosen - 1,
    Home: 0,
    End: tabs.length - 1,
  };
  return (
    <>
      <div role="tablist" aria-label="Parts of the report" class="tabs">
        {tabs.map(({ id, title }, index) => (
          <button
            type="button"
            role="tab"
            id={`tab-${id}`}
            aria-selected={index === chosen}
            aria-controls={`panel-${id}`}
            tabIndex={index === chosen ? 0 : -1}
            onClick={() => {
              choose(index);
            }}
            onKeyDown={(event) => {
              const to = moves[event.key];
              if (to === undefined) return;
              event.preventDefault();
              choose(to);
            }}
          >
            {title}
          </button>
        ))}
      </div>
      {tabs.map(({ id, title, show }, index) => (
        <section role="tabpanel" id={`panel-${id}`} aria-labelledby={`tab-${id}`} hidden={index !== chosen && !all}>
          <h2>{title}</h2>
          {(index === chosen || all) && show()}
        </section>
      ))}
    </>
  );
}
