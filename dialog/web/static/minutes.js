// Minutes, and notes of groups, are saved as they are typed. Each section is a plain form that works by itself; this posts
// it when the writer pauses. What was not saved stays in its field, and another's text is shown beside it, never written
// over. Where several write in one field (`data-newest`), what others wrote is brought in while one has nothing unsaved.
const PAUSE = 1200;
const AGAIN = 5000;
const page = document.querySelector("[data-minutes]");

function keep(form) {
  const status = form.querySelector("[data-status]");
  const conflict = form.querySelector(".minutes-conflict");
  const fields = form.elements;
  const typed = () => JSON.stringify([fields.heading?.value, fields.text.value]);
  let saved = typed();
  let timer;
  let busy = false;
  let stopped = false; // until the writer has seen what somebody else wrote, and saves on purpose
  const say = (text) => (status.textContent = text);

  function plan(after) {
    clearTimeout(timer);
    timer = setTimeout(save, after);
  }

  async function save() {
    if (busy || stopped || typed() === saved) return;
    busy = true;
    const sent = typed();
    say(page.dataset.saving);
    try {
      const answer = await fetch(form.action, {
        method: "POST",
        body: new URLSearchParams(new FormData(form)),
        headers: { Accept: "application/json" },
      });
      if (!answer.headers.get("Content-Type")?.startsWith("application/json")) throw new Error("no answer");
      const told = await answer.json();
      if (answer.ok) {
        [saved, fields.version.value, conflict.hidden] = [sent, told.version, true];
        say(typed() === saved ? page.dataset.saved : page.dataset.unsaved);
      } else refuse(told);
      busy = false;
      if (!stopped && typed() !== sent) plan(PAUSE);
    } catch {
      busy = false;
      say(page.dataset.offline);
      plan(AGAIN);
    }
  }

  function refuse(told) {
    say(page.dataset.unsaved);
    conflict.hidden = false;
    conflict.querySelector("[data-sentence]").textContent = told.sentence;
    const theirs = conflict.querySelector("[data-theirs]");
    theirs.hidden = !told.version;
    if (!told.version) return;
    const both = [told.heading, told.text].filter((part) => part !== undefined);
    theirs.querySelector("[data-theirs-text]").textContent = both.join("\n\n");
    fields.version.value = told.version;
    stopped = true;
  }

  async function bring() {
    const idle = () => !busy && !stopped && typed() === saved && !fields.text.readOnly;
    if (!document.hidden && idle()) {
      try {
        const told = await (await fetch(form.dataset.newest, { headers: { Accept: "application/json" } })).json();
        if (idle() && Number(told.version) > Number(fields.version.value)) {
          const at = fields.text.selectionStart;
          [fields.text.value, fields.version.value] = [told.text, told.version];
          if (document.activeElement === fields.text) fields.text.setSelectionRange(at, at);
          saved = typed();
          say(page.dataset.brought);
        }
      } catch {
        // no connection just now: saving says so
      }
    }
    setTimeout(bring, 1_000 * Number(form.dataset.every));
  }

  if (form.dataset.newest) setTimeout(bring, 1_000 * Number(form.dataset.every));
  form.addEventListener("input", () => {
    say(page.dataset.unsaved);
    plan(PAUSE);
  });
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    saved = typed();
  });
  return () => typed() !== saved;
}

const unsaved = [...document.querySelectorAll("[data-section]")].map(keep);
window.addEventListener("beforeunload", (event) => {
  if (unsaved.some((is) => is())) event.preventDefault();
});
