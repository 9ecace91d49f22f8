// A slip's code comes after # in its address. It is kept until the room asks for it, in no address.
const place = `lapp:${document.querySelector("[data-meeting]").dataset.meeting}`;
if (location.hash.length > 1) {
  sessionStorage.setItem(place, decodeURIComponent(location.hash.slice(1)));
  history.replaceState(null, "", location.pathname + location.search);
}
