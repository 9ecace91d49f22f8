// Follows long work on a page with <progress data-follow>: fetches the page now and then, shows how
// far it has come, and shows the new page when the work is done. Without script: reload by hand.
const EVERY = 3000;
const shown = document.querySelector("progress[data-follow]");

async function look() {
  try {
    const answer = await fetch(location.href, { headers: { accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const now = page.querySelector("progress[data-follow]");
    if (answer.ok && !now) {
      location.reload();
      return;
    }
    if (now) {
      shown.value = now.value;
      document.querySelector("[data-percent]").textContent = String(now.value);
    }
  } catch {
    // The network is away for a moment: look again.
  }
  setTimeout(look, EVERY);
}

if (shown) setTimeout(look, EVERY);
