/* The list below the search box: arrow keys, Enter and Escape, as in any combobox. Without this file the box just searches. */
"use strict";

(() => {
  const box = document.getElementById("q");
  const list = document.getElementById("usul");
  if (!box || !list) return;
  let chosen = -1;

  const options = () => [...list.querySelectorAll('[role="option"]')];

  function show(open) {
    list.hidden = !open;
    box.setAttribute("aria-expanded", String(open));
    if (!open) choose(-1);
  }

  function choose(at) {
    chosen = at;
    options().forEach((option, index) => option.setAttribute("aria-selected", String(index === at)));
    if (at < 0) box.removeAttribute("aria-activedescendant");
    else box.setAttribute("aria-activedescendant", `usul-${at}`);
  }

  list.addEventListener("htmx:afterSwap", () => {
    choose(-1);
    show(options().length > 0 && document.activeElement === box);
  });
  box.addEventListener("keydown", (event) => {
    const count = options().length;
    if (event.key === "Escape" && !list.hidden) {
      show(false);
      event.preventDefault();
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && count) {
      if (list.hidden) show(true);
      const step = event.key === "ArrowDown" ? 1 : -1;
      choose(((chosen + 1 + step + count + 1) % (count + 1)) - 1); // -1 is the box itself
      event.preventDefault();
    } else if (event.key === "Enter" && chosen >= 0 && !list.hidden) {
      event.preventDefault();
      options()[chosen].querySelector("a").click();
    }
  });
  box.addEventListener("blur", () => setTimeout(() => show(false), 150));
  box.addEventListener("focus", () => show(options().length > 0 && box.value !== ""));
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, select, [contenteditable]");
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      box.focus();
      box.select();
    }
  });
})();
