// Opens pages of the site in frames of this page, several at once, and tells what is there. `asked`: [path, [[name, text]]].
async ({ asked, widths, frames }) => {
  const fold = (text) => text.replace(/[ \t\n\r\f\v\x1c-\x1f\x85\u2028\u2029]+/g, " ").replace(/[“”]/g, '"').replace(/[‘’]/g, "'");
  const links = new Set(["href", "src", "action", "formaction", "xlink:href", "data", "poster", "srcset", "ping", "cite", "to", "values"]);
  const runs = /^\s*(javascript|data|vbscript):/i;
  const look = async ([path, texts]) => {
    const address = `/${path.replace(/(^|\/)index\.html$/, "$1")}`;
    const frame = document.createElement("iframe");
    frame.style.cssText = `width:${widths[0]}px;height:800px;border:0`;
    await new Promise((resolve) => {
      frame.onload = resolve;
      frame.src = address;
      document.body.append(frame);
    });
    const seen = { path, problems: [], made: [], lost: [] };
    const inner = frame.contentDocument;
    if (!inner || frame.contentWindow.location.pathname !== address) {
      seen.problems.push(`another page was opened: ${inner && inner.location.href}`);
    } else {
      for (const width of widths) {
        frame.style.width = `${width}px`;
        const root = inner.scrollingElement;
        if (root.scrollWidth > root.clientWidth) seen.problems.push(`${root.scrollWidth} px wide at ${width}`);
      }
      const made = new Set(), ids = new Set();
      for (const one of inner.querySelectorAll("*")) {
        const tag = one.localName;
        made.add(tag);
        for (const { name, value } of one.attributes) {
          made.add(`${tag} ${name}`);
          if (name.startsWith("on") || name === "srcdoc" || name === "style" || (links.has(name) && runs.test(value))) seen.problems.push(`${tag} ${name}=${value}`);
        }
        if (tag === "script" && !one.src && !/json/.test(one.type)) seen.problems.push(one.outerHTML);
        if (one.id && ids.has(one.id)) seen.problems.push(`two elements with the id ${one.id}`);
        ids.add(one.id);
      }
      seen.made = [...made];
      for (const one of inner.querySelectorAll('script[type*="json"]')) {
        try {
          JSON.parse(one.textContent);
        } catch (error) {
          seen.problems.push(`${one.type} that is none: ${error}`);
        }
      }
      for (const part of ["header.site-header", "main", "footer"]) {
        const count = inner.querySelectorAll(`body > ${part}`).length;
        if (count !== 1) seen.problems.push(`${count} times ${part}`);
      }
      const words = texts.length ? fold(inner.body.textContent) : "";
      const head = fold(inner.querySelector('meta[name="description"]')?.content ?? "");
      const begins = (text) => head === text || (head.endsWith(" …") && text.startsWith(head.slice(0, -2)));
      const isThere = (name, text) => (name.startsWith("page.description ") ? !text || begins(text) : words.includes(text));
      seen.lost = texts.filter(([name, text]) => !isThere(name, fold(text))).map(([name]) => name);
    }
    frame.remove();
    return seen;
  };
  const waiting = [...asked], told = [];
  const work = async () => {
    while (waiting.length) told.push(await look(waiting.shift()));
  };
  await Promise.all(Array.from({ length: frames }, work));
  return told;
}
