const MOST_SUGGESTIONS = 3;

/** The known names closest to a misspelt one, closest first; none where nothing comes near. */
export function nearest(name: string, known: Iterable<string>): string[] {
  const wanted = name.toLowerCase();
  const ranked = [...known]
    .map((candidate) => ({ candidate, distance: editDistance(wanted, candidate.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance || (a.candidate < b.candidate ? -1 : 1));
  const closest = ranked[0]?.distance ?? 0;
  const furthest = Math.min(closest + 1, Math.max(2, Math.floor(wanted.length / 3)));
  return ranked
    .filter(({ distance }) => distance <= furthest)
    .slice(0, MOST_SUGGESTIONS)
    .map(({ candidate }) => candidate);
}

/** A sentence with the closest names, or {@link otherwise} where nothing comes near. */
export function didYouMean(name: string, known: Iterable<string>, otherwise: string): string {
  const [first, ...others] = nearest(name, known).map((candidate) => `"${candidate}"`);
  if (first === undefined) return otherwise;
  return `Did you mean ${others.length === 0 ? first : `${[first, ...others.slice(0, -1)].join(", ")} or ${others.at(-1) ?? ""}`}?`;
}

/** Levenshtein's distance: insertions, deletions and substitutions between two texts. */
export function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const substitution = (previous[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1);
      current.push(Math.min((previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1, substitution));
    }
    previous = current;
  }
  return previous[b.length] ?? 0;
}
