// Runs in every frame before anything else: whatever a hostile text could call tells of it instead.
(() => {
  const outer = window.top;
  const noted = (outer.noted = outer.noted || []);
  const note = (what, words) => noted.push(`${location.pathname}: ${what} ${String(words).slice(0, 80)}`);
  for (const name of ["alert", "confirm", "prompt", "print", "open", "canary", "shadowlabs", "RWAR", "execScript", "test"]) {
    window[name] = (...given) => note(name, given);
  }
  if (window !== outer) window.eval = (words) => note("eval", words); // the driver evaluates in the outermost
  for (const name of ["setTimeout", "setInterval"]) {
    const own = window[name].bind(window);
    window[name] = (what, ...rest) => (typeof what === "string" ? note(name, what) : own(what, ...rest));
  }
  for (const name of ["write", "writeln"]) document[name] = (words) => note(name, words);
  for (const name of ["log", "info", "warn", "error"]) console[name] = (...given) => note(`console.${name}`, given);
  window.addEventListener("error", (event) => event.message && note("exception", event.message));
  document.addEventListener("securitypolicyviolation", (event) => note("policy", `${event.violatedDirective} ${event.blockedURI}`));
})();
