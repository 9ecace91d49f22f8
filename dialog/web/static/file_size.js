// A file that is too large is said to be so when it is chosen, not after minutes of sending.
for (const input of document.querySelectorAll("input[type=file][data-most]")) {
  const said = document.createElement("p");
  said.className = "field-error";
  said.setAttribute("role", "alert");
  input.after(said);
  input.addEventListener("change", () => {
    const large = [...input.files].some((file) => file.size > Number(input.dataset.most));
    said.textContent = large ? input.form.dataset.large : "";
    if (large) input.value = "";
  });
}
