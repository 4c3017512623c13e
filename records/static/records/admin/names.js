// The boxes in which names are searched get the name of their field: Django's completion gives them
// none, or that of the name they hold.
"use strict";

{
  const named = () => {
    for (const select of document.querySelectorAll("select.admin-autocomplete")) {
      const label = select.labels[0];
      const words = label?.textContent.trim().replace(/[:：]$/, "");
      const whole = select.nextElementSibling?.querySelector(".select2-selection");
      if (!words || !whole) continue;
      const boxes = whole.querySelectorAll(".select2-search__field");
      for (const box of boxes) box.setAttribute("aria-label", words);
      const held = whole.querySelector(".select2-selection__rendered[id]");
      label.id ||= `${select.id}-label`;
      // A box that holds no name has none of its own; of the whole it gives what it holds.
      if (held?.getAttribute("role") === "textbox") held.setAttribute("aria-labelledby", label.id);
      whole.setAttribute("aria-labelledby", held ? `${label.id} ${held.id}` : label.id);
    }
  };
  // Completion itself begins a moment after the page is there, and after a row is added.
  const soon = () => setTimeout(named, 100);
  window.addEventListener("load", soon);
  document.addEventListener("formset:added", soon);
}
