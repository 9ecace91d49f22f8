// A page that came back with errors begins at the summary, also for those who do not see it.
const summary = document.getElementById("felruta");
if (summary) {
  summary.focus();
  document.title = `${summary.querySelector("h2").textContent} – ${document.title}`;
}
