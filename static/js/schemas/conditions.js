// Questions that depend on other answers of the same page appear and go as those are given.
// Without this module the server asks the page again with the new question; it decides in any case (schemas/definition.py).

const INTEGER = /^-?\d{1,12}$/;
const ISO_DAY = /^\d{4}-\d{2}-\d{2}$/;

/** The answer as the server would keep it, or null when the question is blank or not on the page. */
export function answer(data, code, kind) {
  if (kind === "choices") return data.getAll(code).length ? data.getAll(code) : null;
  if (["matrix", "ranking", "address", "point"].includes(kind)) return parts(data, code);
  if (kind === "date") return day(["year", "month", "day"].map((part) => (data.get(`${code}_${part}`) ?? "").trim()));
  const value = data.get(code);
  if (value instanceof File) return value.name || null;
  const text = (value ?? "").replace(/\s/g, kind === "number" ? "" : " ").trim();
  return text || null;
}

/** Given in boxes named "<code>_<part>": whether anything is. A half-filled table is left to the server. */
function parts(data, code) {
  return [...data].some(([name, value]) => name.startsWith(`${code}_`) && value) ? "parts" : null;
}

function day([year, month, number]) {
  if (!year && !month && !number) return null;
  return `${year}-${month.padStart(2, "0")}-${number.padStart(2, "0")}`;
}

const order = (given, value) => {
  if (INTEGER.test(given) && INTEGER.test(value)) return Math.sign(Number(given) - Number(value));
  if (ISO_DAY.test(given) && ISO_DAY.test(value)) return given < value ? -1 : Number(given > value);
  return NaN;
};

const same = (given, value, kind) => given === value || (kind === "number" && order(given, value) === 0);

const COMPARE = {
  is: same,
  is_not: (given, value, kind) => !same(given, value, kind),
  includes: (given, value) => Array.isArray(given) && given.includes(value),
  at_least: (given, value) => order(given, value) >= 0,
  at_most: (given, value) => order(given, value) <= 0,
  answered: () => true,
};

/** Does the rule hold? A comparison with a blank answer never does. */
export function holds(rule, data) {
  const row = ([code, kind, operator, value]) => {
    const given = answer(data, code, kind);
    return given !== null && COMPARE[operator](given, value, kind);
  };
  return rule.all ? rule.rows.every(row) : rule.rows.some(row);
}

/** Shown: the question's nodes are in the page and are sent. Not shown: they rest, with what was typed, in memory. */
function follow(place) {
  const rule = JSON.parse(place.dataset.shownWhen);
  const template = place.querySelector(":scope > template");
  const nodes = [...(template ? template.content : place).childNodes];
  template?.remove();
  let shown = !template;
  return (data) => {
    const wanted = holds(rule, data);
    if (wanted === shown) return false;
    shown = wanted;
    place.replaceChildren(...(wanted ? nodes : []));
    return true;
  };
}

function watch(form) {
  const places = [...form.querySelectorAll("[data-shown-when]")].map(follow);
  // In order, each with fresh data: what has just gone no longer answers for the questions after it.
  const settle = () => places.forEach((place) => place(new FormData(form)));
  form.addEventListener("input", settle);
  form.addEventListener("change", settle);
  settle();
}

if (typeof document !== "undefined") {
  new Set([...document.querySelectorAll("[data-shown-when]")].map((place) => place.closest("form"))).forEach((form) => form && watch(form));
}
