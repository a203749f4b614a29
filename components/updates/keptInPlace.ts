import * as pulumi from "@pulumi/pulumi";
import type { Problems } from "../checks/argumentError";
import { placeOf } from "../checks/identifiers";
import type { Check } from "../checks/refusal";

type Asked = pulumi.Input<string> | undefined;

/** Where the arguments have a resource. Nothing where they leave it out. */
export interface AskedPlace {
  readonly resourceGroupName: Asked;
  readonly name: Asked;
  /** The argument that names it, for a message. */
  readonly input: string;
  readonly location: Asked;
}

interface Kept {
  readonly id: pulumi.Output<string>;
  readonly location: pulumi.Output<string | undefined>;
}

/** The place of a resource that is never made anew. Arguments that have it elsewhere, or under another name, are refused. */
export class KeptPlace {
  private begin: () => void = () => undefined;
  private readonly begun = new Promise<void>((resolve) => {
    this.begin = resolve;
  });

  constructor(
    private readonly problems: Problems,
    private readonly asked: AskedPlace,
  ) {}

  /** Before the resource is made: then it may lie wherever it is asked for. */
  readonly beforeCreate = (): void => {
    this.begin();
  };

  /** Before the resource is changed. What is asked for and still pending is judged by {@link idOf}. */
  readonly beforeUpdate = (id: string, location: string | undefined): void => {
    const { resourceGroupName, name, input, location: region } = this.asked;
    this.judge(id, location, { resourceGroupName, name, input, location: region });
  };

  /**
   * The ID of the resource, which fails where the arguments have it elsewhere or under another name: in a preview too, as soon
   * as the resource is there.
   */
  idOf(resource: Kept): pulumi.Output<string> {
    return (
      pulumi
        // A preview may not know the region of what the arguments give none.
        .all([resource.id, this.asked.location === undefined ? undefined : resource.location, this.asked])
        .apply(([id, region, asked]) => {
          this.judge(id, region, asked);
          return id;
        })
    );
  }

  /**
   * What others wait for by `dependsOn`, so that nothing is changed where the resource is refused: a new one holds nobody up.
   *
   * @param id the one of {@link idOf}, or one that is judged further
   */
  standing(id: pulumi.Output<string>): pulumi.Output<pulumi.Resource[]> {
    // A preview makes nothing, and an unknown ID holds nobody up either.
    if (pulumi.runtime.isDryRun()) return id.apply(() => []);
    const judged = new Promise<void>((resolve) => {
      id.apply(() => {
        resolve();
      });
    });
    return pulumi.output(Promise.race([this.begun, judged]).then(() => []));
  }

  private judge(id: string, region: string | undefined, asked: AskedPlace): void {
    const place = placeOf(id);
    this.refuseMove("location", region, asked.location);
    this.refuseMove("resourceGroupName", place.resourceGroupName, asked.resourceGroupName);
    this.refuseMove(asked.input, place.name, asked.name);
  }

  private refuseMove(input: string, present: string | undefined, asked: Asked): void {
    if (present === undefined || typeof asked !== "string") return;
    const refusal = stays(present)(asked);
    if (refusal) throw this.problems.late(input, asked, refusal);
  }
}

const standings = new WeakMap<object, pulumi.Output<pulumi.Resource[]>>();

/** Remembers what others wait for. */
export function rememberStanding(component: object, standing: pulumi.Output<pulumi.Resource[]>): void {
  standings.set(component, standing);
}

/** What others wait for before they change anything; nothing where a component makes nothing that is kept in its place. */
export const standingOf = (component: object): pulumi.Output<pulumi.Resource[]> =>
  standings.get(component) ?? pulumi.output([]);

/** Judges what is asked for by what is there, in any letter case. */
const stays =
  (present: string): Check =>
  (asked) =>
    plain(asked) === plain(present)
      ? undefined
      : {
          needed: `${present}, because a change would replace it and delete its contents`,
          fix: `Write ${present}; for a new one, add another component.`,
        };

/** Azure writes one region as "West Europe" and as "westeurope". */
const plain = (text: string): string => text.replaceAll(" ", "").toLowerCase();
