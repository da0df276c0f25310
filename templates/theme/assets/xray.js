// The way from passage to passage: n or j goes on, p or k goes back, while the focus is in the X-ray (WCAG 2.1.4).

const xray = document.getElementById("xray");
const bar = xray.querySelector(".stepper");
const [back, on] = bar.querySelectorAll("a");
const notes = [...xray.querySelectorAll(".remark")];
const find = (note) => document.getElementById(note.dataset.key);
const steps = { n: 1, j: 1, p: -1, k: -1 };
let at = -1;

function next(step) { // what the filter leaves out is passed over
  let to = at + step;
  while (notes[to]?.classList.contains("out")) to += step;
  return notes[to];
}

function show() {
  bar.querySelector(".at").textContent = at < 0 ? "–" : at + 1;
  for (const [link, note] of [[back, next(-1)], [on, next(1)]]) {
    if (note) link.href = `#${note.dataset.key}`;
    else link.removeAttribute("href");
  }
}

function go(note) {
  if (!note) return;
  at = notes.indexOf(note);
  note.open = true;
  location.replace(`#${note.dataset.key}`); // unlike replaceState this moves :target, and unlike a link it leaves no trail for Back
  const passage = find(note);
  passage.tabIndex = -1;
  passage.focus({ preventScroll: true });
  show();
}

function filter() {
  const out = new Set(notes.filter((note) => note.classList.contains("out")).map((note) => note.querySelector(".number").textContent));
  for (const part of xray.querySelectorAll("[data-number]")) part.classList.toggle("out", out.has(part.dataset.number));
  show();
}

function read() { // the address may name any quotation of a passage, or its note; `:target` is not known yet while the page loads
  const target = document.getElementById(location.hash.slice(1));
  const number = target?.querySelector("[data-number]")?.dataset.number ?? target?.id.match(/^note-(\d+)$/)?.[1];
  if (xray.contains(target) && number) at = number - 1;
  show();
}

back.addEventListener("click", (event) => { event.preventDefault(); go(next(-1)); });
on.addEventListener("click", (event) => { event.preventDefault(); go(next(1)); });
xray.addEventListener("keydown", (event) => {
  const step = steps[event.key];
  if (step && !event.ctrlKey && !event.altKey && !event.metaKey) go(next(step));
});
xray.addEventListener("factsheet:filtered", filter);
addEventListener("hashchange", read);
filter();
read();
