// "Pokaż" beside every password field. Without it the field works as ever.

for (const input of document.querySelectorAll("input[data-password]")) {
  const button = document.createElement("button");
  const words = document.documentElement.lang === "en" ? ["Show", "Hide"] : document.documentElement.lang === "uk" ? ["Показати", "Сховати"] : ["Pokaż", "Ukryj"];
  button.type = "button";
  button.className = "password__toggle";
  button.setAttribute("aria-controls", input.id);
  const wrap = document.createElement("div");
  wrap.className = "password";
  input.replaceWith(wrap);
  wrap.append(input, button);
  const show = (visible) => {
    input.type = visible ? "text" : "password";
    button.textContent = words[Number(visible)];
    button.setAttribute("aria-pressed", String(visible));
  };
  show(false);
  button.addEventListener("click", () => show(input.type === "password"));
  input.form?.addEventListener("submit", () => show(false));
}
