// What a query may also mean: the same words with other endings, in other letters, typed on another keyboard.
// The index has stems for the language of the site only; words in other languages stand in it as they were printed.

/** Lower case without marks, as the index folds words: ё is е, й is и, ї is і. */
export const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/** The words of a text, folded. */
export const split = (text) => fold(text).match(/[\p{L}\p{N}]+/gu) ?? [];

/** Whether a word of a page may be what a word of the query found: the index matches stems and beginnings. */
export function isAkin(word, term) {
  let same = 0;
  while (same < term.length && word[same] === term[same]) same += 1;
  return same >= Math.min(term.length, Math.max(3, term.length - 3));
}

// Endings of Russian and Ukrainian nouns, adjectives and names, folded; and the many ways to spell -ский.
const CYRILLIC = /^([а-яєіґ]{3,}?)(?:[аяыиі]ми|[оеє](?:го|му|[иімю])|ією|[аяиыі][хм]|[иі]и|[аяоеєуюиіыь])$/u;
const LATIN = /^([a-z]{4,}?)(?:yy|i[ijy]|y[ij])$/u;

/** Each word without its ending: the index then finds whatever begins like this. */
export const shorten = (text) => split(text).map((word) => word.replace(CYRILLIC, "$1").replace(LATIN, "$1")).join(" ");

const QWERTY = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`";
const KEYBOARDS = ["йцукенгшщзхъфывапролджэячсмитьбюё", "йцукенгшщзхїфівапролджєячсмитьбю'"];
const swapKeys = (text, from, to) => [...text].map((key) => to[from.indexOf(key)] ?? key).join("");

const SPELLING = "а a б b в v г g д d е e ж zh з z и i к k л l м m н n о o п p р r с s т t у u ф f х kh ц ts ч ch ш sh щ shch ы y э e ю yu я ya і i є ie ґ g";
const RUSSIAN = new Map([...SPELLING.matchAll(/(\S) (\S+)/gu)].map(([, from, to]) => [from, to]));
const UKRAINIAN = new Map([...RUSSIAN, ["г", "h"], ["и", "y"]]);
const romanize = (text) => {
  const letters = /[іїєґ]/u.test(text) ? UKRAINIAN : RUSSIAN;
  return [...text.replace(/(^| )[еє]/gu, "$1ye").replace(/[ъь]/gu, "")].map((letter) => letters.get(letter) ?? letter).join("");
};

/**
 * Read a query in more and more daring ways.
 * @yields {{words: string, how?: string, far?: boolean}} `how` tells the reader; what is `far` is tried only where nothing was found.
 */
export function* readings(query) {
  yield { words: query };
  if (query.includes('"')) return; // asked for letter by letter
  const [typed, plain, short] = [query.toLowerCase(), split(query).join(" "), shorten(query)];
  const isCyrillic = /[а-яєіґ]/u.test(short);
  if (short !== plain) yield { words: short, how: "with other endings of your words" };
  // Київ, Києва; Львів, Львова: the vowel changes where an ending follows.
  const closed = short.replace(/[оеє]([бвгджзклмнпрстфхцчшщ])(?= |$)/gu, "і$1");
  if (closed !== short) yield { words: closed, how: "with other endings of your words", far: true };
  for (const words of isCyrillic ? new Set([short, closed].map(romanize)) : []) yield { words, how: `for “${words}”, in Latin letters`, far: true };
  if (isCyrillic && /[a-z]/u.test(short)) return;
  const switched = KEYBOARDS.map((keyboard) => (isCyrillic ? swapKeys(typed, keyboard, QWERTY) : swapKeys(typed, QWERTY, keyboard)));
  for (const words of new Set(switched)) {
    if (isCyrillic !== /[а-яєіїґ]/u.test(words)) yield { words, how: `for “${words}”, the same keys on another keyboard`, far: true };
  }
}
