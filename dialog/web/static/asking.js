// What changes often is asked for by the one page that shows it, every other second and one question at a time:
// `data-asks` has the address, and each `data-told` the key of its words in the answer.
const EVERY = 2_000; // ms
const page = document.querySelector("[data-asks]");

async function ask() {
  if (!document.hidden && page.querySelector("[data-told]")) {
    try {
      const answer = await fetch(page.dataset.asks);
      if (answer.ok) show(await answer.json());
    } catch {
      // no connection just now: the page says so itself
    }
  }
  setTimeout(ask, EVERY);
}

function show(told) {
  for (const place of page.querySelectorAll("[data-told]")) {
    const words = told[place.dataset.told];
    if (words !== undefined && place.textContent !== words) place.textContent = words;
  }
}

ask();
