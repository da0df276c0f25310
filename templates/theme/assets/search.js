// Search: one way of drawing for the search page and for the dialog on every other page. Loaded when somebody searches.
// What a page says goes in as text, never as markup.

import { countChoices, FACETS, find, forget, isEmpty, KINDS, load, nothing } from "./finding.js";
import { isAkin, split } from "./readings.js";

const ON_THE_PAGE = { first: 5, alone: 20, more: 20 }; // hits of a kind: beside other kinds, alone, and for each further turn
const IN_THE_DIALOG = { first: 3, alone: 10 };
const OPTIONS = 15; // values of a filter
const WORDS = 28; // of an excerpt
const BEFORE = 7; // words of an excerpt before the first one that was found
const LONGEST = 200; // characters of a query
const PATIENCE = 200; // milliseconds after the last key
const PAGE = new URL("../search/", import.meta.url);

function make(name, { text, ...attributes } = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  if (text !== undefined) made.textContent = text;
  made.append(...children);
  return made;
}

function address(query, chosen) {
  const asked = new URLSearchParams(query ? { q: query } : {});
  for (const [name, values] of chosen) for (const value of values) asked.append(name, value);
  return `${PAGE.pathname}?${asked}`.replace(/\?$/, "");
}

/** Read or set whether the key / opens the dialog; without a store, for this page only. */
function slash(on) {
  try {
    if (on !== undefined) localStorage.setItem("slash", on ? "on" : "off");
    return localStorage.getItem("slash") !== "off";
  } catch {
    return true;
  }
}

// --- what is drawn of a hit ---

/** Put words together again, those that were found as marks, without the punctuation around them. */
function mark(words, isHit) {
  return words.flatMap((word, index) => {
    const [, before, core, after] = word.match(/^([^\p{L}\p{N}]*)(.*?)([^\p{L}\p{N}]*)$/su);
    return [index ? ` ${before}` : before, core && isHit(word, index) ? make("mark", { text: core }) : core, after];
  });
}

/** The passages of a page in which the words stand, best first, each with the nearest anchor above it. */
function drawPassages({ page, places }) {
  const words = page.content.split(/\s+/);
  const length = ({ text }) => (text.trim() ? text.trim().split(/\s+/).length : 0);
  const anchors = page.anchors.filter(({ id }) => id).sort((a, b) => a.location - b.location);
  const title = anchors.find(({ element }) => element === "h1");
  const start = title ? title.location + length(title) : 0;
  const found = new Map();
  for (const place of new Set(places)) {
    if (place < start || place >= words.length) continue; // the title is shown anyway
    const anchor = anchors.findLast(({ element, location }) => element !== "h1" && location <= place);
    found.set(anchor, [...(found.get(anchor) ?? []), place]);
  }
  const ranked = [...found].sort(([one, a], [other, b]) => !one - !other || b.length - a.length || a[0] - b[0]);
  const lead = anchors.find(({ id }) => id === "why" || id === "summary"); // where only the title or the facts below it were found
  const [anchor, [first = start] = []] = ranked[0]?.[0] || !lead ? ranked[0] ?? [] : [lead];
  const least = anchor ? anchor.location + length(anchor) : start;
  const from = Math.max(least, Math.min(first - BEFORE, words.length - WORDS));
  const excerpt = mark(words.slice(from, from + WORDS), (_, index) => places.includes(from + index));
  if (from > least) excerpt.unshift("… ");
  if (from + WORDS < words.length) excerpt.push(" …");

  const above = (place, level) => anchors.findLast(({ element, location }) => element === level && location <= place);
  const name = ({ element, location, text }) => {
    if (element === "span" && !text.trim()) return `“${words.slice(location, location + 5).join(" ")} …”`;
    const [h2, h3] = [above(location, "h2"), above(location, "h3")];
    return h2 && h3?.location > h2.location ? `${h2.text}: ${h3.text}` : h2?.text;
  };
  const links = new Map();
  for (const [anchor] of ranked) {
    const label = anchor && name(anchor);
    if (label && !links.has(label) && links.size < 3) links.set(label, `${page.url}#${encodeURIComponent(anchor.id)}`);
  }
  return { excerpt, links: [...links].map(([text, href]) => make("a", { href, text })) };
}

function drawHit(hit, words) {
  const { meta, url } = hit.page;
  const terms = split(words);
  const isHit = (word) => split(word).some((part) => terms.some((term) => isAkin(part, term)));
  const { excerpt, links } = drawPassages(hit);
  const verdict = meta.verdict ? [make("span", { class: `verdict verdict-${meta.sign}`, text: meta.verdict }), " "] : [];
  // Found by its name in another language, which the rest of the site does not use.
  if (hit.rank && !isHit(meta.title)) links.push(make("a", { href: address(meta.title, []), text: `All that names ${meta.title}` }));
  return make(
    "li",
    {},
    make("a", { class: "hit", href: url }, ...mark(meta.title.split(/\s+/), isHit)),
    make("p", { class: "excerpt" }, ...verdict, ...excerpt),
    ...(links.length ? [make("p", { class: "parts" }, ...links)] : []),
  );
}

// --- the form ---

/** Bring a search form to life: `root` holds its parts; the page keeps query and filters in its address. */
function mount(root, isPage) {
  const part = (name) => root.querySelector(`.${name}`);
  const [query, status, results, narrow, facets, all] = ["query", "status", "results", "narrow", "facets", "all"].map(part);
  const hint = [...results.childNodes];
  const limits = isPage ? ON_THE_PAGE : IN_THE_DIALOG;
  let chosen = nothing();
  let further = new Map(); // kind -> hits asked for beyond the first ones
  let answered; // the words that the results are for
  let turn = 0; // a slow answer to an earlier question is dropped
  let waiting;

  const typed = () => query.value.replace(/[“”„«»]/gu, '"').trim().slice(0, LONGEST);
  const hits = () => [...results.querySelectorAll("a.hit")];

  function drawFacet(name, title, counts, opened) {
    const order = name === "year" ? (a, b) => b.value.localeCompare(a.value) : (a, b) => b.number - a.number || a.value.localeCompare(b.value);
    const values = Object.entries(counts).map(([value, number]) => ({ value, number, on: chosen.get(name).has(value) }));
    const items = values.filter(({ number, on }) => number || on).sort(order).filter(({ on }, place) => on || place < OPTIONS).map(({ value, number, on }) => {
      const text = name === "kind" ? KINDS[value] ?? value : value;
      const box = make("input", { type: "checkbox", "data-name": name, "data-value": value, "aria-label": `${text}, ${number}` });
      box.checked = on;
      return make("li", {}, make("label", {}, box, make("span", { text }), make("span", { class: "number", text: number, "aria-hidden": "true" })));
    });
    const group = make("details", { "data-name": name }, make("summary", { text: title }), make("ul", {}, ...items));
    group.open = opened ?? (chosen.get(name).size > 0 || (isPage && (name === "kind" || name === "verdict")));
    return items.length ? [group] : [];
  }

  async function drawFacets(mine) {
    const counts = await countChoices(answered ?? "", chosen);
    if (mine !== turn) return;
    const opened = new Map([...facets.children].map((group) => [group.dataset.name, group.open]));
    const focused = document.activeElement?.closest(".facets input")?.dataset;
    facets.replaceChildren(...Object.entries(FACETS).flatMap(([name, title]) => drawFacet(name, title, counts[name] ?? {}, opened.get(name))));
    if (!focused) return;
    [...facets.querySelectorAll("input")].find(({ dataset }) => dataset.name === focused.name && dataset.value === focused.value)?.focus();
  }

  function drawGroup({ kind, total, hits: members }) {
    const title = make("h2", { text: `${KINDS[kind]} ` }, make("span", { class: "number", text: total }));
    const drawn = [title, make("ol", {}, ...members.map((hit) => drawHit(hit, answered)))];
    if (total <= members.length) return drawn;
    const text = `More ${KINDS[kind].toLowerCase()}`;
    if (!isPage) return [...drawn, make("a", { class: "rest", href: address(typed(), new Map([...chosen, ["kind", [kind]]])), text })];
    const more = make("button", { type: "button", class: "rest", text });
    more.addEventListener("click", async () => {
      further.set(kind, (further.get(kind) ?? 0) + limits.more);
      await run();
      hits().find((link) => link.getAttribute("href") === members.at(-1).page.url)?.closest("li").nextElementSibling?.querySelector("a").focus();
    });
    return [...drawn, more];
  }

  async function draw(mine) {
    const words = typed();
    const few = words && split(words).join("").length < 2;
    const idle = few || (!words && isEmpty(chosen));
    if (!idle && answered === undefined) status.textContent = "Searching …";
    const most = (kind, kinds) => (kinds > 1 ? limits.first : limits.alone) + (further.get(kind) ?? 0);
    const found = idle ? { words: "", groups: [] } : await find(words, chosen, most);
    if (mine !== turn) return;
    answered = found.words;
    results.replaceChildren(...(idle ? hint : found.groups.flatMap(drawGroup)));
    if (all) narrow.hidden = all.hidden = idle;
    if (idle) status.textContent = few ? "Two letters are the least." : "";
    else if (!found.total) status.textContent = `There are no results${words ? ` for “${words}”` : ""}.`;
    else status.textContent = `${found.total.toLocaleString("en")} ${found.total === 1 ? "result" : "results"} ${found.how}`.trim();
    if (narrow.open) await drawFacets(mine);
  }

  async function run() {
    clearTimeout(waiting);
    const mine = ++turn;
    const here = address(typed(), chosen);
    if (isPage) history.replaceState(null, "", here);
    else all.href = here;
    await draw(mine).catch(() => {
      forget();
      if (mine === turn) status.textContent = "The search could not be loaded. Typing again tries again.";
    });
  }

  function start() {
    further = new Map();
    return run();
  }

  // Arrow keys walk through the results, Enter opens one; in the field, Enter goes to the first.
  root.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const links = hits();
    const here = links.indexOf(event.target);
    if (!step || event.altKey || event.ctrlKey || event.metaKey || (here < 0 && event.target !== query)) return;
    const next = links[here + step] ?? (step < 0 && query);
    if (!next) return;
    event.preventDefault();
    next.focus();
  });
  part("form").addEventListener("submit", async (event) => {
    event.preventDefault();
    await start();
    hits()[0]?.focus();
  });
  query.addEventListener("focus", () => load().catch(forget), { once: true });
  query.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(start, PATIENCE);
  });
  facets.addEventListener("change", ({ target }) => {
    chosen.get(target.dataset.name)[target.checked ? "add" : "delete"](target.dataset.value);
    start();
  });
  const drawOpened = () => drawFacets(turn).catch(forget);
  narrow.querySelector("summary").addEventListener("click", () => !narrow.open && drawOpened());
  part("slash").checked = slash();
  part("slash").addEventListener("change", ({ target }) => slash(target.checked));

  if (all) narrow.hidden = all.hidden = true;
  if (!isPage) return;
  const asked = new URLSearchParams(location.search);
  query.value ||= asked.get("q") ?? "";
  chosen = new Map(Object.keys(FACETS).map((name) => [name, new Set(asked.getAll(name))]));
  const wide = matchMedia("(width >= 52rem)"); // there the filters stand beside the results and are not folded
  narrow.open = wide.matches;
  wide.addEventListener("change", () => {
    narrow.open = wide.matches;
    if (wide.matches) drawOpened();
  });
  if (matchMedia("(hover: hover)").matches) query.focus({ preventScroll: true });
  start();
}

// --- the dialog ---

const page = document.getElementById("search");
let dialog;

function build() {
  const key = (text) => make("kbd", { text });
  const close = make("button", { type: "button", class: "close", text: "Close" });
  const label = "Search claims, events, sources and names";
  const query = make("input", { class: "query", type: "search", autocomplete: "off", spellcheck: "false", enterkeyhint: "search", maxlength: LONGEST, "aria-label": label, placeholder: "Search" });
  const made = make("dialog", { class: "search-dialog", "aria-label": "Search" }, make(
    "search",
    { class: "search" },
    make("form", { class: "form", action: PAGE.pathname }, query, close),
    make(
      "div",
      { class: "found" },
      make("p", { class: "status", role: "status" }),
      make("details", { class: "narrow" }, make("summary", { text: "Narrow down" }), make("div", { class: "facets", role: "group", "aria-label": "Narrow down" })),
      make("div", { class: "results" }, make("p", { class: "hint", text: `${label}. A name can be typed in any language that its page gives, with any ending.` })),
    ),
    make(
      "div",
      { class: "help" },
      make("a", { class: "all", href: PAGE.pathname, text: "All results" }),
      make("span", { class: "by-key" }, key("↑"), " ", key("↓"), " walk, ", key("Enter"), " opens, ", key("Esc"), " closes"),
      make("label", { class: "by-key" }, make("input", { class: "slash", type: "checkbox" }), make("span", {}, key("/"), " opens the search")),
    ),
  ));
  const leave = () => {
    made.close();
    if (made.contains(document.activeElement)) document.activeElement.blur(); // where nothing had the focus before
  };
  close.addEventListener("click", leave);
  made.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.isComposing) return;
    event.preventDefault(); // the field would only be emptied
    leave();
  });
  made.addEventListener("click", (event) => {
    const follows = event.target.closest("a") && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
    if (follows || event.target === made) leave();
  });
  document.body.append(made);
  mount(made, false);
  return made;
}

/** Load the style of the search; without it the dialog still works. */
function dress() {
  return new Promise((done) => {
    const sheet = make("link", { rel: "stylesheet", href: new URL("search.css", import.meta.url) });
    sheet.onload = sheet.onerror = done;
    document.head.append(sheet);
  });
}

/** Begin to search: in the dialog, or on the search page in its own field; `typed` gives what was typed meanwhile. */
export async function openSearch(typed = () => "") {
  if (!page && !dialog) {
    await dress();
    dialog = build();
  }
  if (dialog && !dialog.open) dialog.showModal();
  const query = (dialog ?? page).querySelector(".query");
  query.focus();
  query.select();
  if (!typed()) return;
  query.value = typed();
  query.dispatchEvent(new Event("input", { bubbles: true }));
}

if (page) mount(page, true);
