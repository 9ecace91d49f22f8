// A form whose answer takes a while: say so at once, and take no second click.
for (const form of document.querySelectorAll("form[data-slow]")) {
  const buttons = [...form.querySelectorAll("button[type=submit]")];
  const show = (waiting) => {
    form.querySelector(".slow").textContent = waiting ? form.dataset.slow : "";
    for (const button of buttons) button.disabled = waiting;
    form.setAttribute("aria-busy", String(waiting));
  };
  form.addEventListener("submit", () => setTimeout(() => show(true)));
  window.addEventListener("pageshow", () => show(false));
}
