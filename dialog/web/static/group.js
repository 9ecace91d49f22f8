// The part of a group's page that changes is the same for all groups: a page whose groups have finished says so, and
// shows nothing of what the next ones do.
const part = document.querySelector("#uppgift");

function show() {
  const work = part.querySelector("[data-work]");
  const theirs = work?.dataset.work === part.dataset.own;
  if (work) work.hidden = !theirs;
  part.querySelector("[data-finished]").hidden = theirs;
}

document.addEventListener("swapped", show);
show();
