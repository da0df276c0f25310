// Filters and orders of a list. The page is whole without them; what is chosen lives in the address.

const { format } = new Intl.NumberFormat("en");
const { compare } = new Intl.Collator(document.documentElement.lang);

function start(form) {
  const { for: target, one, many, csv, mode } = form.dataset;
  const list = document.getElementById(target);
  const find = (query, root = list) => [...root.querySelectorAll(query)];
  const [boxes, groups] = [find("input", form), find("details", form)];
  const [status, select] = [form.querySelector("output"), form.querySelector("select")];
  const names = [...new Set(boxes.map((box) => box.name))];
  const values = (element, name) => element.dataset[name]?.split(" ") ?? [];
  const text = (element) => element.dataset.label ?? (element.querySelector("a") ?? element).textContent.trim();

  // An item is a record: where it is listed twice, both places follow it, and it is counted once.
  const places = find("[data-key]").filter((element) => !element.closest("svg"))
    .map((element) => ({ element, key: element.dataset.key, parent: element.parentNode, next: element.nextSibling }));
  const known = new Set();
  const items = places.filter(({ key }) => !known.has(key) && known.add(key)).map(({ element, key }, at) => ({ element, key, at }));
  const sections = find("section").map((element) => ({
    element,
    count: element.querySelector(":scope > .heading .count"),
    members: places.filter((place) => element.contains(place.element)),
  })).filter(({ members }) => members.length);
  const flat = items[0]?.element.parentNode.cloneNode(false);
  flat?.removeAttribute("id");
  let [on, order] = [new Set(), items];

  // --- which items match, and how many each option would leave ---

  function match() {
    const chosen = new Map(names.map((name) => [name, boxes.filter((box) => box.name === name && box.checked).map((box) => box.value)]));
    const misses = (element, name) => chosen.get(name).length && !values(element, name).some((value) => chosen.get(name).includes(value));
    const counts = new Map(boxes.map((box) => [box, 0]));
    on = new Set();
    for (const { element, key } of items) {
      const missed = names.filter((name) => misses(element, name));
      if (!missed.length) on.add(key);
      for (const box of boxes) {
        if (missed.every((name) => name === box.name) && values(element, box.name).includes(box.value)) counts.set(box, counts.get(box) + 1);
      }
    }
    for (const [box, count] of counts) {
      box.parentNode.lastChild.textContent = format(count);
      box.parentNode.hidden = !count && !box.checked;
    }
    for (const group of groups) group.querySelector("b").textContent = find(":checked", group).length || "";
    return (element) => names.some((name) => element.dataset[name] && misses(element, name));
  }

  // --- order: another than that of the page is one list without sections ---

  function by(key) {
    const [name, sign] = key[0] === "-" ? [key.slice(1), -1] : [key, 1];
    const options = boxes.filter((box) => box.name === name).map((box) => box.value);
    const rank = ({ element }) => options.length ? options.indexOf(values(element, name)[0]) : name === "label" ? text(element) : element.dataset[name];
    const lacks = (value) => value === undefined || value === -1;
    return (first, second) => {
      const [a, b] = [rank(first), rank(second)];
      const way = lacks(a) || lacks(b) ? 0 : name === "label" ? compare(a, b) : isNaN(a - b) ? (a > b) - (a < b) : a - b;
      return lacks(a) - lacks(b) || sign * way || first.at - second.at;
    };
  }

  function arrange() {
    if (select?.value) {
      order = [...items].sort(by(select.value));
      flat.append(...order.map(({ element }) => element));
      list.prepend(flat);
    } else if (order !== items) {
      for (const { element, parent, next } of places.toReversed()) parent.insertBefore(element, next);
      flat.remove();
      order = items;
    }
  }

  // --- the page ---

  function hidden(hash) {
    const goal = document.getElementById(hash.slice(1));
    return list.contains(goal) && goal.closest("[hidden]") && goal;
  }

  function show() {
    const elsewhere = match();
    arrange();
    for (const { element, key } of places) {
      if (mode === "dim") element.classList.toggle("out", !on.has(key));
      else element.hidden = !on.has(key);
    }
    for (const mark of find("svg [data-key]", document)) mark.classList.toggle("out", !on.has(mark.dataset.key));
    for (const { element, count, members } of sections) {
      const left = members.filter(({ key }) => on.has(key)).length;
      element.hidden = order !== items || (mode !== "dim" && (!left || elsewhere(element)));
      if (count) count.textContent = (left < members.length ? `${format(left)} of ` : "") + format(members.length);
    }
    for (const link of find(".jump a", document)) link.parentNode.hidden = !!hidden(link.hash);
    const all = `${format(items.length)} ${items.length === 1 ? one : many}`;
    const said = on.size < items.length ? `${format(on.size)} of ${all}` : all;
    if (status.textContent !== said) status.textContent = said;
    list.dispatchEvent(new CustomEvent("factsheet:filtered", { bubbles: true, detail: { shown: on.size, total: items.length } }));
  }

  // --- the address: values that nothing has are dropped, other parameters are left alone ---

  function read() {
    const asked = new URLSearchParams(location.search);
    for (const box of boxes) box.checked = asked.getAll(box.name).includes(box.value);
    if (select) select.value = asked.get("sort") ?? "";
    if (select?.selectedIndex < 0) select.value = "";
    update();
  }

  function update() {
    const asked = new URLSearchParams(location.search);
    for (const name of [...names, "sort"]) asked.delete(name);
    for (const box of boxes) if (box.checked) asked.append(box.name, box.value);
    if (select?.value) asked.set("sort", select.value);
    const search = `?${asked}`.replace(/^\?$/, "");
    if (search !== location.search) history.replaceState(history.state, "", location.pathname + search + location.hash);
    show();
  }

  function reveal() { // a link to something that is left out takes the filters off
    const goal = hidden(location.hash);
    if (!goal) return;
    form.reset();
    update();
    goal.scrollIntoView();
  }

  // --- CSV of what is shown: RFC 4180, and nothing that a spreadsheet would run as a formula ---

  const cell = (value) => `"${value.replace(/(^|[;\t\r\n])(?='*(?:[^\S\t\r\n]|\p{Cf})*[=+\-@＝＋－＠])|^(?=[\t\r])/gu, "$1'").replaceAll('"', '""')}"`;

  function download() {
    const label = (name, value) => boxes.find((box) => box.name === name && box.value === value)?.nextElementSibling.textContent ?? value;
    const rows = order.filter(({ key }) => on.has(key)).map(({ element, key }) => [
      key,
      text(element),
      ...names.map((name) => values(element, name).map((value) => label(name, value)).join("; ")),
      element.dataset.when ?? element.dataset.date ?? "",
      element.querySelector("a")?.href ?? "",
    ]);
    const lines = [["id", "text", ...names, "date", "address"], ...rows].map((row) => `${row.map(cell).join(",")}\r\n`);
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob(["\ufeff", ...lines], { type: "text/csv" }));
    link.download = csv;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 9999);
  }

  // --- what a reader does ---

  const close = (kept) => groups.forEach((group) => { group.open &&= group.contains(kept); });
  form.addEventListener("change", update);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(update));
  form.querySelector("[type=button]")?.addEventListener("click", download);
  form.addEventListener("focusout", ({ relatedTarget }) => relatedTarget && close(relatedTarget));
  document.addEventListener("pointerdown", ({ target }) => close(target));
  form.addEventListener("keydown", ({ key, target }) => {
    if (key !== "Escape" || !target.closest("[open]")) return;
    target.closest("[open]").firstChild.focus();
    close();
  });
  addEventListener("popstate", read);
  addEventListener("hashchange", reveal);
  read();
  reveal();
}

document.querySelectorAll("form.filters").forEach(start);
