// Says below a date what it means in words, while it is typed. Without this script the server says
// so when the form is opened or saved.
"use strict";
(() => {
  const waiting = new WeakMap();

  async function echo(input) {
    const output = input.closest(".edtf-box").querySelector("output");
    const text = input.value.trim();
    let found = {};
    if (text) {
      const address = `${output.dataset.address}?text=${encodeURIComponent(text)}`;
      try {
        const answer = await fetch(address, { headers: { Accept: "application/json" } });
        found = await answer.json();
      } catch {
        return; // offline or signed out: saving will tell
      }
    }
    if (input.value.trim() !== text) return;
    output.textContent = found.words || found.error || "";
    output.classList.toggle("wrong", Boolean(found.error));
  }

  document.addEventListener("input", (event) => {
    const input = event.target;
    if (!(input instanceof HTMLInputElement) || !input.classList.contains("edtf")) return;
    clearTimeout(waiting.get(input));
    waiting.set(input, setTimeout(echo, 250, input));
  });
})();
