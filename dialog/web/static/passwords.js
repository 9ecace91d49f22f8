// The code in a link stands after #, where no server sees it: move it into the form and out of
// the address. And let people see the password they choose.
const form = document.querySelector("[data-choose-password]");
const code = decodeURIComponent(location.hash.slice(1));
if (form && code) {
  form.elements.code.value = code;
  history.replaceState(null, "", location.pathname);
  form.querySelector("[data-code-field]").hidden = true;
  form.querySelector("[data-code-filled]").hidden = false;
}

const box = document.querySelector("[data-show-password]");
if (box) {
  box.hidden = false;
  box.querySelector("input").addEventListener("change", (event) => {
    for (const field of document.querySelectorAll("#new_password, #password")) {
      field.type = event.target.checked ? "text" : "password";
    }
  });
}
