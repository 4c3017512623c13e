// Completes the keys of a summit's sources where citations are typed: arrows choose, Enter or Tab
// takes, Escape closes. The sources stand in the page as a datalist.
"use strict";
(() => {
  const SHOWN = 8;
  let box = null; // the open list
  let owner = null; // the field it belongs to
  let count = 0;

  function sources() {
    const options = document.querySelectorAll("#sources-of-summit option");
    return [...options].map((option) => ({ key: option.value, label: option.label }));
  }

  // What is being typed: from the last comma, colon or line end to the caret, if it is one word.
  function typed(field) {
    const before = field.value.slice(0, field.selectionStart);
    const word = /[^,:、，：\n]*$/.exec(before)[0].trimStart();
    return /\s/.test(word) ? "" : word;
  }

  function close() {
    if (box) box.remove();
    if (owner) {
      owner.setAttribute("aria-expanded", "false");
      owner.removeAttribute("aria-activedescendant");
      owner.removeAttribute("aria-controls");
    }
    box = owner = null;
  }

  function choose(at) {
    const options = [...box.children];
    const next = options[(at + options.length) % options.length];
    options.forEach((option) => option.setAttribute("aria-selected", String(option === next)));
    owner.setAttribute("aria-activedescendant", next.id);
    next.scrollIntoView({ block: "nearest" });
  }

  function chosen() {
    return [...box.children].findIndex((option) => option.getAttribute("aria-selected") === "true");
  }

  function take(option) {
    const field = owner;
    const end = field.selectionStart;
    field.setRangeText(option.dataset.key, end - typed(field).length, end, "end");
    close();
    field.focus();
  }

  function open(field) {
    const word = typed(field).toLowerCase();
    close();
    if (!word) return;
    const all = sources();
    const begins = all.filter(({ key }) => key.startsWith(word));
    const holds = all.filter(
      (source) => !begins.includes(source) && source.label.toLowerCase().includes(word),
    );
    const found = [...begins, ...holds].slice(0, SHOWN);
    if (!found.length || (found.length === 1 && found[0].key === word)) return;
    owner = field;
    box = document.createElement("ul");
    box.className = "completion";
    box.id = `completion-${(count += 1)}`;
    box.setAttribute("role", "listbox");
    found.forEach(({ key, label }, index) => {
      const option = document.createElement("li");
      option.id = `${box.id}-${index}`;
      option.dataset.key = key;
      option.setAttribute("role", "option");
      const name = document.createElement("b");
      name.textContent = key;
      option.append(name, ` ${label}`);
      option.addEventListener("mousedown", (event) => {
        event.preventDefault(); // the field keeps the focus
        take(option);
      });
      box.append(option);
    });
    field.after(box);
    field.setAttribute("role", "combobox");
    field.setAttribute("aria-autocomplete", "list");
    field.setAttribute("aria-expanded", "true");
    field.setAttribute("aria-controls", box.id);
    choose(0);
  }

  const isField = (target) =>
    target instanceof HTMLTextAreaElement && target.classList.contains("citations");

  document.addEventListener("input", (event) => {
    if (event.isTrusted && isField(event.target)) open(event.target);
  });
  document.addEventListener("keydown", (event) => {
    if (!box || event.target !== owner || event.isComposing) return;
    if (event.key === "ArrowDown") choose(chosen() + 1);
    else if (event.key === "ArrowUp") choose(chosen() - 1);
    else if (event.key === "Enter" || event.key === "Tab") take(box.children[chosen()]);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
  });
  document.addEventListener("focusout", (event) => {
    if (event.target === owner) close();
  });
})();
