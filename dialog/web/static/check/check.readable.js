/*! Dialog. With @hpke/core and @hpke/common, (c) Ajitomi Daisuke, MIT License. */

// answer/bytes.ts
function equal(a, b) {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}
function hex(bytes) {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
async function sha256(bytes) {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
}

// answer/dom.ts
function find(selector) {
  return document.querySelector(selector);
}

// answer/fingerprint_words.ts
var WORDS = `
abborre advent affisch alfabet ananas ankare apelsin april arena asfalt atlas augusti axel
bagare balkong banan barn basilika batteri berg bibliotek biljett björk blad blomma blus bok
boll bord botten brev bricka bro bröd buss bygel båt bänk bärnsten bäver bönor cirkel cirkus
citron cykel dagg damm dans deg delfin diamant dikt disk docka dosa droppe drottning duva dörr
ebb eka ekorre eld elefant element enbär energi ensemble etikett expert fabrik fasan fest ficka
figur fiol fisk fjord fjäder flagga flaska flod flöjt folk fors fot frimärke frost frukt fyr
fågel fåtölj fönster förråd gaffel galax garn gata get giraff glas glob gran gren gryta grädde
grön guld gurka gård gås hagel hallon hammare hamn handske hare hatt havre himmel hink hjul
hjärta honung hopp horisont hund hus hylla hällregn häst höst igelkott iller industri insekt
instrument is jacka jakt januari jord jubel juli juvel järn kabel kaffe kajak kaktus kamera
kanal kapten karta kastanj katt kedja kikare kilo klinik klocka klöver knapp kniv kompass
konsert korg kork krita krona kub kudde kula kust kvarn kväll källa körsbär lada ladugård lampa
lavendel lax ledstång lejon lekplats lilja linjal linne lock lupin lykta lärka lök löv magnet
mandel mantel mars mask matta melon metall minut modell moln morgon mossa motor mugg museum mynt
målare måne mås natt nejlika nota nyckel nål näktergal näve oktober oliv ost padda palett papper
paraply park pensel pingvin planet pump pärla päron ring ros ruta råg räv sadel segel sjö skola
skugga snö sol spade stad stjärna sång tiger tunnel vinter älg
`.trim().split(/\s+/);

// answer/fingerprint.ts
var COUNT = 10;
var PLACES = new Map(WORDS.map((word, place) => [word, place]));
for (const [place, word] of WORDS.entries()) PLACES.set(folded(word), place);
function read(text) {
  const plain = text.trim().toLowerCase();
  if (/^[0-9a-f]{64}$/.test(plain)) return { digits: plain };
  const words = plain.match(/\p{L}+/gu) ?? [];
  const strange = words.find((word) => !PLACES.has(word));
  if (strange !== void 0) return { strange };
  if (words.length !== COUNT) return { count: words.length };
  return { digits: hex(Uint8Array.from(words, (word) => PLACES.get(word))) };
}
function folded(word) {
  return word.replace(/[åä]/g, "a").replace(/ö/g, "o").replace(/é/g, "e");
}

// answer/manifest.ts
async function bytesOf(url, options) {
  const answer = await fetch(url, { cache: "no-store", ...options });
  if (!answer.ok) throw new Error(`${answer.status}`);
  return new Uint8Array(await answer.arrayBuffer());
}
function manifestBytes(round2, box2) {
  return Promise.all([
    bytesOf(`/enkat/${round2}/manifest.json`, { credentials: "omit" }),
    bytesOf(`${box2}/rounds/${round2}/manifest.json`, ANONYMOUS)
  ]);
}
var ANONYMOUS = { credentials: "omit", referrerPolicy: "no-referrer" };

// answer/words.ts
var found = JSON.parse(document.getElementById("words").textContent);
function say(key, values = {}) {
  const text = found[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
}

// check/main.ts
var { round, box, digest, opened } = find("#check").dataset;
function tell(selector, key, good, values = {}) {
  const place = find(selector);
  place.textContent = say(key, values);
  place.className = good ? "notice" : "notice notice-error";
}
async function checkServers() {
  try {
    const [ours, theirs] = await manifestBytes(round, box);
    if (!equal(ours, theirs)) tell("#servers", "differ", false);
    else if (hex(await sha256(ours)) !== digest) tell("#servers", "miscounted", false);
    else tell("#servers", "same", true);
  } catch {
    tell("#servers", "unreachable", false);
  }
}
function compare(text) {
  const published = read(text);
  if ("strange" in published) tell("#verdict", "unknown-word", false, { word: published.strange });
  else if ("count" in published) tell("#verdict", "not-ten", false, { count: published.count });
  else if (digest.startsWith(published.digits)) tell("#verdict", "matches", true);
  else tell("#verdict", "other", false);
}
find("#compare").addEventListener("submit", (event) => {
  event.preventDefault();
  compare(find("#published").value);
});
async function findReceipt(typed) {
  const digits = typed.toLowerCase().replace(/[^0-9a-z]/g, "");
  if (!/^[0-9a-f]{16,64}$/.test(digits)) return tell("#found", "no-receipt", false);
  try {
    const answer = await fetch(`/kontroll/${round}/kvitton.txt`, { credentials: "omit" });
    if (!answer.ok) throw new Error(`${answer.status}`);
    const listed = (await answer.text()).split("\n").some((receipt) => receipt.startsWith(digits));
    tell("#found", listed ? "on-list" : "not-on-list", listed);
  } catch {
    tell("#found", "list-unreachable", false);
  }
}
document.querySelector("#find-receipt")?.addEventListener("submit", (event) => {
  event.preventDefault();
  void findReceipt(find("#receipt").value);
});
var told = location.hash.slice(1);
if (/^[0-9a-f]{64}$/.test(told)) compare(told);
if (opened !== void 0) void checkServers();
