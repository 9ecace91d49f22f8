// Choosing an audience: search in the tree of units, and show what a chosen unit already includes.
const own = (item) => item.querySelector(":scope > label > input");

function include(item, within) {
  const box = own(item);
  box.disabled = within;
  item.classList.toggle("included", within);
  for (const part of item.querySelectorAll(":scope > details > ul > li")) {
    include(part, within || box.checked);
  }
}

function filter(tree, words, found) {
  let matching = 0;
  const visit = (item) => {
    let below = false;
    for (const part of item.querySelectorAll(":scope > details > ul > li")) {
      below = visit(part) || below;
    }
    const itself = item.querySelector(":scope > label").textContent.toLocaleLowerCase("sv").includes(words);
    if (itself && words) matching += 1;
    item.hidden = Boolean(words) && !itself && !below;
    const details = item.querySelector(":scope > details");
    if (details && words) details.open = below;
    return itself || below;
  };
  for (const item of tree.children) visit(item);
  if (!words) found.textContent = "";
  else found.textContent = matching ? `${found.dataset.some} ${matching}` : found.dataset.none;
}

for (const audience of document.querySelectorAll("[data-audience]")) {
  const tree = audience.querySelector(".unit-tree");
  const search = audience.querySelector("[data-audience-search]");
  if (!tree || !search) continue;
  const refresh = () => { for (const item of tree.children) include(item, false); };
  tree.addEventListener("change", refresh);
  search.hidden = false;
  const input = search.querySelector("input");
  const found = search.querySelector("[role=status]");
  let waiting = 0;
  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => filter(tree, input.value.trim().toLocaleLowerCase("sv"), found), 120);
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
  });
  refresh();
}
