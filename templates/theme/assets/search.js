// The search page. Pagefind's index is loaded when somebody searches, not before; query and filters live in the address.

const SHOWN = 20;
const GROUPS = { verdict: "Verdict", kind: "Kind", topic: "Fact sheet", entity: "Person or organisation", year: "Year" };
const PLURALS = { Person: "People", "Fact sheet": "Fact sheets" };
const OPEN = new Set(matchMedia("(min-width: 52rem)").matches ? ["verdict", "kind"] : []);

const part = (id) => document.getElementById(id);
const [query, filters, status, results, more] = ["search-query", "search-filters", "search-status", "search-results", "search-more"].map(part);

let chosen = new Map(); // name of a filter -> set of values
let shown = SHOWN;
let turn = 0; // a slow answer to an earlier question is dropped
let engine;

function element(name, { text, ...properties } = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) made.setAttribute(key, value);
  if (text !== undefined) made.textContent = text;
  made.append(...children);
  return made;
}

async function load() {
  engine ??= import(new URL("../pagefind/pagefind.js", import.meta.url)).then(async (pagefind) => {
    await pagefind.options({ excerptLength: 28 });
    return { pagefind, all: await pagefind.filters() };
  });
  return engine;
}

// --- the address ---

function readAddress() {
  const asked = new URLSearchParams(location.search);
  query.value = asked.get("q") ?? "";
  chosen = new Map(Object.keys(GROUPS).map((name) => [name, new Set(asked.getAll(name))]));
}

function writeAddress() {
  const asked = new URLSearchParams();
  if (query.value.trim()) asked.set("q", query.value.trim());
  for (const [name, values] of chosen) for (const value of values) asked.append(name, value);
  const search = asked.size ? `?${asked}` : "";
  history.replaceState(null, "", `${location.pathname}${search}`);
}

// --- filters ---

function drawFilters(all, counts) {
  const open = new Set([...filters.querySelectorAll("details[open]")].map((group) => group.dataset.name));
  const focused = document.activeElement?.closest("#search-filters input")?.dataset.key;
  const first = !filters.children.length;
  const groups = Object.entries(GROUPS).filter(([name]) => Object.keys(all[name] ?? {}).length);
  filters.replaceChildren(...groups.map(([name, title]) => {
    const values = Object.keys(all[name]).map((value) => ({ value, count: counts[name]?.[value] ?? 0, on: chosen.get(name).has(value) }));
    if (name === "year") values.sort((a, b) => b.value.localeCompare(a.value));
    else values.sort((a, b) => b.count - a.count || a.value.localeCompare(b.value));
    const list = element("ul", {}, ...values.filter(({ count, on }) => count || on).map(({ value, count, on }) => {
      const box = element("input", { type: "checkbox", "data-name": name, "data-value": value, "data-key": `${name} ${value}`, "aria-label": `${value}, ${count}` });
      box.checked = on;
      return element("li", {}, element("label", {}, box, element("span", { text: value }), element("span", { class: "count", text: count, "aria-hidden": "true" })));
    }));
    const group = element("details", { "data-name": name }, element("summary", { text: title }), list);
    group.open = first ? OPEN.has(name) || chosen.get(name).size > 0 : open.has(name);
    return group;
  }));
  if (focused) filters.querySelector(`input[data-key="${CSS.escape(focused)}"]`)?.focus();
}

filters.addEventListener("change", ({ target }) => {
  const values = chosen.get(target.dataset.name);
  if (target.checked) values.add(target.dataset.value);
  else values.delete(target.dataset.value);
  shown = SHOWN;
  search();
});

// --- results ---

function excerpt(html) {
  // Pagefind's excerpt is escaped text with <mark>; it is rebuilt here from its text, never inserted as markup.
  const parsed = new DOMParser().parseFromString(html, "text/html").body;
  const pieces = [...parsed.childNodes].map((node) => (node.nodeName === "MARK" ? element("mark", { text: node.textContent }) : node.textContent));
  return element("p", { class: "excerpt" }, ...pieces);
}

function drawResult(data) {
  const tag = data.meta.verdict;
  const parts = data.sub_results.filter((sub) => sub.anchor && sub.anchor.element !== "h1").slice(0, 3);
  return element(
    "li",
    {},
    element("a", { href: data.url, text: data.meta.title }),
    ...(tag ? [element("span", { class: "tag", text: tag })] : []),
    excerpt(data.excerpt),
    ...(parts.length
      ? [element("p", { class: "parts" }, ...parts.map((sub) => element("a", { href: sub.url, text: sub.title })))]
      : []),
  );
}

function group(pages) {
  const groups = new Map();
  for (const page of pages) {
    const one = page.meta.verdict ? "Claim" : (page.meta.kind ?? "Page");
    const kind = PLURALS[one] ?? `${one}s`;
    groups.set(kind, [...(groups.get(kind) ?? []), page]);
  }
  return [...groups];
}

async function search() {
  const mine = ++turn;
  writeAddress();
  const words = query.value.trim();
  const wanted = Object.fromEntries([...chosen].filter(([, values]) => values.size).map(([name, values]) => [name, { any: [...values] }]));
  if (!words && !Object.keys(wanted).length) {
    results.replaceChildren();
    more.hidden = true;
    status.textContent = "";
    const { all } = await load();
    if (mine === turn) drawFilters(all, all);
    return;
  }
  status.textContent = "Searching …";
  const { pagefind, all } = await load();
  const found = await pagefind.search(words || null, { filters: wanted });
  const pages = await Promise.all(found.results.slice(0, shown).map((result) => result.data()));
  if (mine !== turn) return;
  const number = found.results.length;
  drawFilters(all, found.filters);
  results.replaceChildren(...group(pages).flatMap(([kind, members]) => [element("h2", { text: kind }), element("ol", {}, ...members.map(drawResult))]));
  more.hidden = number <= shown;
  const of = number > pages.length ? `, the first ${pages.length} shown` : "";
  status.textContent = number ? `${number} ${number === 1 ? "result" : "results"}${of}` : `There are no results${words ? ` for “${words}”` : ""}.`;
}

more.addEventListener("click", () => {
  shown += SHOWN;
  search();
});

// --- keyboard: arrow keys walk through the results, Enter opens one ---

const links = () => [...results.querySelectorAll("a")];

part("search").addEventListener("keydown", (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step || event.target.type === "checkbox") return;
  const all = links();
  const place = all.indexOf(document.activeElement) + step;
  if (place >= all.length || !all.length) return;
  event.preventDefault();
  (place < 0 ? query : all[place]).focus();
});

part("search-form").addEventListener("submit", (event) => {
  event.preventDefault();
  if (links().length) links()[0].focus();
});

let waiting;
query.addEventListener("input", () => {
  clearTimeout(waiting);
  shown = SHOWN;
  waiting = setTimeout(search, 150);
});
window.addEventListener("popstate", () => {
  readAddress();
  search();
});

part("without-script")?.setAttribute("hidden", "");
part("search").hidden = false;
readAddress();
if (location.search) search();
else query.addEventListener("focus", search, { once: true });
query.focus({ preventScroll: true });
