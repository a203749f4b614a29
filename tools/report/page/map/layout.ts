import { Graph, layout } from "@dagrejs/dagre";
import type { Box, Link } from "./links";

export interface PlacedBox extends Box {
  readonly x: number;
  readonly y: number;
}
export interface PlacedLink extends Link {
  readonly points: readonly { readonly x: number; readonly y: number }[];
  readonly label: { readonly x: number; readonly y: number; readonly width: number; readonly text: string };
}
export interface Placed {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly PlacedBox[];
  readonly links: readonly PlacedLink[];
}

export const BOX = { width: 178, height: 42 } as const;
const CHARACTER = 6.1;

/** A label that fits between two boxes. */
const wordsOf = ({ labels }: Link): string =>
  labels.length > 2 ? `${labels.slice(0, 2).join(", ")}, …` : labels.join(", ");

/** What colour alone must not tell. */
const marks: Readonly<Record<Link["style"], string>> = {
  holds: "",
  awaits: "",
  indirect: "",
  gains: "+ ",
  loses: "− ",
};

const labelOf = (link: Link): string => `${marks[link.style]}${wordsOf(link)}`;

/** Places boxes in columns, from who acts to what is reached. */
export function placed(links: readonly Link[]): Placed {
  const graph = new Graph({ multigraph: false });
  graph.setGraph({ rankdir: "LR", nodesep: 14, ranksep: 18, marginx: 8, marginy: 8, ranker: "longest-path" });
  const boxes = new Map(links.flatMap(({ from, to }) => [[from.id, from] as const, [to.id, to] as const]));
  for (const id of boxes.keys()) graph.setNode(id, { ...BOX });
  for (const link of links) {
    graph.setEdge(link.from.id, link.to.id, {
      width: labelOf(link).length * CHARACTER + 10,
      height: 14,
      labelpos: "c",
    });
  }
  layout(graph);
  const { width = 0, height = 0 } = graph.graph() as { width?: number; height?: number };
  return {
    width,
    height,
    boxes: [...boxes.values()].map((box) => {
      const { x = 0, y = 0 } = graph.node(box.id) as { x?: number; y?: number };
      return { ...box, x, y };
    }),
    links: links.map((link) => {
      const {
        points = [],
        x = 0,
        y = 0,
      } = graph.edge(link.from.id, link.to.id) as {
        points?: { x: number; y: number }[];
        x?: number;
        y?: number;
      };
      const text = labelOf(link);
      return { ...link, points, label: { x, y, width: text.length * CHARACTER + 6, text } };
    }),
  };
}
