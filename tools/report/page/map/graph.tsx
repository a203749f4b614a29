import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import type { Path } from "../../model/reach";
import type { Link } from "./links";
import { BOX, placed, type PlacedBox, type PlacedLink } from "./layout";

interface Props {
  readonly links: readonly Link[];
  readonly chosen: string | undefined;
  /** The way that is lit. */
  readonly hot: Path | undefined;
  readonly onChoose: (id: string) => void;
}

/** How far a wide drawing is scaled down before it scrolls. */
const SMALLEST = 0.8;

/** The drawing. The table below it tells the same in words, and the lists beside it choose by keyboard. */
export function Graph({ links, chosen, hot, onChoose }: Props): JSX.Element {
  const { width, height, boxes, links: arrows } = useMemo(() => placed(links), [links]);
  if (links.length === 0) return <p class="none">No access to draw.</p>;
  const lit = new Set(hot?.grants.map(({ id }) => id));
  const isLit = ({ grants }: Link): boolean => hot === undefined || grants.some((id) => lit.has(id));
  return (
    <div class="scroll" tabIndex={0} role="group" aria-label="Drawing of the access, which scrolls">
      <svg
        role="img"
        aria-label={`${boxes.length} parties and ${arrows.length} arrows between them; the table below tells each.`}
        width={width}
        height={height}
        style={{ minWidth: `${Math.round(width * SMALLEST)}px` }}
        viewBox={`0 0 ${width} ${height}`}
      >
        <defs>
          <marker
            id="arrow"
            viewBox="0 0 8 8"
            refX="7"
            refY="4"
            markerWidth="7"
            markerHeight="7"
            orient="auto-start-reverse"
          >
            <path d="M0 0 L8 4 L0 8 z" class="tip" />
          </marker>
        </defs>
        {arrows.map((link) => (
          <Arrow link={link} dim={!isLit(link)} />
        ))}
        {boxes.map((box) => (
          <Node box={box} chosen={box.party === chosen && chosen !== undefined} onChoose={onChoose} />
        ))}
      </svg>
    </div>
  );
}

function Arrow({ link, dim }: { readonly link: PlacedLink; readonly dim: boolean }): JSX.Element {
  const { points, style, label, labels } = link;
  return (
    <g class={`link ${style}${dim ? " dim" : ""}`}>
      <path d={curve(points)} marker-end="url(#arrow)" />
      {label.text !== "" && <rect x={label.x - label.width / 2} y={label.y - 8} width={label.width} height="16" />}
      <text x={label.x} y={label.y + 4}>
        {label.text}
        <title>{labels.join(", ")}</title>
      </text>
    </g>
  );
}

function Node({
  box,
  chosen,
  onChoose,
}: {
  readonly box: PlacedBox;
  readonly chosen: boolean;
  readonly onChoose: Props["onChoose"];
}): JSX.Element {
  const { x, y, label, kind, side, party } = box;
  return (
    <g
      class={`box ${side}${chosen ? " chosen" : ""}${party === undefined ? "" : " can"}`}
      transform={`translate(${x - BOX.width / 2} ${y - BOX.height / 2})`}
      onClick={() => {
        if (party !== undefined) onChoose(party);
      }}
    >
      <title>{`${kind} ${label}`}</title>
      <rect width={BOX.width} height={BOX.height} rx="6" />
      <text x="10" y="18">
        {shortened(label, 21)}
      </text>
      <text x="10" y="33" class="kind">
        {shortened(kind, 28)}
      </text>
    </g>
  );
}

const shortened = (text: string, most: number): string => (text.length > most ? `${text.slice(0, most - 1)}…` : text);

/** A line that leaves and arrives level. */
function curve(points: PlacedLink["points"]): string {
  const [first, ...rest] = points;
  if (first === undefined) return "";
  let path = `M${first.x} ${first.y}`;
  let from = first;
  for (const to of rest) {
    const middle = (from.x + to.x) / 2;
    path += ` C${middle} ${from.y} ${middle} ${to.y} ${to.x} ${to.y}`;
    from = to;
  }
  return path;
}
