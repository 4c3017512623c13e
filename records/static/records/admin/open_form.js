// A form that tells the site that it is open, has what is typed kept there until it is saved, warns
// before it is left unsaved, and is saved by Ctrl+S. Without this script the form works as before.
"use strict";
(() => {
  const BEAT = 20000; // milliseconds between two signs of life
  const PAUSE = 3000; // after the last key, then what is typed is kept
  const LONGEST = 15000; // typed on and on: kept all the same
  const BEACON = 60000; // bytes a browser sends while it leaves a page
  const NEVER_KEPT = new Set(["file", "password", "submit", "button", "image", "reset"]);

  const root = document.getElementById("open-form");
  const summary = document.getElementById("all-faults");
  // Other pages have the warning and the keys alone, by either attribute of their form.
  const others = "form:is([data-unsaved], [data-watched])";
  const form = root?.closest("form") ?? document.querySelector(others);

  // where what is wrong is told -------------------------------------------------------------------

  function reveal(event) {
    const link = event.target.closest("a[href^='#']");
    const field = link && document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (!field) return;
    for (let box = field.closest("details"); box; box = box.parentElement.closest("details")) {
      box.open = true;
    }
    const instead = field.nextElementSibling?.querySelector(".select2-selection");
    const target = instead || field;
    if (!target.matches("input, select, textarea, button, a, [tabindex]")) target.tabIndex = -1;
    event.preventDefault();
    target.scrollIntoView({ block: "center" });
    target.focus({ preventScroll: true });
  }

  if (summary) {
    summary.addEventListener("click", reveal);
    // Django's own script moves to the first field of an empty form, and comes before.
    window.addEventListener("load", () => summary.focus());
  }
  if (!form) return;

  // what changed since the page came --------------------------------------------------------------

  const before = new WeakMap();

  function original(field) {
    if (field.type === "checkbox" || field.type === "radio") return String(field.defaultChecked);
    if (!(field instanceof HTMLSelectElement)) return field.defaultValue;
    const chosen = [...field.options].filter((option) => option.defaultSelected);
    if (!chosen.length && !field.multiple && field.options.length) chosen.push(field.options[0]);
    return JSON.stringify(chosen.map((option) => option.value).sort());
  }

  function current(field) {
    if (field.type === "checkbox" || field.type === "radio") return String(field.checked);
    if (!(field instanceof HTMLSelectElement)) return field.value;
    return JSON.stringify([...field.selectedOptions].map((option) => option.value).sort());
  }

  function fields() {
    return [...form.elements].filter(
      (field) =>
        field.name && !field.name.includes("__prefix__") && field.type !== "hidden" &&
        field.type !== "fieldset" && !NEVER_KEPT.has(field.type) && !field.disabled,
    );
  }

  // Asked first: a list completed from the site has the chosen name only once it is chosen.
  function remember() {
    for (const field of fields()) if (!before.has(field)) before.set(field, original(field));
  }

  function isChanged() {
    if (isSaving) return false;
    if (isUnsaved) return true;
    remember();
    return fields().some((field) => current(field) !== before.get(field));
  }

  let isSaving = false;
  let sending = null; // what is typed, on its way
  const isUnsaved = (root || form).hasAttribute("data-unsaved");
  remember();
  document.addEventListener("formset:added", remember);

  window.addEventListener("beforeunload", (event) => {
    if (isChanged()) event.preventDefault();
  });
  document.addEventListener("submit", (event) => {
    if (event.target !== form || event.defaultPrevented) return;
    isSaving = true;
    renewed();
    sending?.abort();
  });
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) isSaving = false;
  });

  // Who signed out and in again in another tab has a new token; the form was given the old one.
  function renewed() {
    const field = form.elements.namedItem("csrfmiddlewaretoken");
    const cookie = /(?:^|; )(?:__Host-csrf|csrftoken)=([^;]+)/.exec(document.cookie);
    if (cookie) field.value = cookie[1];
    return field.value;
  }

  // saved by keys ---------------------------------------------------------------------------------

  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    // With Korean letters on, the key of S says ㄴ.
    const isLatin = /^[a-z]$/i.test(event.key);
    if (event.key.toLowerCase() !== "s" && (isLatin || event.code !== "KeyS")) return;
    const button = form.querySelector("[name=_continue]") || form.querySelector("[name=_save]");
    if (!button) return;
    event.preventDefault();
    if (!isSaving) form.requestSubmit(button);
  });

  if (!root) return;

  // told to the site ------------------------------------------------------------------------------

  const said = root.querySelector(".said");
  const trouble = root.querySelector(".trouble");
  const people = document.getElementById("people");
  const notice = document.getElementById("typed-before");
  let isPending = Boolean(notice); // what was typed before is kept until its editor decides
  let keptBefore = "";
  let timer = 0;
  let since = 0; // when the oldest key that is not kept was pressed
  root.hidden = false;

  function typed() {
    const entries = [];
    for (const [name, value] of new FormData(form)) {
      const field = form.elements.namedItem(name);
      if (typeof value !== "string" || field?.type === "password") continue;
      if (name === "csrfmiddlewaretoken" || name.includes("__prefix__")) continue;
      entries.push([name, value]);
    }
    return JSON.stringify(entries);
  }

  function message(what, more = {}) {
    return new URLSearchParams({
      csrfmiddlewaretoken: renewed(), token: root.dataset.token, what, ...more,
    });
  }

  // That all is well is there to be read; what goes wrong is also spoken, and stays in sight.
  function say(words, wrong = "") {
    if (said.textContent !== words) said.textContent = words;
    if (trouble.textContent !== wrong) trouble.textContent = wrong;
    root.classList.toggle("in-sight", Boolean(wrong));
  }

  function show(lines) {
    const now = [...people.children].map((line) => line.textContent);
    if (JSON.stringify(now) === JSON.stringify(lines)) return;
    people.replaceChildren(
      ...lines.map((line) => Object.assign(document.createElement("p"), { textContent: line })),
    );
  }

  async function tell(what, more) {
    const isTyped = what === "typed";
    const control = new AbortController();
    if (isTyped) sending = control;
    try {
      const answer = await fetch(root.dataset.address, {
        method: "POST", body: message(what, more), signal: control.signal, redirect: "manual",
      });
      if (answer.type === "opaqueredirect" || answer.status === 403) {
        if (isChanged()) say("", root.dataset.signedOut);
        return false;
      }
      if (!answer.ok) throw new Error(answer.statusText);
      const found = await answer.json();
      show(found.people);
      if (isTyped && !found.kept) throw new Error("busy, or too much");
      if (isTyped) say(root.dataset.kept.replace("TIME", found.kept));
      else if (trouble.textContent) later(0, (keptBefore = ""));
      return true;
    } catch {
      if (isTyped && !control.signal.aborted) say("", root.dataset.waiting);
      return false;
    }
  }

  async function keep() {
    clearTimeout(timer);
    timer = since = 0;
    if (isPending || isSaving) return;
    const entries = typed();
    if (entries === keptBefore) return;
    if (!isChanged()) {
      if (keptBefore && (await tell("forget"))) say("");
      keptBefore = "";
    } else if (await tell("typed", { typed: entries })) {
      keptBefore = entries;
    } else {
      later(BEAT);
    }
  }

  function later(pause) {
    clearTimeout(timer);
    timer = setTimeout(keep, pause);
  }

  function touched() {
    since = since || Date.now();
    later(Math.max(0, Math.min(PAUSE, since + LONGEST - Date.now())));
  }

  form.addEventListener("input", touched);
  form.addEventListener("change", touched);
  document.addEventListener("formset:removed", touched);
  // Django's completion and its pop-ups change a select by jQuery, and only jQuery hears of it.
  window.django?.jQuery?.(form).on("change", touched);

  tell("here");
  setInterval(() => isSaving || tell("here"), BEAT);

  // What was typed a moment before is sent before the next page is asked for, which may be this
  // form once more; a phone may end a hidden page without a word.
  window.addEventListener("beforeunload", () => {
    if (!timer || isPending || !isChanged()) return;
    const body = message("typed", { typed: typed() });
    if (body.toString().length > BEACON) return;
    fetch(root.dataset.address, { method: "POST", body, keepalive: true }).catch(() => {});
  });
  document.addEventListener("visibilitychange", () => document.hidden && timer && keep());
  window.addEventListener("pagehide", () => {
    if (isSaving) return; // saving itself says that nobody is there any more
    const more = timer && !isPending && isChanged() ? { typed: typed() } : {};
    const whole = message("left", more);
    const isSmall = whole.toString().length < BEACON;
    navigator.sendBeacon(root.dataset.address, isSmall ? whole : message("left"));
  });
  window.addEventListener("pageshow", (event) => event.persisted && tell("here"));

  notice?.querySelector("form").addEventListener("submit", async (event) => {
    event.preventDefault();
    if (!(await tell("forget"))) return;
    isPending = false;
    notice.remove();
    const heading = document.querySelector("#content h1");
    heading.tabIndex = -1;
    heading.focus();
    touched();
  });
  document.querySelector(".submit-row [name=_continue]")
    ?.setAttribute("aria-keyshortcuts", "Control+S Meta+S");
})();
