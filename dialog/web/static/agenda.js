// Reordering an agenda by dragging, also while the meeting is held. The buttons do the same without a script.
import { useDragging } from "./dragging.js";

function show() {
  for (const handle of document.querySelectorAll("[data-items] [data-handle]")) handle.hidden = false;
}

async function drop(item) {
  const body = new URLSearchParams({
    csrf_token: item.querySelector("[name=csrf_token]").value,
    fore: item.nextElementSibling?.dataset.item ?? "",
  });
  const followed = document.querySelector("[data-live]"); // shows by itself what has changed
  try {
    const answer = await fetch(item.dataset.move, { method: "POST", body, redirect: "manual" });
    if (answer.type !== "opaqueredirect" || !followed) location.reload();
  } catch {
    location.reload();
  }
}

show();
document.addEventListener("swapped", show);
useDragging({ parts: "[data-item]", lists: "[data-items]" }, drop);
