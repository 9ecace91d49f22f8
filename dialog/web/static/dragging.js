// Dragging a part of a list by its handle, with a mouse, a pen or a finger. The same can be done by
// buttons; Escape puts the part back. While it is dragged the page has the class `drag-active`.

const EDGE = 80; // pixels from the window's edge within which the page scrolls along
const SPEED = 12;

/**
 * `parts` and `lists` are selectors. `drop(part, list, index)` is called when a part was put in
 * another place, perhaps in another list.
 */
export function useDragging({ parts, lists }, drop) {
  let drag = null;

  document.addEventListener("pointerdown", (event) => {
    const handle = event.target.closest?.("[data-handle]");
    if (!handle || event.button !== 0) return;
    event.preventDefault();
    const part = handle.closest(parts);
    drag = {
      part,
      handle,
      pointer: event.pointerId,
      list: part.parentElement,
      next: part.nextElementSibling,
      y: event.clientY,
    };
    handle.setPointerCapture(event.pointerId);
    part.classList.add("dragging");
    document.documentElement.classList.add("drag-active");
    requestAnimationFrame(scroll);
  });

  document.addEventListener("pointermove", (event) => {
    if (!drag || event.pointerId !== drag.pointer) return;
    drag.y = event.clientY;
    place();
  });

  document.addEventListener("pointerup", (event) => {
    if (!drag || event.pointerId !== drag.pointer) return;
    const { part, list, next } = drag;
    end();
    const now = part.parentElement;
    if (now !== list || part.nextElementSibling !== next) drop(part, now, [...now.children].indexOf(part));
  });

  document.addEventListener("pointercancel", putBack);
  document.addEventListener("keydown", (event) => {
    if (drag && event.key === "Escape") putBack();
  });

  /** Put the part where the pointer is: before the first one whose middle is below it. */
  function place() {
    const all = [...document.querySelectorAll(lists)];
    const list = all.findLast((one) => one.getBoundingClientRect().top - EDGE / 2 < drag.y) ?? all[0];
    const others = [...list.children].filter((one) => one !== drag.part);
    const before = others.find((one) => {
      const box = one.getBoundingClientRect();
      return drag.y < box.top + box.height / 2;
    });
    list.insertBefore(drag.part, before ?? null);
  }

  function scroll() {
    if (!drag) return;
    if (drag.y < EDGE) window.scrollBy(0, -SPEED);
    else if (drag.y > innerHeight - EDGE) window.scrollBy(0, SPEED);
    requestAnimationFrame(scroll);
  }

  function putBack() {
    if (!drag) return;
    drag.list.insertBefore(drag.part, drag.next);
    end();
  }

  function end() {
    drag.part.classList.remove("dragging");
    document.documentElement.classList.remove("drag-active");
    drag = null;
  }
}
