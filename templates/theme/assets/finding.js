// What a query finds: Pagefind's index, asked kind by kind, with the person or thing that the query names first.

import { isAkin, readings, shorten, split } from "./readings.js";

export const KINDS = { entity: "People and organisations", topic: "Fact sheets", claim: "Claims", event: "Events", source: "Sources", page: "Pages" };
export const FACETS = { kind: "Kind of page", verdict: "Verdict", topic: "Fact sheet", entity: "Person or organisation", year: "Year" };

const CANDIDATES = 12; // names looked at to find the one that is meant
const LITTLE = 5; // results; where there are fewer, other endings are tried

const INDEX = new URL("../pagefind/", import.meta.url);

let engine;
let parts = []; // names of the parts of the index, where there are several
let sound = new Map(); // words -> the parts that hold them

async function start() {
  // The index of a large site is in parts; the first lies beside the engine. Each is told from the others by a filter.
  const [pagefind, others] = await Promise.all([
    import(new URL("pagefind.js", INDEX)),
    fetch(new URL("parts.json", INDEX), { cache: "no-cache" }).then((answer) => answer.json()),
  ]);
  try {
    parts = others.length ? ["first", ...others] : [];
    sound = new Map();
    // On the main thread: the worker weighs 12 kB more, and where it is late Pagefind loads everything a second time.
    await pagefind.options({ noWorker: true, ...(others.length && { mergeFilter: { part: "first" } }) });
    await pagefind.init();
    await Promise.all(others.map((part) => pagefind.mergeIndex(new URL(`${part}/`, INDEX).pathname, { mergeFilter: { part } })));
    return pagefind;
  } catch (error) {
    await pagefind.destroy(); // parts that were joined would be joined again
    throw error;
  }
}

/** Load the index, once. */
export function load() {
  engine ??= start();
  return engine;
}

/** Begin anew after a failure. */
export function forget() {
  engine?.then((pagefind) => pagefind.destroy()).catch(() => {});
  engine = undefined;
}

/** Nothing chosen in any filter. */
export const nothing = () => new Map(Object.keys(FACETS).map((name) => [name, new Set()]));

export const isEmpty = (chosen) => [...chosen.values()].every((values) => !values.size);

const rounded = (score) => Number(score.toPrecision(4)); // the last digits differ from build to build

async function ask(words, chosen, name, values) {
  const pagefind = await load();
  const holding = await findParts(words);
  const wanted = [...new Map([...chosen, [name, new Set(values)]])].filter(([, all]) => all.size);
  if (holding.length < parts.length) wanted.push(["part", holding.length ? holding : ["none"]]);
  const found = await pagefind.search(words || null, { filters: Object.fromEntries(wanted.map(([facet, all]) => [facet, { any: [...all] }])) });
  found.results.sort((a, b) => rounded(b.score) - rounded(a.score) || (a.id < b.id ? -1 : 1));
  return found;
}

/** Find the parts of the index that hold the words: one that lacks a word answers for the beginning of it, be it a letter. */
function findParts(words) {
  if (!parts.length || !split(words).length || words.includes('"')) return parts;
  if (!sound.has(words)) sound.set(words, Promise.all(parts.map((part) => holds(part, words))).then((are) => parts.filter((_, place) => are[place])));
  return sound.get(words);
}

async function holds(part, words) {
  const { results } = await (await load()).search(words, { filters: { part } });
  const found = printed(await fetchPages(results.slice(0, 1)));
  return split(words).every((term) => found.some((word) => isAkin(word, term)));
}

/** Fetch the pages of results. Pagefind keeps one object for a page and changes it with every search: only what stays is read of it. */
const fetchPages = (results) =>
  Promise.all(results.map(async (one) => (one.page ? one : { id: one.id, score: one.score, places: one.words, page: await one.data() })));

/** Say how well a query names what a page is about: 3 its whole name, 2 half of it or more, 1 the beginning of that, 0 not. */
function rankName({ page }, terms) {
  // Its names are its title, and what stands on its page in other letters than Latin ones.
  const names = [page.meta.title, ...(page.content.match(/(?:[^\P{L}\p{Script=Latin}]|\p{M}|[ ’'-])+/gu) ?? [])].map(split);
  const ranks = names.map((name) => {
    if (!name.length || !terms.length || terms.length < name.length / 2) return 0;
    if (terms.every((term) => name.includes(term))) return terms.length >= name.length ? 3 : 2;
    return terms.every((term) => term.length > 3 && name.some((word) => word.startsWith(term))) ? 1 : 0;
  });
  return Math.max(...ranks);
}

async function findNames(words, chosen) {
  const look = async (reading) => {
    const { results } = await ask(reading, chosen, "kind", ["entity"]);
    const pages = await fetchPages(results.slice(0, CANDIDATES));
    for (const hit of pages) hit.rank = rankName(hit, split(reading));
    return [...pages.sort((a, b) => b.rank - a.rank), ...results.slice(CANDIDATES)];
  };
  const found = await look(words);
  if (found[0]?.rank || shorten(words) === split(words).join(" ")) return found;
  const named = (await look(shorten(words))).filter(({ rank }) => rank);
  return [...named, ...found.filter(({ id }) => named.every((hit) => hit.id !== id))];
}

async function findKind(kind, words, chosen, most) {
  const results = kind === "entity" && words ? await findNames(words, chosen) : (await ask(words, chosen, "kind", [kind])).results;
  const hits = await fetchPages(results.slice(0, most));
  return { kind, total: results.length, hits, named: hits[0]?.rank ?? 0, best: Math.max(...hits.map(({ score }) => rounded(score))) };
}

/** The words of pages that were found, as they are printed. */
const printed = (hits) =>
  hits.flatMap(({ places, page }) => {
    const content = page.content.split(/\s+/);
    return [...Object.values(page.meta), ...places.map((place) => content[place] ?? "")].flatMap((text) => [...split(text), split(text).join("")]);
  });

/** Whether the words themselves were found: where Pagefind finds nothing, it takes the longest word with which a term begins, be it a letter. */
const isSound = ({ hits }, terms) => {
  const found = printed(hits);
  return terms.some((term) => found.some((word) => isAkin(word, term)));
};

/** How well the first hit of the first group answers to the words as a name. */
const named = ({ groups }) => groups[0]?.named ?? 0;

/**
 * Find pages, grouped by kind, the kind of the best hit first.
 * @param {string} query as typed; may be empty where filters are chosen
 * @param {Map<string, Set<string>>} chosen values by filter
 * @param {(kind: string, kinds: number) => number} most hits to be fetched of a kind
 * @returns {Promise<{words: string, how: string, total: number, groups: object[]}>} `words` is the reading of the query that was taken
 */
export async function find(query, chosen, most) {
  const kinds = Object.keys(KINDS).filter((kind) => !chosen.get("kind").size || chosen.get("kind").has(kind));
  const answer = async ({ words, how = "" }) => {
    const found = await Promise.all(kinds.map((kind) => findKind(kind, words, chosen, most(kind, kinds.length))));
    const groups = found.filter((group) => group.total && (!words || isSound(group, split(words))));
    groups.sort((a, b) => b.named - a.named || b.best - a.best);
    return { words, how, groups, total: groups.reduce((sum, group) => sum + group.total, 0) };
  };
  let best = { words: query, how: "", groups: [], total: 0 };
  for (const reading of query ? readings(query) : [{ words: "" }]) {
    if (reading.far && best.total) break;
    const found = await answer(reading);
    const gain = named(found) - named(best); // a reading that is a name is not given up for one that finds more
    if (gain > 0 || (gain === 0 && found.total > best.total)) best = found;
    if (best.total >= LITTLE) break;
  }
  // A name that only its own page knows, in another language: the name that the rest of the site uses finds the rest.
  const person = named(best) ? best.groups[0].hits[0] : undefined;
  if (!person || best.total >= LITTLE) return best;
  const { title } = person.page.meta;
  const more = await answer({ words: title, how: `for “${title}”` });
  if (more.total <= best.total) return best;
  for (const group of more.groups) group.hits = group.hits.map((hit) => (hit.id === person.id ? person : hit));
  return more;
}

/** Count by filter and value how many results each value would leave, given what is chosen in the other filters. */
export async function countChoices(words, chosen) {
  const totals = await (await load()).filters();
  if (!words && isEmpty(chosen)) return totals;
  const counts = await Promise.all(Object.keys(FACETS).map(async (name) => [name, (await ask(words, chosen, name, [])).filters[name]]));
  return Object.fromEntries(counts);
}
