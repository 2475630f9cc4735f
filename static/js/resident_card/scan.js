// Reads a card with the camera where the browser can read codes by itself. Without this script a number is typed, a reader types, or a photograph
// is read by the server: all of them are on the page anyway.
//
// On a page: <div data-scan="id of the text input" hidden>
//              <button type="button" data-scan-start>…</button> <button type="button" data-scan-stop hidden>…</button>
//              <video muted playsinline hidden></video> <p role="status"></p></div>
// data-scan-denied="…" is what is said when the camera may not be used. What was read is put into the input and its form is sent.
// A gate of its own imports `canScan` and `watch`.

const EVERY = 150; // milliseconds between looks: quick for a hand, easy on a battery

export const canScan = async () => {
  if (!("BarcodeDetector" in window) || !navigator.mediaDevices?.getUserMedia) return false;
  const formats = await BarcodeDetector.getSupportedFormats();
  return formats.includes("qr_code");
};

// Shows the camera in the video and calls onCode with each text it reads; the same text again only after it was out of sight.
// Resolves to a function that ends it and lets the camera go. Rejects when the person or the system says no.
export const watch = async (video, onCode) => {
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" }, audio: false });
  const detector = new BarcodeDetector({ formats: ["qr_code"] });
  video.srcObject = stream;
  await video.play();
  let last = "";
  let isLooking = false;
  const look = async () => {
    if (isLooking) return;
    isLooking = true;
    try {
      const [code] = await detector.detect(video);
      const text = code?.rawValue ?? "";
      if (text && text !== last) onCode(text);
      last = text;
    } catch {
      // a frame that could not be read; the next one comes at once
    } finally {
      isLooking = false;
    }
  };
  const timer = setInterval(look, EVERY);
  return () => {
    clearInterval(timer);
    for (const track of stream.getTracks()) track.stop();
    video.srcObject = null;
  };
};

const arm = (place) => {
  const input = document.getElementById(place.dataset.scan);
  const [start, stop] = [place.querySelector("[data-scan-start]"), place.querySelector("[data-scan-stop]")];
  const [video, status] = [place.querySelector("video"), place.querySelector("[role=status]")];
  let end = null;
  const show = (isOn) => {
    video.hidden = stop.hidden = !isOn;
    start.hidden = isOn;
  };
  const finish = () => {
    end?.();
    end = null;
    show(false);
  };
  const read = (text) => {
    finish();
    navigator.vibrate?.(80);
    input.value = text;
    input.form.requestSubmit();
  };
  start.addEventListener("click", async () => {
    status.textContent = "";
    show(true);
    try {
      end = await watch(video, read);
      stop.focus();
    } catch {
      finish();
      status.textContent = place.dataset.scanDenied;
    }
  });
  stop.addEventListener("click", () => {
    finish();
    start.focus();
  });
  addEventListener("pagehide", finish);
  place.hidden = false;
};

const places = document.querySelectorAll("[data-scan]");
if (places.length && (await canScan())) places.forEach(arm);
