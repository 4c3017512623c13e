// “Same sources as above”: a button at each field of citations that takes over what the nearest
// filled one above it cites; at the form's first, the row before in its list (data-before). What
// is typed already stays.
"use strict";
(() => {
  const words = document.getElementById("sources-of-summit")?.dataset;
  if (!words?.same) return;

  function fields() {
    const found = [...document.querySelectorAll("textarea.citations")];
    return found.filter((field) => !field.name.includes("__prefix__"));
  }

  const kindOf = (field) => field.name.replace(/-\d+-/, "-#-");

  // The names of facts hold for rows of one kind only: for others, all sources of the whole row.
  function flat(text) {
    const lines = text.split("\n").map((line) => line.replace(/^[\w.-]+\s*[:：]/, ""));
    const all = lines.join(",").split(/[,、，]/).map((citation) => citation.trim());
    return [...new Set(all.filter(Boolean))].join(", ");
  }

  function above(field) {
    const all = fields();
    for (let at = all.indexOf(field) - 1; at >= 0; at -= 1) {
      const text = all[at].value.trim();
      if (text) return kindOf(all[at]) === kindOf(field) ? text : flat(text);
    }
    return all[0].dataset.before || "";
  }

  function added(typed, more) {
    if (!typed) return more;
    const isPlain = !/[:：\n]/.test(typed + more);
    if (isPlain) return flat(`${typed}, ${more}`);
    const lines = typed.split("\n").map((line) => line.trim());
    return [...lines, ...more.split("\n").filter((line) => !lines.includes(line.trim()))].join("\n");
  }

  function take(field, said) {
    const more = above(field);
    said.textContent = more ? "" : words.none;
    if (more) {
      field.value = added(field.value.trim(), more);
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
    field.focus();
  }

  function offer() {
    fields().forEach((field, at) => {
      if (field.dataset.offered || (at === 0 && !field.dataset.before)) return;
      field.dataset.offered = "1";
      const box = document.createElement("div");
      box.className = "same-sources";
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = words.same;
      button.setAttribute("aria-controls", field.id);
      const said = document.createElement("output");
      said.className = "quiet";
      button.addEventListener("click", () => take(field, said));
      box.append(button, said);
      field.after(box);
    });
  }

  offer();
  document.addEventListener("formset:added", offer);
})();
