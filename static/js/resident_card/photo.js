// Looks at the chosen photo before it is sent, names the rule that it breaks and shows it under a guide for the face.
// Without this script the server checks the same (resident_card/photos.py).

const MOST_BYTES = 5242880;
const LEAST_WIDTH = 300;
const HEADS = [[0xff, 0xd8, 0xff], [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]];
const PNG_HEAD = 8;

const WORDS = {
  empty: "Plik ze zdjęciem jest pusty. Wybierz go jeszcze raz.",
  size: (file) => `Zdjęcie ma ${(Math.ceil((file.size * 100) / 1024 ** 2) / 100).toFixed(2).replace(".", ",")} MB, a może mieć najwyżej 5 MB. Zmniejsz je i wybierz jeszcze raz.`,
  kind: "To nie jest zdjęcie JPG ani PNG, nawet jeśli tak się nazywa. W telefonie wybierz zapis „najbardziej zgodny” (JPG).",
  animated: "To zdjęcie się rusza. Wybierz zwykłe, nieruchome zdjęcie.",
  damaged: "Tego zdjęcia nie da się otworzyć. Zapisz je od nowa i wybierz jeszcze raz.",
  width: (_file, width) => `Zdjęcie ma ${width} pikseli szerokości, a potrzeba co najmniej 300. Wybierz większe.`,
};

const startsWith = (bytes, head) => head.every((byte, place) => bytes[place] === byte);

const isAnimated = (view) => {
  for (let place = PNG_HEAD; place + 8 <= view.byteLength; place += 12 + view.getUint32(place)) {
    const name = String.fromCharCode(...[4, 5, 6, 7].map((offset) => view.getUint8(place + offset)));
    if (name === "acTL") return true;
    if (name === "IDAT" || name === "IEND") return false;
  }
  return false;
};

// The rule that the file breaks with its words, or the picture turned the way it was taken.
const examined = async (file) => {
  if (!file.size) return { broken: "empty" };
  if (file.size > MOST_BYTES) return { broken: "size" };
  const content = await file.arrayBuffer();
  const bytes = new Uint8Array(content);
  if (!HEADS.some((head) => startsWith(bytes, head))) return { broken: "kind" };
  if (startsWith(bytes, HEADS[1]) && isAnimated(new DataView(content))) return { broken: "animated" };
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" }).catch(() => null);
  if (!picture) return { broken: "damaged" };
  return picture.width < LEAST_WIDTH ? { broken: "width", width: picture.width } : { picture };
};

const wordsOf = ({ broken, width }, file) => (typeof WORDS[broken] === "function" ? WORDS[broken](file, width) : WORDS[broken]);

const draw = (canvas, picture) => {
  const width = 240;
  const height = Math.round((picture.height * width) / picture.width);
  Object.assign(canvas, { width, height });
  const pen = canvas.getContext("2d");
  pen.drawImage(picture, 0, 0, width, height);
  pen.setLineDash([8, 6]);
  pen.lineWidth = 3;
  pen.strokeStyle = "#f2b632";
  pen.beginPath();
  pen.ellipse(width / 2, height * 0.45, Math.min(width * 0.34, height * 0.27), height * 0.34, 0, 0, 2 * Math.PI);
  pen.stroke();
};

for (const input of document.querySelectorAll("input[data-card-photo]")) {
  const field = input.closest(".field");
  const error = Object.assign(document.createElement("p"), { className: "field__error", id: `${input.id}_before`, hidden: true });
  error.setAttribute("role", "alert");
  const figure = Object.assign(document.createElement("figure"), { className: "photo-try", hidden: true });
  const canvas = document.createElement("canvas");
  canvas.setAttribute("aria-hidden", "true");
  const caption = document.createElement("figcaption");
  const told = Object.assign(document.createElement("p"), { textContent: "Zdjęcie spełnia wymagania techniczne. Sprawdź, czy twarz mieści się w owalu." });
  told.setAttribute("role", "status");
  caption.append(told);
  figure.append(canvas, caption);
  input.before(error);
  input.after(figure);
  input.setAttribute("aria-describedby", `${input.getAttribute("aria-describedby") || ""} ${error.id}`.trim());

  const look = async () => {
    const file = input.files[0];
    if (!file) return;
    const found = await examined(file);
    if (file !== input.files[0]) return;
    error.hidden = !found.broken;
    error.textContent = found.broken ? wordsOf(found, file) : "";
    field.classList.toggle("field--invalid", Boolean(found.broken));
    input.toggleAttribute("aria-invalid", Boolean(found.broken));
    figure.hidden = Boolean(found.broken);
    if (found.broken) input.value = ""; // what the server would refuse is not sent
    else draw(canvas, found.picture);
  };
  input.addEventListener("change", look);
  look(); // chosen before this script came, on a slow phone, or kept by the browser on the way back
}
