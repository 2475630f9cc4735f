// Suggests house numbers and flats of the street just typed. Without this script the street still suggests and the server checks all.

const fill = (list, values) => list.replaceChildren(...values.map((value) => Object.assign(document.createElement("option"), { value })));

const suggestions = (input, name) => {
  const list = Object.assign(document.createElement("datalist"), { id: `${input.id}_${name}` });
  input.after(list);
  input.setAttribute("list", list.id);
  return list;
};

const ask = async (address, query, key) => {
  const reply = await fetch(`${address}?${new URLSearchParams(query)}`, { headers: { Accept: "application/json" } });
  return reply.ok ? (await reply.json())[key] : [];
};

for (const street of document.querySelectorAll("input[data-addresses]")) {
  const form = street.form;
  const field = (name) => form.querySelector(`[name="${street.name.replace(/street$/, name)}"]`);
  const [number, flat] = [field("number"), field("flat")];
  if (!number || !flat) continue;
  const [numbers, flats] = [suggestions(number, "numbers"), suggestions(flat, "flats")];
  const url = street.dataset.addresses;
  const afterStreet = async () => fill(numbers, street.value ? await ask(url, { ulica: street.value, numery: "" }, "numbers") : []);
  const afterNumber = async () => fill(flats, number.value ? await ask(url, { ulica: street.value, numer: number.value }, "flats") : []);
  street.addEventListener("change", () => afterStreet().catch(() => fill(numbers, [])));
  number.addEventListener("change", () => afterNumber().catch(() => fill(flats, [])));
}
