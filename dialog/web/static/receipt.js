// The code is made here, of the browser's own randomness, and is known nowhere else until the form is sent.
const DIGITS = 16;
const EQUALLY = 250; // bytes below it give each digit equally often; others are drawn again

function code() {
  let digits = "";
  while (digits.length < DIGITS) {
    for (const byte of crypto.getRandomValues(new Uint8Array(DIGITS))) {
      if (byte < EQUALLY && digits.length < DIGITS) digits += byte % 10;
    }
  }
  return digits;
}

for (const part of document.querySelectorAll("[data-receipt]")) {
  const shown = part.querySelector("[data-receipt-code]");
  if (!shown.textContent.trim()) {
    const field = document.createElement("input");
    [field.type, field.name, field.value] = ["hidden", "code", code()];
    shown.textContent = field.value.match(/.{4}/g).join(" ");
    shown.after(field);
  }
  const acts = part.querySelector("[data-receipt-acts]");
  acts.hidden = false;
  acts.querySelector("[data-print]").addEventListener("click", () => print());
  acts.querySelector("[data-copy]").addEventListener("click", async () => {
    const number = part.querySelector("[data-receipt-number]")?.textContent.trim() ?? "";
    await navigator.clipboard.writeText(`${number}\n${shown.textContent.trim()}`.trim());
    part.querySelector("[data-copied]").textContent = part.dataset.copied;
  });
}
