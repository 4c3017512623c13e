// The box in which a name is searched gets the name of its field: Django's completion gives it none.
"use strict";

{
  const named = () => {
    for (const select of document.querySelectorAll("select.admin-autocomplete")) {
      const label = select.labels[0]?.textContent.trim().replace(/:$/, "");
      const boxes = select.nextElementSibling?.querySelectorAll(".select2-search__field") ?? [];
      for (const box of boxes) if (label) box.setAttribute("aria-label", label);
    }
  };
  // Completion itself begins a moment after the page is there, and after a row is added.
  const soon = () => setTimeout(named, 100);
  window.addEventListener("load", soon);
  document.addEventListener("formset:added", soon);
}
