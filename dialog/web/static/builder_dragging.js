// Dragging a question by its handle, with a mouse, a pen or a finger. The same can be done by the
// buttons in the question's menu; Escape puts the question back.

const EDGE = 80; // pixels from the window's edge within which the page scrolls along
const SPEED = 12;

/** `drop(question, section, index)` is called when a question was put in another place. */
export function useDragging(drop) {
  let drag = null;

  document.addEventListener("pointerdown", (event) => {
    const handle = event.target.closest?.("[data-handle]");
    if (!handle || event.button !== 0) return;
    event.preventDefault();
    const question = handle.closest("[data-question]");
    drag = {
      question,
      handle,
      pointer: event.pointerId,
      list: question.parentElement,
      next: question.nextElementSibling,
      y: event.clientY,
    };
    handle.setPointerCapture(event.pointerId);
    question.classList.add("dragging");
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
    const { question, list, next } = drag;
    end();
    const moved = question.parentElement !== list || question.nextElementSibling !== next;
    const to = [...question.parentElement.children].indexOf(question);
    if (moved) drop(question, question.parentElement.dataset.questions, to);
  });

  document.addEventListener("pointercancel", putBack);
  document.addEventListener("keydown", (event) => {
    if (drag && event.key === "Escape") putBack();
  });

  /** Put the question where the pointer is: before the first one whose middle is below it. */
  function place() {
    const lists = [...document.querySelectorAll("[data-questions]")];
    const list = lists.findLast((one) => one.getBoundingClientRect().top - EDGE / 2 < drag.y) ?? lists[0];
    const others = [...list.children].filter((one) => one !== drag.question);
    const before = others.find((one) => {
      const box = one.getBoundingClientRect();
      return drag.y < box.top + box.height / 2;
    });
    list.insertBefore(drag.question, before ?? null);
  }

  function scroll() {
    if (!drag) return;
    if (drag.y < EDGE) window.scrollBy(0, -SPEED);
    else if (drag.y > innerHeight - EDGE) window.scrollBy(0, SPEED);
    requestAnimationFrame(scroll);
  }

  function putBack() {
    if (!drag) return;
    drag.list.insertBefore(drag.question, drag.next);
    end();
  }

  function end() {
    drag.question.classList.remove("dragging");
    document.documentElement.classList.remove("drag-active");
    drag = null;
  }
}
