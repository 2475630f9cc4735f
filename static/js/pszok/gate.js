// Sound and vibration for yes and no, a keypad for the PIN, a button that prints. Everything works without this script.

const answer = document.querySelector("[data-answer]")?.dataset.answer;

const TONES = { yes: [[880, 0, 0.12], [1320, 0.14, 0.18]], no: [[220, 0, 0.35]] }; // hertz, from, for seconds
const BUZZ = { yes: [80], no: [250, 120, 250] };

const sound = (kind) => {
  const context = new AudioContext();
  for (const [pitch, start, length] of TONES[kind]) {
    const tone = context.createOscillator();
    const volume = context.createGain();
    tone.frequency.value = pitch;
    volume.gain.value = 0.2;
    tone.connect(volume).connect(context.destination);
    tone.start(context.currentTime + start);
    tone.stop(context.currentTime + start + length);
  }
};

if (answer in TONES) {
  navigator.vibrate?.(BUZZ[answer]);
  if (window.AudioContext) sound(answer); // a browser that wants a touch first stays silent
}

for (const keys of document.querySelectorAll("[data-keys]")) {
  const { pin } = keys.closest("form").elements;
  for (const digit of ["1", "2", "3", "4", "5", "6", "7", "8", "9", "⌫", "0"]) {
    const key = Object.assign(document.createElement("button"), { type: "button", textContent: digit, className: "gate-key" });
    if (digit === "⌫") key.setAttribute("aria-label", "usuń ostatnią cyfrę");
    key.addEventListener("click", () => {
      pin.value = digit === "⌫" ? pin.value.slice(0, -1) : pin.value + digit;
    });
    keys.append(key);
  }
  keys.hidden = false;
}

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}

// A scanner types over what stands in the box, not behind it.
document.querySelector("[data-scanned] input[autofocus]")?.select();
