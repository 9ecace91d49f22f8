// Draw an area over the picture of a page: its sides are written into the fields that others type in.
const form = document.querySelector("form[data-redact]");
const drawn = form.querySelector(".document-drawn svg");
const area = drawn.querySelector("[data-new]");
const names = ["left", "top", "right", "bottom"];
const fields = names.map((name) => form.elements[name]);
let from = null;

const place = (event) => {
  const box = drawn.getBoundingClientRect();
  const part = (at, start, size) => Math.min(1, Math.max(0, (at - start) / size));
  return [part(event.clientX, box.left, box.width), part(event.clientY, box.top, box.height)];
};
const show = () => {
  const [left, top, right, bottom] = fields.map((field) => Number(field.value.replace(",", ".")) / 100);
  area.setAttribute("x", left);
  area.setAttribute("y", top);
  area.setAttribute("width", Math.max(0, right - left));
  area.setAttribute("height", Math.max(0, bottom - top));
};
drawn.addEventListener("pointerdown", (event) => {
  from = place(event);
  drawn.setPointerCapture(event.pointerId);
});
drawn.addEventListener("pointermove", (event) => {
  if (!from) return;
  const to = place(event);
  const sides = [0, 1].map((at) => [from[at], to[at]].sort((a, b) => a - b));
  const found = [sides[0][0], sides[1][0], sides[0][1], sides[1][1]];
  fields.forEach((field, at) => { field.value = (found[at] * 100).toFixed(2); });
  show();
});
drawn.addEventListener("pointerup", () => { from = null; });
for (const field of fields) field.addEventListener("input", show);
show();
