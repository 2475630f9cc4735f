// Options that take a text, and options that exclude the others. Without this module the server asks (schemas/choosing.py).

/** A text chooses the option it stands beside; nothing is ever unchosen or emptied by writing. */
function choose(event) {
  const option = event.target.dataset?.chooses && document.getElementById(event.target.dataset.chooses);
  if (!option || option.checked || !event.target.value.trim()) return;
  option.checked = true;
  option.dispatchEvent(new Event("change", { bubbles: true }));
}

/** „Żadne z powyższych” leaves no other ticked, and goes when another is. Texts stay where they are. */
function part(event) {
  const ticked = event.target;
  if (ticked.type !== "checkbox" || !ticked.checked || !ticked.closest(".option")) return;
  const isAlone = Boolean(ticked.closest("[data-alone]"));
  for (const other of ticked.form?.querySelectorAll(`input[type="checkbox"][name="${CSS.escape(ticked.name)}"]`) ?? []) {
    if (other !== ticked && (isAlone || other.closest("[data-alone]"))) other.checked = false;
  }
}

// In the capturing phase, so that conditions on the page are settled after the ticks are.
document.addEventListener("input", choose, true);
document.addEventListener("change", part, true);
