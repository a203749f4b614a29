import type { PropertyMap, Value } from "../server/values";
import { flag, list, object, output, type Attribute } from "./attributes";
import { flagOf, listOf, mapOf } from "./graphValues";

// Graph keeps the features of an application as tags with these names.
const tagOf = {
  customSingleSignOn: "WindowsAzureActiveDirectoryCustomSingleSignOnApplication",
  enterprise: "WindowsAzureActiveDirectoryIntegratedApp",
  gallery: "WindowsAzureActiveDirectoryGalleryApplicationNonPrimaryV1",
  hide: "HideApp",
} as const;

export const featureTags = (details: Partial<typeof output & { conflictsWith: readonly string[] }> = {}): Attribute =>
  list(
    "feature_tags",
    object("feature_tags", {
      customSingleSignOn: flag("custom_single_sign_on"),
      enterprise: flag("enterprise"),
      gallery: flag("gallery"),
      hide: flag("hide"),
    }),
    { computed: true, ...details },
  );

/** The tags that inputs ask for: by feature, else as stated. */
export function tagsOf(inputs: PropertyMap): string[] {
  const [features] = listOf(inputs["featureTags"]);
  if (features === undefined) {
    return listOf(inputs["tags"]).map(String);
  }
  const wanted = mapOf(features);
  return Object.entries(tagOf).flatMap(([feature, tag]) => (flagOf(wanted[feature]) ? [tag] : []));
}

export function featuresIn(tags: readonly string[]): Value {
  const present = new Set(tags.map((tag) => tag.toLowerCase()));
  return [Object.fromEntries(Object.entries(tagOf).map(([feature, tag]) => [feature, present.has(tag.toLowerCase())]))];
}
