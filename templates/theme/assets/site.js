// On every page: the way to the search, copying a citation, and folded parts that open where an address points.

let seeking = false;

/** Open the search; what is typed while it loads is not lost. Where it cannot be loaded, go to its page. */
async function seek() {
  if (seeking) return;
  seeking = true;
  let typed = "";
  const keep = (event) => {
    if (event.key.length > 1 || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    typed += event.key;
    event.preventDefault();
  };
  addEventListener("keydown", keep);
  try {
    const { openSearch } = await import("./search.js");
    await openSearch(() => typed);
  } catch {
    location.assign(new URL("../search/", import.meta.url));
  } finally {
    removeEventListener("keydown", keep);
    seeking = false;
  }
}

function isSwitchedOff() {
  try {
    return localStorage.getItem("slash") === "off";
  } catch {
    return false;
  }
}

addEventListener("keydown", (event) => {
  const { key, code, target, ctrlKey, metaKey, altKey, shiftKey } = event;
  const isK = /^k$/i.test(key) || (code === "KeyK" && key > "z"); // on keyboards with other letters than Latin ones
  const chord = isK && ctrlKey !== metaKey && !altKey && !shiftKey;
  const slash = key === "/" && !ctrlKey && !metaKey && !altKey && !target.closest("input, select, textarea, [contenteditable]") && !isSwitchedOff();
  if (!chord && !slash) return;
  event.preventDefault();
  seek();
});

addEventListener("click", (event) => {
  const link = event.target.closest("[data-search]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  seek();
});

for (const text of document.querySelectorAll(".cite pre")) {
  const button = document.createElement("button");
  const said = document.createElement("span");
  const box = document.createElement("div");
  box.className = "copy";
  button.type = "button";
  button.textContent = "Copy";
  said.setAttribute("role", "status");
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(text.textContent.trim());
      said.textContent = "Copied";
    } catch {
      getSelection().selectAllChildren(text);
      said.textContent = "Selected";
    }
  });
  text.replaceWith(box);
  box.append(text, said, button);
}

function unfold() { // `:target` may not be known yet while the page loads
  const target = document.getElementById(location.hash.slice(1));
  const folded = [];
  for (let part = target; (part = part?.closest("details:not([open])")); part = part.parentElement) folded.push(part);
  for (const part of folded) part.open = true;
  if (folded.length) target.scrollIntoView();
}

addEventListener("hashchange", unfold);
unfold();
