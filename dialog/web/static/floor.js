// The speakers' list on somebody's own phone. What all see is the same for all; here it is marked which place is one's
// own, and only what can be pressed now is shown. Without script the page shows it as it was when it was loaded.
const own = document.querySelector("#ordet");

function show() {
  const floor = document.querySelector("[data-floor]");
  const mine = [...document.querySelectorAll(`[data-who="${own.dataset.own}"]`)];
  const waiting = mine.filter((each) => each.matches("li"));
  const open = floor?.dataset.floor === "open";
  const speaking = floor?.dataset.speaking ?? "";
  const pressed = {
    ask: open && !waiting.some((each) => !each.dataset.reply),
    reply: open && speaking !== "" && speaking !== own.dataset.own && !waiting.some((each) => each.dataset.reply),
    back: waiting.length > 0,
  };
  for (const [name, can] of Object.entries(pressed)) own.querySelector(`[data-press="${name}"]`).hidden = !can;
  own.hidden = !open && !waiting.length;
  for (const each of mine) {
    each.classList.add("floor-mine");
    each.append(` – ${own.dataset.you}`);
  }
}

document.addEventListener("swapped", show);
show();
