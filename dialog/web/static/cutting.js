// A batch that is cut up: which letter each page belongs to is said while it is chosen.
const form = document.querySelector("[data-cut]");
const sheets = [...form.querySelectorAll("[data-sheet]")];
const words = form.dataset;

const ticked = (sheet, name) => sheet.querySelector(`[name=${name}]`)?.checked ?? false;

// As core/cutting.py does it: a letter of skipped pages is none.
function letters() {
  const found = [[]];
  sheets.forEach((sheet, at) => {
    if (ticked(sheet, "begins") && found.at(-1).length) found.push([]);
    if (!ticked(sheet, "skipped")) found.at(-1).push(at + 1);
  });
  return found.filter((letter) => letter.length);
}

function spans(pages) {
  const runs = [];
  for (const page of pages) {
    if (runs.at(-1)?.at(-1) === page - 1) runs.at(-1).push(page);
    else runs.push([page]);
  }
  return runs.map((run) => (run.length > 1 ? `${run[0]}–${run.at(-1)}` : run[0])).join(", ");
}

const named = (number) => words.letter.replace("#", number);

function show() {
  const found = letters();
  sheets.forEach((sheet, at) => {
    const number = found.findIndex((letter) => letter.includes(at + 1)) + 1;
    sheet.querySelector("[data-shown]").textContent = number ? named(number) : words.skipped;
    sheet.classList.toggle("sheet-first", number > 0 && found[number - 1][0] === at + 1);
  });
  const items = found.map((letter, at) => {
    const item = document.createElement("li");
    item.textContent = `${named(at + 1)}: ${words.pages.replace("#", spans(letter))}`;
    return item;
  });
  form.querySelector("[data-letters]").replaceChildren(...items);
  const said = found.length === 1 ? words.one : words.many.replace("#", found.length);
  form.querySelector("button[type=submit]").textContent = said;
  return { found, said };
}

form.addEventListener("change", () => {
  const { found, said } = show();
  form.elements.seen.value = found.map((letter) => letter.join(",")).join(";");
  form.querySelector("[data-said]").textContent = said;
});
window.addEventListener("pageshow", show); // a browser that comes back keeps what was ticked
