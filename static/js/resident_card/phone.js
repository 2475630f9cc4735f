// What this phone keeps of a card: a private key that nobody can take out of the browser, and what the card shows without a network.
// A record: {fingerprint, key, person, number, name, packages: [[name, "2027-05-31"]], photo: Blob | null, offset: ms}.

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const CURVE = { name: "ECDSA", namedCurve: "P-256" };

function asked(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

async function store(mode, ask) {
  const opening = indexedDB.open("karta-mieszkanca", 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore("cards", { keyPath: "fingerprint" });
  const database = await asked(opening);
  try {
    return await asked(ask(database.transaction("cards", mode).objectStore("cards")));
  } finally {
    database.close();
  }
}

export const kept = () => store("readonly", (cards) => cards.getAll());
export const keep = (record) => store("readwrite", (cards) => cards.put(record));
export const forget = (record) => store("readwrite", (cards) => cards.delete(record.fingerprint));

export function base32(bytes) {
  let bits = "";
  for (const byte of bytes) bits += byte.toString(2).padStart(8, "0");
  return bits.match(/.{1,5}/g).map((five) => LETTERS[parseInt(five.padEnd(5, "0"), 2)]).join("");
}

/** A new key of this phone, kept at once: [record, public half as base64 of SubjectPublicKeyInfo]. */
export async function newKey(person) {
  const pair = await crypto.subtle.generateKey(CURVE, false, ["sign", "verify"]);
  const half = new Uint8Array(await crypto.subtle.exportKey("spki", pair.publicKey));
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", half));
  const record = { fingerprint: Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join(""), key: pair.privateKey, person, offset: 0 };
  await keep(record);
  await navigator.storage?.persist?.();
  return [record, btoa(String.fromCharCode(...half))];
}

/** The code of this moment, in the form of resident_card/codes.py. Each has a nonce of its own, because a code is good once. */
export async function code(record) {
  const seconds = Math.floor((Date.now() + record.offset) / 1000);
  const signed = `PKM1.${record.number}.${seconds}.${base32(crypto.getRandomValues(new Uint8Array(10)))}`;
  const signature = await crypto.subtle.sign({ name: "ECDSA", hash: "SHA-256" }, record.key, new TextEncoder().encode(signed));
  return `${signed}.${base32(new Uint8Array(signature))}`;
}
