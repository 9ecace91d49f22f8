// Something is being made that takes a while: look now and then how far it is, and go there when it is done.
const EVERY = 3000;

async function look() {
  const here = document.querySelector("[data-follow]");
  if (!here) return;
  try {
    const answer = await fetch(location.href);
    if (answer.redirected) {
      location.assign(answer.url);
      return;
    }
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector("[data-follow]");
    if (!fresh) {
      location.reload();
      return;
    }
    here.replaceChildren(...fresh.childNodes);
  } catch {
    // No connection just now: look again.
  }
  setTimeout(look, EVERY);
}

setTimeout(look, EVERY);
