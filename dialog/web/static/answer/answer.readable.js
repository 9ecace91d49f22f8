/*! Dialog. With @hpke/core and @hpke/common, (c) Ajitomi Daisuke, MIT License. */

// answer/items.ts
var CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f]/g;
function itemsIn(root) {
  return Array.from(root.querySelectorAll("[data-item]"));
}
function nameOf(item) {
  return item.dataset.item;
}
function choices(item) {
  return Array.from(item.querySelectorAll("input[type=radio], input[type=checkbox]"));
}
function typed(item) {
  return item.querySelector("textarea, input:not([type=radio], [type=checkbox])");
}
function firstField(item) {
  return typed(item) ?? choices(item).find((choice) => choice.checked) ?? choices(item)[0] ?? null;
}
function read(item) {
  const chosen = choices(item).filter((choice) => choice.checked);
  const missing = chosen.find((choice) => choice.dataset.missing !== void 0);
  if (missing) return missing.value;
  const field = typed(item);
  if (field) return readTyped(item.dataset.kind, field);
  if (item.dataset.kind === "multiple") {
    return chosen.length ? chosen.map((choice) => choice.value) : void 0;
  }
  if (!chosen[0]) return void 0;
  return item.dataset.kind === "scale" ? Number(chosen[0].value) : chosen[0].value;
}
function readTyped(kind, field) {
  const text = wellFormed(field.value).replace(CONTROL, "").trim();
  if (text === "") return void 0;
  return kind === "number" ? toNumber(text) : text;
}
function wellFormed(text) {
  return Array.from(text, (one) => /^[\ud800-\udfff]$/.test(one) ? "" : one).join("");
}
function toNumber(text) {
  const plain = text.replace(/[\s\u00a0\u202f]/g, "").replace(",", ".").replace("−", "-");
  const isNumber = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(plain);
  return isNumber && Number.isFinite(Number(plain)) ? Number(plain) : text;
}
function numbersOf(item, answer) {
  if (typeof answer === "number") return [answer];
  return choices(item).filter((choice) => choice.checked && choice.dataset.value !== void 0).map((choice) => Number(choice.dataset.value));
}
function write(item, answer) {
  const chosen = answer === void 0 ? [] : [answer].flat().map(String);
  for (const choice of choices(item)) choice.checked = chosen.includes(choice.value);
  const field = typed(item);
  const missing = choices(item).some((choice) => choice.checked);
  if (field) field.value = answer === void 0 || missing ? "" : String(answer);
}
function exclude(item, changed) {
  const isMissing2 = (choice) => choice.dataset.missing !== void 0;
  const field = typed(item);
  if (changed === field) {
    if (field.value !== "") choices(item).forEach((choice) => choice.checked = false);
  } else if (changed instanceof HTMLInputElement && changed.checked) {
    for (const other of choices(item)) {
      if (other === changed || other.type === "radio") continue;
      if (isMissing2(changed) || isMissing2(other)) other.checked = false;
    }
    if (field && isMissing2(changed)) field.value = "";
  }
}

// answer/texts.ts
var NUMBER = /(?<!\d)(?:(?:18|19|20)[\s-]?)?(\d\d)[\s.-]?(\d\d)[\s.-]?(\d\d)(?:\s?[-+–—−]\s?|\s)?(\d{4})(?!\d)/g;
var MAIL = /[\p{L}\d._%+-]+@[\p{L}\d-]+(\.[\p{L}\d-]+)+/u;
var PHONE = /(?<![\d+])(?:\+46|0046|0)[\s-]?(?:\(0\))?[1-9](?:[\s/-]{0,3}\d){6,10}(?!\d)/;
function hasIdentityNumber(text) {
  for (const [, year, month, day, end] of text.matchAll(NUMBER)) {
    const dayOfMonth = Number(day) > 60 ? Number(day) - 60 : Number(day);
    const isDate = Number(month) >= 1 && Number(month) <= 12 && dayOfMonth >= 1 && dayOfMonth <= 31;
    if (isDate && passesLuhn(`${year}${month}${day}${end}`)) return true;
  }
  return false;
}
function hasMail(text) {
  return MAIL.test(text);
}
function hasPhone(text) {
  return PHONE.test(text);
}
function passesLuhn(digits) {
  let sum = 0;
  for (const [index, digit] of Array.from(digits, Number).entries()) {
    const product = index % 2 === 0 ? digit * 2 : digit;
    sum += product > 9 ? product - 9 : product;
  }
  return sum % 10 === 0;
}

// answer/words.ts
var found = JSON.parse(document.getElementById("words").textContent);
function say(key, values = {}) {
  const text = found[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
}

// answer/checking.ts
function faultOf(item) {
  const message = messageFor(item);
  return message === null ? null : { item, message };
}
function messageFor(item) {
  const answer = read(item);
  const { kind, low, high, max } = item.dataset;
  const field = typed(item);
  if (field instanceof HTMLInputElement && field.validity.badInput) return say("date-wrong");
  if (answer === void 0) {
    if (item.dataset.required === void 0) return null;
    return say(field ? "required-text" : "required-choice");
  }
  if (kind === "number") {
    if (answer === "_unknown" || answer === "_declined") return null;
    if (typeof answer !== "number") return say("number-wrong");
    if (item.dataset.whole !== void 0 && !Number.isInteger(answer)) return say("number-whole");
    if (low !== void 0 && answer < Number(low)) return say("number-low", { low });
    if (high !== void 0 && answer > Number(high)) return say("number-high", { high });
  }
  if ((kind === "short" || kind === "long") && typeof answer === "string") {
    if (answer.length > Number(max)) {
      return say("text-long", { over: answer.length - Number(max) });
    }
    if (hasIdentityNumber(answer)) return say("identity-number");
  }
  return null;
}
function remarkOn(item) {
  const answer = read(item);
  if (typeof answer !== "string" || !["short", "long"].includes(item.dataset.kind)) return "";
  if (hasIdentityNumber(answer)) return say("identity-number");
  const [mail, phone] = [hasMail(answer), hasPhone(answer)];
  if (!mail && !phone) return "";
  return say(mail && phone ? "contact-both" : mail ? "contact-mail" : "contact-phone");
}
function showFault(item, message) {
  const line = item.querySelector(".field-error");
  line.querySelector("[data-message]").textContent = message;
  line.hidden = message === "";
  item.classList.toggle("field-wrong", message !== "");
  const bearer = typed(item) ?? item;
  if (message) bearer.setAttribute("aria-invalid", "true");
  else bearer.removeAttribute("aria-invalid");
}
var Summary = class {
  constructor(element) {
    this.element = element;
  }
  element;
  /** Lists the faults with links, and goes there. `visit` shows the screen of an item. */
  show(faults, visit) {
    const list = this.element.querySelector("ul");
    list.replaceChildren(
      ...faults.map(({ item, message }) => {
        const link = document.createElement("a");
        link.href = `#${firstField(item)?.id ?? item.id}`;
        const label = labelOf(item);
        link.textContent = `${label}${/[.?!:]$/.test(label) ? "" : ":"} ${message}`;
        link.addEventListener("click", (event) => {
          event.preventDefault();
          visit(item);
          firstField(item)?.focus();
        });
        const entry2 = document.createElement("li");
        entry2.dataset.of = nameOf(item);
        entry2.append(link);
        return entry2;
      })
    );
    for (const { item, message } of faults) showFault(item, message);
    this.element.hidden = false;
    this.element.focus();
  }
  hide() {
    this.element.hidden = true;
  }
  /** Takes the item off the list once nothing is wrong with it; goes when the list is empty. */
  mended(item) {
    if (this.element.hidden || faultOf(item)) return;
    this.element.querySelector(`[data-of="${nameOf(item)}"]`)?.remove();
    if (!this.element.querySelector("li")) this.hide();
  }
};
function labelOf(item) {
  const label = document.getElementById(`q-${nameOf(item)}-label`);
  return (label.querySelector("[data-words]") ?? label).textContent.trim();
}

// answer/bytes.ts
var utf8 = (text) => new TextEncoder().encode(text);
function concat(...parts) {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
function equal(a, b) {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}
function random(length) {
  return crypto.getRandomValues(new Uint8Array(length));
}
function hex(bytes2) {
  return Array.from(bytes2, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
function fromHex(text) {
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));
}
function base64url(bytes2) {
  const binary = Array.from(bytes2, (byte) => String.fromCharCode(byte)).join("");
  return btoa(binary).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}
function fromBase64url(text) {
  const binary = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}
async function sha256(bytes2) {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes2));
}

// answer/pending.ts
var memory = /* @__PURE__ */ new Map();
var BYTES = ["ballot", "prefix", "blinded", "inverse", "signature"];
var STORE = "pending";
async function keep(pending) {
  const kept = await load(pending.round);
  if (kept) return kept;
  try {
    await run("readwrite", (store) => store.add(pending));
  } catch {
    const first = await load(pending.round);
    if (first) return first;
    memory.set(pending.round, pending);
  }
  return pending;
}
async function replace(pending) {
  if (memory.has(pending.round)) memory.set(pending.round, pending);
  else await run("readwrite", (store) => store.put(pending));
}
async function load(round) {
  try {
    const kept = await run("readonly", (store) => store.get(round));
    return kept ?? memory.get(round);
  } catch {
    return memory.get(round);
  }
}
function isFleeting(round) {
  return memory.has(round);
}
async function erase(round) {
  if (!memory.delete(round)) await run("readwrite", (store) => store.delete(round));
}
function run(mode, work) {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open("dialog", 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore(STORE, { keyPath: "round" });
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const database = opening.result;
      const transaction = database.transaction(STORE, mode, { durability: "strict" });
      const request = work(transaction.objectStore(STORE));
      const end = (finish) => () => {
        database.close();
        finish();
      };
      transaction.oncomplete = end(() => resolve(request.result));
      transaction.onabort = end(() => reject(transaction.error ?? request.error));
    };
  });
}
function toFile(pending) {
  const fields = { dialog: "ballot", version: 1, ...pending };
  for (const name of BYTES) if (pending[name]) fields[name] = base64url(pending[name]);
  if (pending.signature) fields.secret = "";
  return new Blob([JSON.stringify(fields)], { type: "application/json" });
}
function fromFile(text, round) {
  try {
    const fields = JSON.parse(text);
    if (fields.dialog !== "ballot" || fields.round !== round) return null;
    const pending = {};
    for (const name of ["round", "box", "tokenKey", "secret"]) {
      if (typeof fields[name] !== "string") return null;
      pending[name] = fields[name];
    }
    for (const name of BYTES) {
      if (fields[name] !== void 0) pending[name] = fromBase64url(fields[name]);
      else if (name !== "signature") return null;
    }
    return pending;
  } catch {
    return null;
  }
}

// answer/blinding.ts
var HASH = "SHA-384";
var HASH_LENGTH = 48;
var PREFIX_LENGTH = 32;
async function publicKey(spki) {
  const algorithm = { name: "RSA-PSS", hash: HASH };
  const verifying = await crypto.subtle.importKey("spki", spki, algorithm, true, ["verify"]);
  const parts = await crypto.subtle.exportKey("jwk", verifying);
  const modulus = fromBase64url(parts.n);
  return {
    n: integer(modulus),
    e: integer(fromBase64url(parts.e)),
    length: modulus.length,
    verifying
  };
}
function prepare(message, prefix = random(PREFIX_LENGTH)) {
  return concat(prefix, message);
}
async function blind(key, prepared, given = {}) {
  const encoded = await encode(prepared, bitLength(key.n) - 1, given.salt ?? random(HASH_LENGTH));
  const m = integer(encoded);
  let inverse = given.inverse;
  while (inverse === void 0) {
    const candidate = integer(random(key.length));
    if (candidate > 1n && candidate < key.n && inverted(candidate, key.n) !== null) {
      inverse = candidate;
    }
  }
  const r = inverted(inverse, key.n);
  if (r === null || inverted(m, key.n) === null) throw new Error("invalid input");
  const z = m * power(r, key.e, key.n) % key.n;
  return { message: bytes(z, key.length), inverse: bytes(inverse, key.length) };
}
async function finalize(key, prepared, blindSignature, inverse) {
  if (blindSignature.length !== key.length) throw new Error("unexpected input size");
  const s = integer(blindSignature) * integer(inverse) % key.n;
  const signature = bytes(s, key.length);
  const scheme = { name: "RSA-PSS", saltLength: HASH_LENGTH };
  if (!await crypto.subtle.verify(scheme, key.verifying, signature, prepared)) {
    throw new Error("invalid signature");
  }
  return signature;
}
async function encode(message, bits, salt) {
  const length = Math.ceil(bits / 8);
  const h = await digest(concat(new Uint8Array(8), await digest(message), salt));
  const db = new Uint8Array(length - h.length - 1);
  db[db.length - salt.length - 1] = 1;
  db.set(salt, db.length - salt.length);
  const mask = await mgf1(h, db.length);
  db.forEach((byte, index) => db[index] = byte ^ mask[index]);
  db[0] &= 255 >> 8 * length - bits;
  return concat(db, h, Uint8Array.of(188));
}
async function mgf1(seed, length) {
  const blocks = [];
  for (let counter = 0; counter * HASH_LENGTH < length; counter++) {
    blocks.push(await digest(concat(seed, bytes(BigInt(counter), 4))));
  }
  return concat(...blocks).slice(0, length);
}
async function digest(message) {
  return new Uint8Array(await crypto.subtle.digest(HASH, message));
}
function integer(from) {
  return BigInt(`0x${hex(from) || "0"}`);
}
function bytes(from, length) {
  return fromHex(from.toString(16).padStart(2 * length, "0"));
}
function bitLength(n) {
  return n.toString(2).length;
}
function power(base, exponent, modulus) {
  let result = 1n;
  for (let b = base, e = exponent; e > 0n; e >>= 1n, b = b * b % modulus) {
    if (e & 1n) result = result * b % modulus;
  }
  return result;
}
function inverted(a, modulus) {
  let [r0, r1, t0, t1] = [modulus, a % modulus, 0n, 1n];
  while (r1 > 0n) {
    const quotient = r0 / r1;
    [r0, r1] = [r1, r0 - quotient * r1];
    [t0, t1] = [t1, t0 - quotient * t1];
  }
  if (r0 !== 1n) return null;
  return t0 < 0n ? t0 + modulus : t0;
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
async function fingerprint(manifest) {
  return Array.from((await sha256(manifest)).subarray(0, COUNT), (byte) => WORDS[byte]);
}
function folded(word) {
  return word.replace(/[åä]/g, "a").replace(/ö/g, "o").replace(/é/g, "e");
}

// answer/manifest.ts
var ManifestError = class extends Error {
};
async function bytesOf(url, options) {
  const answer = await fetch(url, { cache: "no-store", ...options });
  if (!answer.ok) throw new Error(`${answer.status}`);
  return new Uint8Array(await answer.arrayBuffer());
}
function manifestBytes(round, box) {
  return Promise.all([
    bytesOf(`/enkat/${round}/manifest.json`, { credentials: "omit" }),
    bytesOf(`${box}/rounds/${round}/manifest.json`, ANONYMOUS)
  ]);
}
async function fetchManifest(round, box) {
  const [ours, theirs] = await manifestBytes(round, box);
  if (!equal(ours, theirs)) throw new ManifestError();
  const manifest = JSON.parse(new TextDecoder().decode(ours));
  if (manifest.version !== 1 || manifest.round !== round || manifest.box !== box) {
    throw new ManifestError();
  }
  return manifest;
}
async function fingerprintOf(round) {
  return fingerprint(await bytesOf(`/enkat/${round}/manifest.json`, { credentials: "omit" }));
}
function grouped(digits) {
  return digits.slice(0, 16).replace(/(.{4})(?=.)/g, "$1 ");
}
var ANONYMOUS = { credentials: "omit", referrerPolicy: "no-referrer" };

// node_modules/@hpke/common/esm/src/errors.js
var HpkeError = class extends Error {
  constructor(e) {
    let message;
    if (e instanceof Error) {
      message = e.message;
    } else if (typeof e === "string") {
      message = e;
    } else {
      message = "";
    }
    super(message);
    this.name = this.constructor.name;
  }
};
var InvalidParamError = class extends HpkeError {
};
var SerializeError = class extends HpkeError {
};
var DeserializeError = class extends HpkeError {
};
var EncapError = class extends HpkeError {
};
var DecapError = class extends HpkeError {
};
var ExportError = class extends HpkeError {
};
var SealError = class extends HpkeError {
};
var OpenError = class extends HpkeError {
};
var MessageLimitReachedError = class extends HpkeError {
};
var DeriveKeyPairError = class extends HpkeError {
};
var NotSupportedError = class extends HpkeError {
};

// node_modules/@hpke/common/esm/_dnt.shims.js
var dntGlobals = {};
var dntGlobalThis = createMergeProxy(globalThis, dntGlobals);
function createMergeProxy(baseObj, extObj) {
  return new Proxy(baseObj, {
    get(_target, prop, _receiver) {
      if (prop in extObj) {
        return extObj[prop];
      } else {
        return baseObj[prop];
      }
    },
    set(_target, prop, value) {
      if (prop in extObj) {
        delete extObj[prop];
      }
      baseObj[prop] = value;
      return true;
    },
    deleteProperty(_target, prop) {
      let success = false;
      if (prop in extObj) {
        delete extObj[prop];
        success = true;
      }
      if (prop in baseObj) {
        delete baseObj[prop];
        success = true;
      }
      return success;
    },
    ownKeys(_target) {
      const baseKeys = Reflect.ownKeys(baseObj);
      const extKeys = Reflect.ownKeys(extObj);
      const extKeysSet = new Set(extKeys);
      return [...baseKeys.filter((k) => !extKeysSet.has(k)), ...extKeys];
    },
    defineProperty(_target, prop, desc) {
      if (prop in extObj) {
        delete extObj[prop];
      }
      Reflect.defineProperty(baseObj, prop, desc);
      return true;
    },
    getOwnPropertyDescriptor(_target, prop) {
      if (prop in extObj) {
        return Reflect.getOwnPropertyDescriptor(extObj, prop);
      } else {
        return Reflect.getOwnPropertyDescriptor(baseObj, prop);
      }
    },
    has(_target, prop) {
      return prop in extObj || prop in baseObj;
    }
  });
}

// node_modules/@hpke/common/esm/src/algorithm.js
async function loadSubtleCrypto() {
  if (dntGlobalThis !== void 0 && globalThis.crypto !== void 0) {
    return globalThis.crypto.subtle;
  }
  try {
    const { webcrypto } = await import("crypto");
    return webcrypto.subtle;
  } catch (e) {
    throw new NotSupportedError(e);
  }
}
var NativeAlgorithm = class {
  constructor() {
    Object.defineProperty(this, "_api", {
      enumerable: true,
      configurable: true,
      writable: true,
      value: void 0
    });
  }
  async _setup() {
    if (this._api !== void 0) {
      return;
    }
    this._api = await loadSubtleCrypto();
  }
};

// node_modules/@hpke/common/esm/src/identifiers.js
var Mode = {
  Base: 0,
  Psk: 1,
  Auth: 2,
  AuthPsk: 3
};
var KemId = {
  NotAssigned: 0,
  DhkemP256HkdfSha256: 16,
  DhkemP384HkdfSha384: 17,
  DhkemP521HkdfSha512: 18,
  DhkemSecp256k1HkdfSha256: 19,
  DhkemX25519HkdfSha256: 32,
  DhkemX448HkdfSha512: 33,
  HybridkemX25519Kyber768: 48,
  MlKem512: 64,
  MlKem768: 65,
  MlKem1024: 66,
  XWing: 25722
};
var KdfId = {
  HkdfSha256: 1,
  HkdfSha384: 2,
  HkdfSha512: 3,
  Sha3256: 4,
  Sha3384: 5,
  Sha3512: 6,
  Shake128: 16,
  Shake256: 17,
  TurboShake128: 18,
  TurboShake256: 19
};
var AeadId = {
  Aes128Gcm: 1,
  Aes256Gcm: 2,
  Chacha20Poly1305: 3,
  ExportOnly: 65535
};

// node_modules/@hpke/common/esm/src/consts.js
var INPUT_LENGTH_LIMIT = 8192;
var INFO_LENGTH_LIMIT = 268435456;
var MINIMUM_PSK_LENGTH = 32;
var EMPTY = /* @__PURE__ */ new Uint8Array(0);
var BYTE_TO_BIGINT_256 = /* @__PURE__ */ (() => {
  const out = new Array(256);
  let i = 0;
  let value = 0n;
  while (i < 256) {
    out[i] = value;
    i++;
    value += 1n;
  }
  return out;
})();

// node_modules/@hpke/common/esm/src/interfaces/kemInterface.js
var SUITE_ID_HEADER_KEM = /* @__PURE__ */ new Uint8Array([
  75,
  69,
  77,
  0,
  0
]);

// node_modules/@hpke/common/esm/src/kdfs/hkdf.js
var HPKE_VERSION = /* @__PURE__ */ new Uint8Array([
  72,
  80,
  75,
  69,
  45,
  118,
  49
]);
function toUint8Array(input) {
  return new Uint8Array(toArrayBuffer(input));
}
function toArrayBuffer(input) {
  if (input instanceof ArrayBuffer) {
    return input;
  }
  if (ArrayBuffer.isView(input)) {
    return new Uint8Array(input.buffer, input.byteOffset, input.byteLength).slice().buffer;
  }
  return new Uint8Array(input).slice().buffer;
}
var HkdfNative = class extends NativeAlgorithm {
  constructor() {
    super();
    Object.defineProperty(this, "id", {
      enumerable: true,
      configurable: true,
      writable: true,
      value: KdfId.HkdfSha256
    });
    Object.defineProperty(this, "hashSize", {
      enumerable: true,
      configurable: true,
      writable: true,
      value: 0
    });
    Object.defineProperty(this, "_suiteId", {
      enumerable: true,
      configurable: true,
      writable: true,
      value: EMPTY
    });
    Object.defineProperty(this, "algHash", {
      enumerable: true,
      configurable: true,
      writable: true,
      value: {
        name: "HMAC",
        hash: "SHA-256",
        length: 256
      }
    });
  }
  init(suiteId) {
    this._suiteId = suiteId;
  }
  buildLabeledIkm(label, ikm) {
    this._checkInit();
    const ret = new Uint8Array(7 + this._suiteId.byteLength + label.byteLength + ikm.byteLength);
    ret.set(HPKE_VERSION, 0);
    ret.set(this._suiteId, 7);
    ret.set(label, 7 + this._suiteId.byteLength);
    ret.set(ikm, 7 + this._suiteId.byteLength + label.byteLength);
    return ret;
  }
  buildLabeledInfo(label, info, len) {
    this._checkInit();
    const ret = new Uint8Array(9 + this._suiteId.byteLength + label.byteLength + info.byteLength);
    ret.set(new Uint8Array([0, len]), 0);
    ret.set(HPKE_VERSION, 2);
    ret.set(this._suiteId, 9);
    ret.set(label, 9 + this._suiteId.byteLength);
    ret.set(info, 9 + this._suiteId.byteLength + label.byteLength);
    return ret;
  }
  async extract(salt, ikm) {
    await this._setup();
    const saltBuf = salt.byteLength === 0 ? new ArrayBuffer(this.hashSize) : toArrayBuffer(salt);
    if (saltBuf.byteLength !== this.hashSize) {
      throw new InvalidParamError("The salt length must be the same as the hashSize");
    }
    const ikmBuf = toArrayBuffer(ikm);
    const key = await this._api.importKey("raw", saltBuf, this.algHash, false, [
      "sign"
    ]);
    return await this._api.sign("HMAC", key, ikmBuf);
  }
  async expand(prk, info, len) {
    await this._setup();
    const prkBuf = toArrayBuffer(prk);
    const key = await this._api.importKey("raw", prkBuf, this.algHash, false, [
      "sign"
    ]);
    const okm = new ArrayBuffer(len);
    const okmBytes = new Uint8Array(okm);
    let prev = EMPTY;
    const mid = toUint8Array(info);
    const tail = new Uint8Array(1);
    if (len > 255 * this.hashSize) {
      throw new Error("Entropy limit reached");
    }
    const tmp = new Uint8Array(this.hashSize + mid.length + 1);
    for (let i = 1, cur = 0; cur < okmBytes.length; i++) {
      tail[0] = i;
      tmp.set(prev, 0);
      tmp.set(mid, prev.length);
      tmp.set(tail, prev.length + mid.length);
      prev = new Uint8Array(await this._api.sign("HMAC", key, tmp.slice(0, prev.length + mid.length + 1)));
      if (okmBytes.length - cur >= prev.length) {
        okmBytes.set(prev, cur);
        cur += prev.length;
      } else {
        okmBytes.set(prev.slice(0, okmBytes.length - cur), cur);
        cur += okmBytes.length - cur;
      }
    }
    return okm;
  }
  async extractAndExpand(salt, ikm, info, len) {
    await this._setup();
    const ikmBuf = toArrayBuffer(ikm);
    const baseKey = await this._api.importKey("raw", ikmBuf, "HKDF", false, ["deriveBits"]);
    return await this._api.deriveBits({
      name: "HKDF",
      hash: this.algHash.hash,
      salt: toArrayBuffer(salt),
      info: toArrayBuffer(info)
    }, baseKey, len * 8);
  }
  async labeledExtract(salt, label, ikm) {
    return await this.extract(salt, this.buildLabeledIkm(label, ikm));
  }
  async labeledExpand(prk, label, info, len) {
    return await this.expand(prk, this.buildLabeledInfo(label, info, len), len);
  }
  _checkInit() {
    if (this._suiteId === EMPTY) {
      throw new Error("Not initialized. Call init()");
    }
  }
};
var HkdfSha256Native = class extends HkdfNative {
  constructor() {
    super(...arguments);
    Object.defineProperty(this, "id", {
      enumerable: true,
      configurable: true,
      writable: true,
      value: KdfId.HkdfSha256
    });
    Object.defineProperty(this, "hashSize", {
      enumerable: true,
      configurable: true,
      writable: true,
      value: 32
    });
    Object.defineProperty(this, "algHash", {
      enumerable: true,
      configurable: true,
      writable: true,
      value: {
        name: "HMAC",
        hash: "SHA-256",
        length: 256
      }
    });
  }
};

// node_modules/@hpke/common/esm/src/utils/misc.js
var isCryptoKeyPair = (x) => typeof x === "object" && x !== null && typeof x.privateKey === "object" && typeof x.publicKey === "object";
function i2Osp(n, w) {
  if (w <= 0) {
    throw new Error("i2Osp: too small size");
  }
  if (n >= 256 ** w) {
    throw new Error("i2Osp: too large integer");
  }
  const ret = new Uint8Array(w);
  for (let i = 0; i < w && n; i++) {
    ret[w - (i + 1)] = n % 256;
    n = Math.floor(n / 256);
  }
  return ret;
}
function concat2(a, b) {
  const ret = new Uint8Array(a.length + b.length);
  ret.set(a, 0);
  ret.set(b, a.length);
  return ret;
}
function base64UrlToBytes(v) {
  const base64 = v.replace(/-/g, "+").replace(/_/g, "/");
  const byteString = atob(base64);
  const ret = new Uint8Array(byteString.length);
  for (let i = 0; i < byteString.length; i++) {
    ret[i] = byteString.charCodeAt(i);
  }
  return ret;
}
function xor(a, b) {
  if (a.byteLength !== b.byteLength) {
    throw new Error("xor: different length inputs");
  }
  const buf = new Uint8Array(a.byteLength);
  for (let i = 0; i < a.byteLength; i++) {
    buf[i] = a[i] ^ b[i];
  }
  return buf;
}

// node_modules/@hpke/common/esm/src/kems/dhkem.js
var LABEL_EAE_PRK = /* @__PURE__ */ new Uint8Array([
  101,
  97,
  101,
  95,
  112,
  114,
  107
]);
var LABEL_SHARED_SECRET = /* @__PURE__ */ new Uint8Array([
  115,
  104,
  97,
  114,
  101,
  100,
  95,
  115,
  101,
  99,
  114,
  101,
  116
]);
function concat3(a, b, c) {
  const ret = new Uint8Array(a.length + b.length + c.length);
  ret.set(a, 0);
  ret.set(b, a.length);
  ret.set(c, a.length + b.length);
  return ret;
}
var Dhkem = class {
  constructor(id, prim, kdf) {
    Object.defineProperty(this, "id", {
      enumerable: true,
      configurable: true,
      writable: true,
      value: void 0
    });
    Object.defineProperty(this, "secretSize", {
      enumerable: true,
      configurable: true,
      writable: true,
      value: 0
    });
    Object.defineProperty(this, "encSize", {
      enumerable: true,
      configurable: true,
      writable: true,
      value: 0
    });
    Object.defineProperty(this, "publicKeySize", {
      enumerable: true,
      configurable: true,
      writable: true,
      value: 0
    });
    Object.defineProperty(this, "privateKeySize", {
      enumerable: true,
      configurable: true,
      writable: true,
      value: 0
    });
    Object.defineProperty(this, "_prim", {
      enumerable: true,
      configurable: true,
      writable: true,
      value: void 0
    });
    Object.defineProperty(this, "_kdf", {
      enumerable: true,
      configurable: true,
      writable: true,
      value: void 0
    });
    this.id = id;
    this._prim = prim;
    this._kdf = kdf;
    const suiteId = new Uint8Array(SUITE_ID_HEADER_KEM);
    suiteId.set(i2Osp(this.id, 2), 3);
    this._kdf.init(suiteId);
  }
  async serializePublicKey(key) {
    return await this._prim.serializePublicKey(key);
  }
  async deserializePublicKey(key) {
    return await this._prim.deserializePublicKey(toArrayBuffer(key));
  }
  async serializePrivateKey(key) {
    return await this._prim.serializePrivateKey(key);
  }
  async deserializePrivateKey(key) {
    return await this._prim.deserializePrivateKey(toArrayBuffer(key));
  }
  async importKey(format, key, isPublic = true) {
    return await this._prim.importKey(format, key, isPublic);
  }
  async generateKeyPair() {
    return await this._prim.generateKeyPair();
  }
  async deriveKeyPair(ikm) {
    const rawIkm = toArrayBuffer(ikm);
    if (rawIkm.byteLength > INPUT_LENGTH_LIMIT) {
      throw new InvalidParamError("Too long ikm");
    }
    return await this._prim.deriveKeyPair(rawIkm);
  }
  async encap(params) {
    let ke;
    if (params.ekm === void 0) {
      ke = await this.generateKeyPair();
    } else if (isCryptoKeyPair(params.ekm)) {
      ke = params.ekm;
    } else {
      ke = await this.deriveKeyPair(params.ekm);
    }
    const enc = await this._prim.serializePublicKey(ke.publicKey);
    const pkrm = await this._prim.serializePublicKey(params.recipientPublicKey);
    try {
      let dh;
      if (params.senderKey === void 0) {
        dh = new Uint8Array(await this._prim.dh(ke.privateKey, params.recipientPublicKey));
      } else {
        const sks = isCryptoKeyPair(params.senderKey) ? params.senderKey.privateKey : params.senderKey;
        const dh1 = new Uint8Array(await this._prim.dh(ke.privateKey, params.recipientPublicKey));
        const dh2 = new Uint8Array(await this._prim.dh(sks, params.recipientPublicKey));
        dh = concat2(dh1, dh2);
      }
      let kemContext;
      if (params.senderKey === void 0) {
        kemContext = concat2(new Uint8Array(enc), new Uint8Array(pkrm));
      } else {
        const pks = isCryptoKeyPair(params.senderKey) ? params.senderKey.publicKey : await this._prim.derivePublicKey(params.senderKey);
        const pksm = await this._prim.serializePublicKey(pks);
        kemContext = concat3(new Uint8Array(enc), new Uint8Array(pkrm), new Uint8Array(pksm));
      }
      const sharedSecret = await this._generateSharedSecret(dh, kemContext);
      return {
        enc,
        sharedSecret
      };
    } catch (e) {
      throw new EncapError(e);
    }
  }
  async decap(params) {
    const enc = toArrayBuffer(params.enc);
    const pke = await this._prim.deserializePublicKey(enc);
    const skr = isCryptoKeyPair(params.recipientKey) ? params.recipientKey.privateKey : params.recipientKey;
    const pkr = isCryptoKeyPair(params.recipientKey) ? params.recipientKey.publicKey : await this._prim.derivePublicKey(params.recipientKey);
    const pkrm = await this._prim.serializePublicKey(pkr);
    try {
      let dh;
      if (params.senderPublicKey === void 0) {
        dh = new Uint8Array(await this._prim.dh(skr, pke));
      } else {
        const dh1 = new Uint8Array(await this._prim.dh(skr, pke));
        const dh2 = new Uint8Array(await this._prim.dh(skr, params.senderPublicKey));
        dh = concat2(dh1, dh2);
      }
      let kemContext;
      if (params.senderPublicKey === void 0) {
        kemContext = concat2(new Uint8Array(enc), new Uint8Array(pkrm));
      } else {
        const pksm = await this._prim.serializePublicKey(params.senderPublicKey);
        kemContext = new Uint8Array(enc.byteLength + pkrm.byteLength + pksm.byteLength);
        kemContext.set(new Uint8Array(enc), 0);
        kemContext.set(new Uint8Array(pkrm), enc.byteLength);
        kemContext.set(new Uint8Array(pksm), enc.byteLength + pkrm.byteLength);
      }
      return await this._generateSharedSecret(dh, kemContext);
    } catch (e) {
      throw new DecapError(e);
    }
  }
  async _generateSharedSecret(dh, kemContext) {
    const labeledIkm = this._kdf.buildLabeledIkm(LABEL_EAE_PRK, dh);
    const labeledInfo = this._kdf.buildLabeledInfo(LABEL_SHARED_SECRET, kemContext, this.secretSize);
    return await this._kdf.extractAndExpand(EMPTY, labeledIkm, labeledInfo, this.secretSize);
  }
};

// node_modules/@hpke/common/esm/src/interfaces/dhkemPrimitives.js
var KEM_USAGES = ["deriveBits"];
var LABEL_DKP_PRK = /* @__PURE__ */ new Uint8Array([
  100,
  107,
  112,
  95,
  112,
  114,
  107
]);

// node_modules/@hpke/common/esm/src/utils/bignum.js
var Bignum = class {
  constructor(size) {
    Object.defineProperty(this, "_num", {
      enumerable: true,
      configurable: true,
      writable: true,
      value: void 0
    });
    this._num = new Uint8Array(size);
  }
  val() {
    return this._num;
  }
  reset() {
    this._num.fill(0);
  }
  set(src) {
    if (src.length !== this._num.length) {
      throw new Error("Bignum.set: invalid argument");
    }
    this._num.set(src);
  }
  isZero() {
    for (let i = 0; i < this._num.length; i++) {
      if (this._num[i] !== 0) {
        return false;
      }
    }
    return true;
  }
  lessThan(v) {
    if (v.length !== this._num.length) {
      throw new Error("Bignum.lessThan: invalid argument");
    }
    for (let i = 0; i < this._num.length; i++) {
      if (this._num[i] < v[i]) {
        return true;
      }
      if (this._num[i] > v[i]) {
        return false;
      }
    }
    return false;
  }
};

// node_modules/@hpke/common/esm/src/kems/dhkemPrimitives/ec.js
var LABEL_CANDIDATE = /* @__PURE__ */ new Uint8Array([
  99,
  97,
  110,
  100,
  105,
  100,
  97,
  116,
  101
]);
var ORDER_P_256 = /* @__PURE__ */ new Uint8Array([
  255,
  255,
  255,
  255,
  0,
  0,
  0,
  0,
  255,
  255,
  255,
  255,
  255,
  255,
  255,
  255,
  188,
  230,
  250,
  173,
  167,
  23,
  158,
  132,
  243,
  185,
  202,
  194,
  252,
  99,
  37,
  81
]);
var ORDER_P_384 = /* @__PURE__ */ new Uint8Array([
  255,
  255,
  255,
  255,
  255,
  255,
  255,
  255,
  255,
  255,
  255,
  255,
  255,
  255,
  255,
  255,
  255,
  255,
  255,
  255,
  255,
  255,
  255,
  255,
  199,
  99,
  77,
  129,
  244,
  55,
  45,
  223,
  88,
  26,
  13,
  178,
  72,
  176,
  167,
  122,
  236,
  236,
  25,
  106,
  204,
  197,
  41,
  115
]);
var ORDER_P_521 = /* @__PURE__ */ new Uint8Array([
  1,
  255,
  255,
  255,
  255,
  255,
  255,
  255,
  255,
  255,
  255,
  255,
  255,
  255,
  255,
  255,
  255,
  255,
  255,
  255,
  255,
  255,
  255,
  255,
  255,
  255,
  255,
  255,
  255,
  255,
  255,
  255,
  255,
  250,
  81,
  134,
  135,
  131,
  191,
  47,
  150,
  107,
  127,
  204,
  1,
  72,
  247,
  9,
  165,
  208,
  59,
  181,
  201,
  184,
  137,
  156,
  71,
  174,
  187,
  111,
  183,
  30,
  145,
  56,
  100,
  9
]);
var PKCS8_ALG_ID_P_256 = /* @__PURE__ */ new Uint8Array([
  48,
  65,
  2,
  1,
  0,
  48,
  19,
  6,
  7,
  42,
  134,
  72,
  206,
  61,
  2,
  1,
  6,
  8,
  42,
  134,
  72,
  206,
  61,
  3,
  1,
  7,
  4,
  39,
  48,
  37,
  2,
  1,
  1,
  4,
  32
]);
var PKCS8_ALG_ID_P_384 = /* @__PURE__ */ new Uint8Array([
  48,
  78,
  2,
  1,
  0,
  48,
  16,
  6,
  7,
  42,
  134,
  72,
  206,
  61,
  2,
  1,
  6,
  5,
  43,
  129,
  4,
  0,
  34,
  4,
  55,
  48,
  53,
  2,
  1,
  1,
  4,
  48
]);
var PKCS8_ALG_ID_P_521 = /* @__PURE__ */ new Uint8Array([
  48,
  96,
  2,
  1,
  0,
  48,
  16,
  6,
  7,
  42,
  134,
  72,
  206,
  61,
  2,
  1,
  6,
  5,
  43,
  129,
  4,
  0,
  35,
  4,
  73,
  48,
  71,
  2,
  1,
  1,
  4,
  66
]);
var EC_P_256_PARAMS = {
  p: 0xffffffff00000001000000000000000000000000ffffffffffffffffffffffffn,
  b: 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn,
  gx: 0x6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296n,
  gy: 0x4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5n,
  coordinateSize: 32
};
var EC_P_384_PARAMS = {
  p: 0xfffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffeffffffff0000000000000000ffffffffn,
  b: 0xb3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875ac656398d8a2ed19d2a85c8edd3ec2aefn,
  gx: 0xaa87ca22be8b05378eb1c71ef320ad746e1d3b628ba79b9859f741e082542a385502f25dbf55296c3a545e3872760ab7n,
  gy: 0x3617de4a96262c6f5d9e98bf9292dc29f8f41dbd289a147ce9da3113b5f0b8c00a60b1ce1d7e819d7a431d7c90ea0e5fn,
  coordinateSize: 48
};
var EC_P_521_PARAMS = {
  p: (1n << 521n) - 1n,
  b: 0x0051953eb9618e1c9a1f929a21a0b68540eea2da725b99b315f3b8b489918ef109e156193951ec7e937b1652c0bd3bb1bf073573df883d2c34f1ef451fd46b503f00n,
  gx: 0x00c6858e06b70404e9cd9e3ecb662395b4429c648139053fb521f828af606b4d3dbaa14b5e77efe75928fe1dc127a2ffa8de3348b3c1856a429bf97e7e31c2e5bd66n,
  gy: 0x011839296a789a3bc0045c8a5fb42c7d1bd998f54449579b446817afbd17273e662c97ee72995ef42640c550b9013fad0761353c7086a272c24088be94769fd16650n,
  coordinateSize: 66
};
function mod(a, p) {
  const r = a % p;
  return r >= 0n ? r : r + p;
}
function modPow(base, exponent, p) {
  let result = 1n;
  let b = mod(base, p);
  let e = exponent;
  while (e > 0n) {
    if ((e & 1n) === 1n) {
      result = mod(result * b, p);
    }
    b = mod(b * b, p);
    e >>= 1n;
  }
  return result;
}
function modSqrt(rhs, p) {
  const y = modPow(rhs, p + 1n >> 2n, p);
  if (mod(y * y, p) !== mod(rhs, p)) {
    throw new Error("Invalid ECDH point");
  }
  return y;
}
function bytesToBigInt(bytes2) {
  let v = 0n;
  for (const b of bytes2) {
    v = v << 8n | BYTE_TO_BIGINT_256[b];
  }
  return v;
}
function bigIntToBytes(v, len) {
  const out = new Uint8Array(len);
  let n = v;
  for (let i = len - 1; i >= 0; i--) {
    out[i] = Number(n & 0xffn);
    n >>= 8n;
  }
  if (n !== 0n) {
    throw new Error("Invalid coordinate length");
  }
  return out;
}
function buildRawUncompressedPublicKey(x, y, coordinateSize) {
  const out = new Uint8Array(1 + coordinateSize * 2);
  out[0] = 4;
  out.set(bigIntToBytes(x, coordinateSize), 1);
  out.set(bigIntToBytes(y, coordinateSize), 1 + coordinateSize);
  return out;
}
var Ec = class extends NativeAlgorithm {
  constructor(kem, hkdf) {
    super();
    Object.defineProperty(this, "_hkdf", {
      enumerable: true,
      configurable: true,
      writable: true,
      value: void 0
    });
    Object.defineProperty(this, "_alg", {
      enumerable: true,
      configurable: true,
      writable: true,
      value: void 0
    });
    Object.defineProperty(this, "_nPk", {
      enumerable: true,
      configurable: true,
      writable: true,
      value: void 0
    });
    Object.defineProperty(this, "_nSk", {
      enumerable: true,
      configurable: true,
      writable: true,
      value: void 0
    });
    Object.defineProperty(this, "_nDh", {
      enumerable: true,
      configurable: true,
      writable: true,
      value: void 0
    });
    Object.defineProperty(this, "_order", {
      enumerable: true,
      configurable: true,
      writable: true,
      value: void 0
    });
    Object.defineProperty(this, "_bitmask", {
      enumerable: true,
      configurable: true,
      writable: true,
      value: void 0
    });
    Object.defineProperty(this, "_pkcs8AlgId", {
      enumerable: true,
      configurable: true,
      writable: true,
      value: void 0
    });
    Object.defineProperty(this, "_curveParams", {
      enumerable: true,
      configurable: true,
      writable: true,
      value: void 0
    });
    this._hkdf = hkdf;
    switch (kem) {
      case KemId.DhkemP256HkdfSha256:
        this._alg = { name: "ECDH", namedCurve: "P-256" };
        this._nPk = 65;
        this._nSk = 32;
        this._nDh = 32;
        this._order = ORDER_P_256;
        this._bitmask = 255;
        this._pkcs8AlgId = PKCS8_ALG_ID_P_256;
        this._curveParams = EC_P_256_PARAMS;
        break;
      case KemId.DhkemP384HkdfSha384:
        this._alg = { name: "ECDH", namedCurve: "P-384" };
        this._nPk = 97;
        this._nSk = 48;
        this._nDh = 48;
        this._order = ORDER_P_384;
        this._bitmask = 255;
        this._pkcs8AlgId = PKCS8_ALG_ID_P_384;
        this._curveParams = EC_P_384_PARAMS;
        break;
      default:
        this._alg = { name: "ECDH", namedCurve: "P-521" };
        this._nPk = 133;
        this._nSk = 66;
        this._nDh = 66;
        this._order = ORDER_P_521;
        this._bitmask = 1;
        this._pkcs8AlgId = PKCS8_ALG_ID_P_521;
        this._curveParams = EC_P_521_PARAMS;
        break;
    }
  }
  async serializePublicKey(key) {
    await this._setup();
    try {
      return await this._api.exportKey("raw", key);
    } catch (e) {
      throw new SerializeError(e);
    }
  }
  async deserializePublicKey(key) {
    await this._setup();
    try {
      return await this._importRawKey(toArrayBuffer(key), true);
    } catch (e) {
      throw new DeserializeError(e);
    }
  }
  async serializePrivateKey(key) {
    await this._setup();
    try {
      const jwk = await this._api.exportKey("jwk", key);
      if (!("d" in jwk)) {
        throw new Error("Not private key");
      }
      return base64UrlToBytes(jwk["d"]).buffer;
    } catch (e) {
      throw new SerializeError(e);
    }
  }
  async deserializePrivateKey(key) {
    await this._setup();
    try {
      return await this._importRawKey(toArrayBuffer(key), false);
    } catch (e) {
      throw new DeserializeError(e);
    }
  }
  async importKey(format, key, isPublic) {
    await this._setup();
    try {
      if (format === "raw") {
        return await this._importRawKey(key, isPublic);
      }
      if (key instanceof ArrayBuffer) {
        throw new Error("Invalid jwk key format");
      }
      return await this._importJWK(key, isPublic);
    } catch (e) {
      throw new DeserializeError(e);
    }
  }
  async generateKeyPair() {
    await this._setup();
    try {
      return await this._api.generateKey(this._alg, true, KEM_USAGES);
    } catch (e) {
      throw new NotSupportedError(e);
    }
  }
  async deriveKeyPair(ikm) {
    await this._setup();
    try {
      const rawIkm = toArrayBuffer(ikm);
      const dkpPrk = await this._hkdf.labeledExtract(EMPTY, LABEL_DKP_PRK, new Uint8Array(rawIkm));
      const bn = new Bignum(this._nSk);
      for (let counter = 0; bn.isZero() || !bn.lessThan(this._order); counter++) {
        if (counter > 255) {
          throw new Error("Faild to derive a key pair");
        }
        const bytes2 = new Uint8Array(await this._hkdf.labeledExpand(dkpPrk, LABEL_CANDIDATE, i2Osp(counter, 1), this._nSk));
        bytes2[0] = bytes2[0] & this._bitmask;
        bn.set(bytes2);
      }
      const sk = await this._deserializePkcs8Key(bn.val());
      bn.reset();
      return {
        privateKey: sk,
        publicKey: await this.derivePublicKey(sk)
      };
    } catch (e) {
      throw new DeriveKeyPairError(e);
    }
  }
  async derivePublicKey(key) {
    await this._setup();
    try {
      const jwk = await this._api.exportKey("jwk", key);
      delete jwk["d"];
      delete jwk["key_ops"];
      return await this._api.importKey("jwk", jwk, this._alg, true, []);
    } catch {
      try {
        return await this._derivePublicKeyWithoutJwkExport(key);
      } catch (e) {
        throw new DeserializeError(e);
      }
    }
  }
  async dh(sk, pk) {
    try {
      await this._setup();
      const bits = await this._api.deriveBits({
        name: "ECDH",
        public: pk
      }, sk, this._nDh * 8);
      return bits;
    } catch (e) {
      throw new SerializeError(e);
    }
  }
  async _importRawKey(key, isPublic) {
    if (isPublic && key.byteLength !== this._nPk) {
      throw new Error("Invalid public key for the ciphersuite");
    }
    if (!isPublic && key.byteLength !== this._nSk) {
      throw new Error("Invalid private key for the ciphersuite");
    }
    if (isPublic) {
      return await this._api.importKey("raw", key, this._alg, true, []);
    }
    return await this._deserializePkcs8Key(new Uint8Array(key));
  }
  async _importJWK(key, isPublic) {
    if (typeof key.crv === "undefined" || key.crv !== this._alg.namedCurve) {
      throw new Error(`Invalid crv: ${key.crv}`);
    }
    if (isPublic) {
      if (typeof key.d !== "undefined") {
        throw new Error("Invalid key: `d` should not be set");
      }
      return await this._api.importKey("jwk", key, this._alg, true, []);
    }
    if (typeof key.d === "undefined") {
      throw new Error("Invalid key: `d` not found");
    }
    return await this._api.importKey("jwk", key, this._alg, true, KEM_USAGES);
  }
  async _deserializePkcs8Key(k) {
    const pkcs8Key = new Uint8Array(this._pkcs8AlgId.length + k.length);
    pkcs8Key.set(this._pkcs8AlgId, 0);
    pkcs8Key.set(k, this._pkcs8AlgId.length);
    return await this._api.importKey("pkcs8", pkcs8Key, this._alg, true, KEM_USAGES);
  }
  async _derivePublicKeyWithoutJwkExport(key) {
    const basePointRaw = buildRawUncompressedPublicKey(this._curveParams.gx, this._curveParams.gy, this._curveParams.coordinateSize);
    const basePoint = await this._api.importKey("raw", basePointRaw.buffer, this._alg, true, []);
    const xBytes = new Uint8Array(await this._api.deriveBits({
      name: "ECDH",
      public: basePoint
    }, key, this._nDh * 8));
    const p = this._curveParams.p;
    const x = bytesToBigInt(xBytes);
    const rhs = mod(modPow(x, 3n, p) - 3n * x + this._curveParams.b, p);
    let y = modSqrt(rhs, p);
    if ((y & 1n) === 1n) {
      y = p - y;
    }
    const pubRaw = buildRawUncompressedPublicKey(x, y, this._curveParams.coordinateSize);
    return await this._api.importKey("raw", pubRaw.buffer, this._alg, true, []);
  }
};

// node_modules/@hpke/common/esm/src/interfaces/aeadEncryptionContext.js
var AEAD_USAGES = ["encrypt", "decrypt"];

// node_modules/@hpke/common/esm/src/utils/noble.js
function isBytes(a) {
  return a instanceof Uint8Array || ArrayBuffer.isView(a) && a.constructor.name === "Uint8Array";
}
function anumber(n, title = "") {
  if (!Number.isSafeInteger(n) || n < 0) {
    const prefix = title && `"${title}" `;
    throw new Error(`${prefix}expected integer >0, got ${n}`);
  }
}
function abytes(value, length, title = "") {
  const bytes2 = isBytes(value);
  const len = value?.length;
  const needsLen = length !== void 0;
  if (!bytes2 || needsLen && len !== length) {
    const prefix = title && `"${title}" `;
    const ofLen = needsLen ? ` of length ${length}` : "";
    const got = bytes2 ? `length=${len}` : `type=${typeof value}`;
    throw new Error(prefix + "expected Uint8Array" + ofLen + ", got " + got);
  }
  return value;
}
function aexists(instance, checkFinished = true) {
  if (instance.destroyed)
    throw new Error("Hash instance has been destroyed");
  if (checkFinished && instance.finished) {
    throw new Error("Hash#digest() has already been called");
  }
}
function clean(...arrays) {
  for (let i = 0; i < arrays.length; i++) {
    arrays[i].fill(0);
  }
}
var _endianTestBuffer = /* @__PURE__ */ new Uint32Array([287454020]);
var _endianTestBytes = /* @__PURE__ */ new Uint8Array(_endianTestBuffer.buffer);
var isLE = _endianTestBytes[0] === 68;

// node_modules/@hpke/common/esm/src/hash/hash.js
function ahash(h) {
  if (typeof h !== "function" || typeof h.create !== "function") {
    throw new Error("Hash must wrapped by utils.createHasher");
  }
  anumber(h.outputLen);
  anumber(h.blockLen);
}

// node_modules/@hpke/common/esm/src/hash/hmac.js
var _HMAC = class {
  constructor(hash, key) {
    Object.defineProperty(this, "oHash", {
      enumerable: true,
      configurable: true,
      writable: true,
      value: void 0
    });
    Object.defineProperty(this, "iHash", {
      enumerable: true,
      configurable: true,
      writable: true,
      value: void 0
    });
    Object.defineProperty(this, "blockLen", {
      enumerable: true,
      configurable: true,
      writable: true,
      value: void 0
    });
    Object.defineProperty(this, "outputLen", {
      enumerable: true,
      configurable: true,
      writable: true,
      value: void 0
    });
    Object.defineProperty(this, "finished", {
      enumerable: true,
      configurable: true,
      writable: true,
      value: false
    });
    Object.defineProperty(this, "destroyed", {
      enumerable: true,
      configurable: true,
      writable: true,
      value: false
    });
    ahash(hash);
    abytes(key, void 0, "key");
    this.iHash = hash.create();
    if (typeof this.iHash.update !== "function") {
      throw new Error("Expected instance of class which extends utils.Hash");
    }
    this.blockLen = this.iHash.blockLen;
    this.outputLen = this.iHash.outputLen;
    const blockLen = this.blockLen;
    const pad = new Uint8Array(blockLen);
    pad.set(key.length > blockLen ? hash.create().update(key).digest() : key);
    for (let i = 0; i < pad.length; i++)
      pad[i] ^= 54;
    this.iHash.update(pad);
    this.oHash = hash.create();
    for (let i = 0; i < pad.length; i++)
      pad[i] ^= 54 ^ 92;
    this.oHash.update(pad);
    clean(pad);
  }
  update(buf) {
    aexists(this);
    this.iHash.update(buf);
    return this;
  }
  digestInto(out) {
    aexists(this);
    abytes(out, this.outputLen, "output");
    this.finished = true;
    this.iHash.digestInto(out);
    this.oHash.update(out);
    this.oHash.digestInto(out);
    this.destroy();
  }
  digest() {
    const out = new Uint8Array(this.oHash.outputLen);
    this.digestInto(out);
    return out;
  }
  _cloneInto(to) {
    to ||= Object.create(Object.getPrototypeOf(this), {});
    const { oHash, iHash, finished, destroyed, blockLen, outputLen } = this;
    to = to;
    to.finished = finished;
    to.destroyed = destroyed;
    to.blockLen = blockLen;
    to.outputLen = outputLen;
    to.oHash = oHash._cloneInto(to.oHash);
    to.iHash = iHash._cloneInto(to.iHash);
    return to;
  }
  clone() {
    return this._cloneInto();
  }
  destroy() {
    this.destroyed = true;
    this.oHash.destroy();
    this.iHash.destroy();
  }
};
var hmac = (hash, key, message) => new _HMAC(hash, key).update(message).digest();
hmac.create = (hash, key) => new _HMAC(hash, key);

// node_modules/@hpke/common/esm/src/hash/u64.js
var U32_MASK64 = 0xffffffffn;
var _32n = 32n;
function fromBig(n, le = false) {
  if (le) {
    return { h: Number(n & U32_MASK64), l: Number(n >> _32n & U32_MASK64) };
  }
  return {
    h: Number(n >> _32n & U32_MASK64) | 0,
    l: Number(n & U32_MASK64) | 0
  };
}
function split(lst, le = false) {
  const len = lst.length;
  const Ah = new Uint32Array(len);
  const Al = new Uint32Array(len);
  for (let i = 0; i < len; i++) {
    const { h, l } = fromBig(lst[i], le);
    [Ah[i], Al[i]] = [h, l];
  }
  return [Ah, Al];
}

// node_modules/@hpke/common/esm/src/hash/sha3.js
var _0n = 0n;
var _1n = 1n;
var _2n = 2n;
var _7n = 7n;
var _256n = 256n;
var _0x71n = 0x71n;
var SHA3_PI = [];
var SHA3_ROTL = [];
var _SHA3_IOTA = [];
for (let round = 0, R = _1n, x = 1, y = 0; round < 24; round++) {
  [x, y] = [y, (2 * x + 3 * y) % 5];
  SHA3_PI.push(2 * (5 * y + x));
  SHA3_ROTL.push((round + 1) * (round + 2) / 2 % 64);
  let t = _0n;
  for (let j = 0; j < 7; j++) {
    R = (R << _1n ^ (R >> _7n) * _0x71n) % _256n;
    if (R & _2n)
      t ^= _1n << (_1n << BigInt(j)) - _1n;
  }
  _SHA3_IOTA.push(t);
}
var IOTAS = split(_SHA3_IOTA, true);
var SHA3_IOTA_H = IOTAS[0];
var SHA3_IOTA_L = IOTAS[1];

// node_modules/@hpke/core/esm/src/aeads/aesGcm.js
var AesGcmContext = class extends NativeAlgorithm {
  constructor(key) {
    super();
    Object.defineProperty(this, "_rawKey", {
      enumerable: true,
      configurable: true,
      writable: true,
      value: void 0
    });
    Object.defineProperty(this, "_key", {
      enumerable: true,
      configurable: true,
      writable: true,
      value: void 0
    });
    this._rawKey = toArrayBuffer(key);
  }
  async seal(iv, data, aad) {
    await this._setupKey();
    const alg = {
      name: "AES-GCM",
      iv: toArrayBuffer(iv),
      additionalData: toArrayBuffer(aad)
    };
    const ct = await this._api.encrypt(alg, this._key, toArrayBuffer(data));
    return ct;
  }
  async open(iv, data, aad) {
    await this._setupKey();
    const alg = {
      name: "AES-GCM",
      iv: toArrayBuffer(iv),
      additionalData: toArrayBuffer(aad)
    };
    const pt = await this._api.decrypt(alg, this._key, toArrayBuffer(data));
    return pt;
  }
  async _setupKey() {
    if (this._key !== void 0) {
      return;
    }
    await this._setup();
    const key = await this._importKey(this._rawKey);
    new Uint8Array(this._rawKey).fill(0);
    this._key = key;
    return;
  }
  async _importKey(key) {
    return await this._api.importKey("raw", key, { name: "AES-GCM" }, true, AEAD_USAGES);
  }
};
var Aes128Gcm = class {
  constructor() {
    Object.defineProperty(this, "id", {
      enumerable: true,
      configurable: true,
      writable: true,
      value: AeadId.Aes128Gcm
    });
    Object.defineProperty(this, "keySize", {
      enumerable: true,
      configurable: true,
      writable: true,
      value: 16
    });
    Object.defineProperty(this, "nonceSize", {
      enumerable: true,
      configurable: true,
      writable: true,
      value: 12
    });
    Object.defineProperty(this, "tagSize", {
      enumerable: true,
      configurable: true,
      writable: true,
      value: 16
    });
  }
  createEncryptionContext(key) {
    return new AesGcmContext(key);
  }
};
var Aes256Gcm = class extends Aes128Gcm {
  constructor() {
    super(...arguments);
    Object.defineProperty(this, "id", {
      enumerable: true,
      configurable: true,
      writable: true,
      value: AeadId.Aes256Gcm
    });
    Object.defineProperty(this, "keySize", {
      enumerable: true,
      configurable: true,
      writable: true,
      value: 32
    });
    Object.defineProperty(this, "nonceSize", {
      enumerable: true,
      configurable: true,
      writable: true,
      value: 12
    });
    Object.defineProperty(this, "tagSize", {
      enumerable: true,
      configurable: true,
      writable: true,
      value: 16
    });
  }
};

// node_modules/@hpke/core/esm/src/utils/emitNotSupported.js
function emitNotSupported() {
  return new Promise((_resolve, reject) => {
    reject(new NotSupportedError("Not supported"));
  });
}

// node_modules/@hpke/core/esm/src/exporterContext.js
var LABEL_SEC = new Uint8Array([115, 101, 99]);
var ExporterContextImpl = class {
  constructor(api, kdf, exporterSecret) {
    Object.defineProperty(this, "_api", {
      enumerable: true,
      configurable: true,
      writable: true,
      value: void 0
    });
    Object.defineProperty(this, "exporterSecret", {
      enumerable: true,
      configurable: true,
      writable: true,
      value: void 0
    });
    Object.defineProperty(this, "_kdf", {
      enumerable: true,
      configurable: true,
      writable: true,
      value: void 0
    });
    this._api = api;
    this._kdf = kdf;
    this.exporterSecret = exporterSecret;
  }
  async seal(_data, _aad) {
    return await emitNotSupported();
  }
  async open(_data, _aad) {
    return await emitNotSupported();
  }
  async export(exporterContext, len) {
    const rawExporterContext = toArrayBuffer(exporterContext);
    if (rawExporterContext.byteLength > INPUT_LENGTH_LIMIT) {
      throw new InvalidParamError("Too long exporter context");
    }
    try {
      return await this._kdf.labeledExpand(this.exporterSecret, LABEL_SEC, new Uint8Array(rawExporterContext), len);
    } catch (e) {
      throw new ExportError(e);
    }
  }
};
var RecipientExporterContextImpl = class extends ExporterContextImpl {
};
var SenderExporterContextImpl = class extends ExporterContextImpl {
  constructor(api, kdf, exporterSecret, enc) {
    super(api, kdf, exporterSecret);
    Object.defineProperty(this, "enc", {
      enumerable: true,
      configurable: true,
      writable: true,
      value: void 0
    });
    this.enc = enc;
    return;
  }
};

// node_modules/@hpke/core/esm/src/encryptionContext.js
var EncryptionContextImpl = class extends ExporterContextImpl {
  constructor(api, kdf, params) {
    super(api, kdf, params.exporterSecret);
    Object.defineProperty(this, "_aead", {
      enumerable: true,
      configurable: true,
      writable: true,
      value: void 0
    });
    Object.defineProperty(this, "_nK", {
      enumerable: true,
      configurable: true,
      writable: true,
      value: void 0
    });
    Object.defineProperty(this, "_nN", {
      enumerable: true,
      configurable: true,
      writable: true,
      value: void 0
    });
    Object.defineProperty(this, "_nT", {
      enumerable: true,
      configurable: true,
      writable: true,
      value: void 0
    });
    Object.defineProperty(this, "_ctx", {
      enumerable: true,
      configurable: true,
      writable: true,
      value: void 0
    });
    if (params.key === void 0 || params.baseNonce === void 0 || params.seq === void 0) {
      throw new Error("Required parameters are missing");
    }
    this._aead = params.aead;
    this._nK = this._aead.keySize;
    this._nN = this._aead.nonceSize;
    this._nT = this._aead.tagSize;
    const key = this._aead.createEncryptionContext(params.key);
    this._ctx = {
      key,
      baseNonce: params.baseNonce,
      seq: params.seq
    };
  }
  computeNonce(k) {
    const seqBytes = i2Osp(k.seq, k.baseNonce.byteLength);
    return xor(k.baseNonce, seqBytes).buffer;
  }
  incrementSeq(k) {
    if (k.seq > Number.MAX_SAFE_INTEGER) {
      throw new MessageLimitReachedError("Message limit reached");
    }
    k.seq += 1;
    return;
  }
};

// node_modules/@hpke/core/esm/src/mutex.js
var __classPrivateFieldGet = function(receiver, state, kind, f) {
  if (kind === "a" && !f) throw new TypeError("Private accessor was defined without a getter");
  if (typeof state === "function" ? receiver !== state || !f : !state.has(receiver)) throw new TypeError("Cannot read private member from an object whose class did not declare it");
  return kind === "m" ? f : kind === "a" ? f.call(receiver) : f ? f.value : state.get(receiver);
};
var __classPrivateFieldSet = function(receiver, state, value, kind, f) {
  if (kind === "m") throw new TypeError("Private method is not writable");
  if (kind === "a" && !f) throw new TypeError("Private accessor was defined without a setter");
  if (typeof state === "function" ? receiver !== state || !f : !state.has(receiver)) throw new TypeError("Cannot write private member to an object whose class did not declare it");
  return kind === "a" ? f.call(receiver, value) : f ? f.value = value : state.set(receiver, value), value;
};
var _Mutex_locked;
var Mutex = class {
  constructor() {
    _Mutex_locked.set(this, Promise.resolve());
  }
  async lock() {
    let releaseLock;
    const nextLock = new Promise((resolve) => {
      releaseLock = resolve;
    });
    const previousLock = __classPrivateFieldGet(this, _Mutex_locked, "f");
    __classPrivateFieldSet(this, _Mutex_locked, nextLock, "f");
    await previousLock;
    return releaseLock;
  }
};
_Mutex_locked = /* @__PURE__ */ new WeakMap();

// node_modules/@hpke/core/esm/src/recipientContext.js
var __classPrivateFieldGet2 = function(receiver, state, kind, f) {
  if (kind === "a" && !f) throw new TypeError("Private accessor was defined without a getter");
  if (typeof state === "function" ? receiver !== state || !f : !state.has(receiver)) throw new TypeError("Cannot read private member from an object whose class did not declare it");
  return kind === "m" ? f : kind === "a" ? f.call(receiver) : f ? f.value : state.get(receiver);
};
var __classPrivateFieldSet2 = function(receiver, state, value, kind, f) {
  if (kind === "m") throw new TypeError("Private method is not writable");
  if (kind === "a" && !f) throw new TypeError("Private accessor was defined without a setter");
  if (typeof state === "function" ? receiver !== state || !f : !state.has(receiver)) throw new TypeError("Cannot write private member to an object whose class did not declare it");
  return kind === "a" ? f.call(receiver, value) : f ? f.value = value : state.set(receiver, value), value;
};
var _RecipientContextImpl_mutex;
var RecipientContextImpl = class extends EncryptionContextImpl {
  constructor() {
    super(...arguments);
    _RecipientContextImpl_mutex.set(this, void 0);
  }
  async open(data, aad = EMPTY.buffer) {
    __classPrivateFieldSet2(this, _RecipientContextImpl_mutex, __classPrivateFieldGet2(this, _RecipientContextImpl_mutex, "f") ?? new Mutex(), "f");
    const release = await __classPrivateFieldGet2(this, _RecipientContextImpl_mutex, "f").lock();
    let pt;
    try {
      pt = await this._ctx.key.open(this.computeNonce(this._ctx), toArrayBuffer(data), toArrayBuffer(aad));
    } catch (e) {
      throw new OpenError(e);
    } finally {
      release();
    }
    this.incrementSeq(this._ctx);
    return pt;
  }
};
_RecipientContextImpl_mutex = /* @__PURE__ */ new WeakMap();

// node_modules/@hpke/core/esm/src/senderContext.js
var __classPrivateFieldGet3 = function(receiver, state, kind, f) {
  if (kind === "a" && !f) throw new TypeError("Private accessor was defined without a getter");
  if (typeof state === "function" ? receiver !== state || !f : !state.has(receiver)) throw new TypeError("Cannot read private member from an object whose class did not declare it");
  return kind === "m" ? f : kind === "a" ? f.call(receiver) : f ? f.value : state.get(receiver);
};
var __classPrivateFieldSet3 = function(receiver, state, value, kind, f) {
  if (kind === "m") throw new TypeError("Private method is not writable");
  if (kind === "a" && !f) throw new TypeError("Private accessor was defined without a setter");
  if (typeof state === "function" ? receiver !== state || !f : !state.has(receiver)) throw new TypeError("Cannot write private member to an object whose class did not declare it");
  return kind === "a" ? f.call(receiver, value) : f ? f.value = value : state.set(receiver, value), value;
};
var _SenderContextImpl_mutex;
var SenderContextImpl = class extends EncryptionContextImpl {
  constructor(api, kdf, params, enc) {
    super(api, kdf, params);
    Object.defineProperty(this, "enc", {
      enumerable: true,
      configurable: true,
      writable: true,
      value: void 0
    });
    _SenderContextImpl_mutex.set(this, void 0);
    this.enc = enc;
  }
  async seal(data, aad = EMPTY.buffer) {
    __classPrivateFieldSet3(this, _SenderContextImpl_mutex, __classPrivateFieldGet3(this, _SenderContextImpl_mutex, "f") ?? new Mutex(), "f");
    const release = await __classPrivateFieldGet3(this, _SenderContextImpl_mutex, "f").lock();
    let ct;
    try {
      ct = await this._ctx.key.seal(this.computeNonce(this._ctx), toArrayBuffer(data), toArrayBuffer(aad));
    } catch (e) {
      throw new SealError(e);
    } finally {
      release();
    }
    this.incrementSeq(this._ctx);
    return ct;
  }
};
_SenderContextImpl_mutex = /* @__PURE__ */ new WeakMap();

// node_modules/@hpke/core/esm/src/cipherSuiteNative.js
var LABEL_BASE_NONCE = new Uint8Array([
  98,
  97,
  115,
  101,
  95,
  110,
  111,
  110,
  99,
  101
]);
var LABEL_EXP = new Uint8Array([101, 120, 112]);
var LABEL_INFO_HASH = new Uint8Array([
  105,
  110,
  102,
  111,
  95,
  104,
  97,
  115,
  104
]);
var LABEL_KEY = new Uint8Array([107, 101, 121]);
var LABEL_PSK_ID_HASH = new Uint8Array([
  112,
  115,
  107,
  95,
  105,
  100,
  95,
  104,
  97,
  115,
  104
]);
var LABEL_SECRET = new Uint8Array([115, 101, 99, 114, 101, 116]);
var SUITE_ID_HEADER_HPKE = new Uint8Array([
  72,
  80,
  75,
  69,
  0,
  0,
  0,
  0,
  0,
  0
]);
var CipherSuiteNative = class extends NativeAlgorithm {
  /**
   * @param params A set of parameters for building a cipher suite.
   *
   * If the error occurred, throws {@link InvalidParamError}.
   *
   * @throws {@link InvalidParamError}
   */
  constructor(params) {
    super();
    Object.defineProperty(this, "_kem", {
      enumerable: true,
      configurable: true,
      writable: true,
      value: void 0
    });
    Object.defineProperty(this, "_kdf", {
      enumerable: true,
      configurable: true,
      writable: true,
      value: void 0
    });
    Object.defineProperty(this, "_aead", {
      enumerable: true,
      configurable: true,
      writable: true,
      value: void 0
    });
    Object.defineProperty(this, "_suiteId", {
      enumerable: true,
      configurable: true,
      writable: true,
      value: void 0
    });
    if (typeof params.kem === "number") {
      throw new InvalidParamError("KemId cannot be used");
    }
    this._kem = params.kem;
    if (typeof params.kdf === "number") {
      throw new InvalidParamError("KdfId cannot be used");
    }
    this._kdf = params.kdf;
    if (typeof params.aead === "number") {
      throw new InvalidParamError("AeadId cannot be used");
    }
    this._aead = params.aead;
    this._suiteId = new Uint8Array(SUITE_ID_HEADER_HPKE);
    this._suiteId.set(i2Osp(this._kem.id, 2), 4);
    this._suiteId.set(i2Osp(this._kdf.id, 2), 6);
    this._suiteId.set(i2Osp(this._aead.id, 2), 8);
    this._kdf.init(this._suiteId);
  }
  /**
   * Gets the KEM context of the ciphersuite.
   */
  get kem() {
    return this._kem;
  }
  /**
   * Gets the KDF context of the ciphersuite.
   */
  get kdf() {
    return this._kdf;
  }
  /**
   * Gets the AEAD context of the ciphersuite.
   */
  get aead() {
    return this._aead;
  }
  /**
   * Creates an encryption context for a sender.
   *
   * If the error occurred, throws {@link DecapError} | {@link ValidationError}.
   *
   * @param params A set of parameters for the sender encryption context.
   * @returns A sender encryption context.
   * @throws {@link EncapError}, {@link ValidationError}
   */
  async createSenderContext(params) {
    this._validateInputLength(params);
    await this._setup();
    const dh = await this._kem.encap(params);
    let mode;
    if (params.psk !== void 0) {
      mode = params.senderKey !== void 0 ? Mode.AuthPsk : Mode.Psk;
    } else {
      mode = params.senderKey !== void 0 ? Mode.Auth : Mode.Base;
    }
    return await this._keyScheduleS(mode, dh.sharedSecret, dh.enc, params);
  }
  /**
   * Creates an encryption context for a recipient.
   *
   * If the error occurred, throws {@link DecapError}
   * | {@link DeserializeError} | {@link ValidationError}.
   *
   * @param params A set of parameters for the recipient encryption context.
   * @returns A recipient encryption context.
   * @throws {@link DecapError}, {@link DeserializeError}, {@link ValidationError}
   */
  async createRecipientContext(params) {
    this._validateInputLength(params);
    await this._setup();
    const sharedSecret = await this._kem.decap(params);
    let mode;
    if (params.psk !== void 0) {
      mode = params.senderPublicKey !== void 0 ? Mode.AuthPsk : Mode.Psk;
    } else {
      mode = params.senderPublicKey !== void 0 ? Mode.Auth : Mode.Base;
    }
    return await this._keyScheduleR(mode, sharedSecret, params);
  }
  /**
   * Encrypts a message to a recipient.
   *
   * If the error occurred, throws `EncapError` | `MessageLimitReachedError` | `SealError` | `ValidationError`.
   *
   * @param params A set of parameters for building a sender encryption context.
   * @param pt A plain text as bytes to be encrypted.
   * @param aad Additional authenticated data as bytes fed by an application.
   * @returns A cipher text and an encapsulated key as bytes.
   * @throws {@link EncapError}, {@link MessageLimitReachedError}, {@link SealError}, {@link ValidationError}
   */
  async seal(params, pt, aad = EMPTY.buffer) {
    const ctx = await this.createSenderContext(params);
    return {
      ct: await ctx.seal(pt, aad),
      enc: ctx.enc
    };
  }
  /**
   * Decrypts a message from a sender.
   *
   * If the error occurred, throws `DecapError` | `DeserializeError` | `OpenError` | `ValidationError`.
   *
   * @param params A set of parameters for building a recipient encryption context.
   * @param ct An encrypted text as bytes to be decrypted.
   * @param aad Additional authenticated data as bytes fed by an application.
   * @returns A decrypted plain text as bytes.
   * @throws {@link DecapError}, {@link DeserializeError}, {@link OpenError}, {@link ValidationError}
   */
  async open(params, ct, aad = EMPTY.buffer) {
    const ctx = await this.createRecipientContext(params);
    return await ctx.open(ct, aad);
  }
  // private verifyPskInputs(mode: Mode, params: KeyScheduleParams) {
  //   const gotPsk = (params.psk !== undefined);
  //   const gotPskId = (params.psk !== undefined && params.psk.id.byteLength > 0);
  //   if (gotPsk !== gotPskId) {
  //     throw new Error('Inconsistent PSK inputs');
  //   }
  //   if (gotPsk && (mode === Mode.Base || mode === Mode.Auth)) {
  //     throw new Error('PSK input provided when not needed');
  //   }
  //   if (!gotPsk && (mode === Mode.Psk || mode === Mode.AuthPsk)) {
  //     throw new Error('Missing required PSK input');
  //   }
  //   return;
  // }
  async _keySchedule(mode, sharedSecret, params) {
    const pskId = params.psk === void 0 ? EMPTY : toUint8Array(params.psk.id);
    const pskIdHash = await this._kdf.labeledExtract(EMPTY, LABEL_PSK_ID_HASH, pskId);
    const info = params.info === void 0 ? EMPTY : toUint8Array(params.info);
    const infoHash = await this._kdf.labeledExtract(EMPTY, LABEL_INFO_HASH, info);
    const keyScheduleContext = new Uint8Array(1 + pskIdHash.byteLength + infoHash.byteLength);
    keyScheduleContext.set(new Uint8Array([mode]), 0);
    keyScheduleContext.set(new Uint8Array(pskIdHash), 1);
    keyScheduleContext.set(new Uint8Array(infoHash), 1 + pskIdHash.byteLength);
    const psk = params.psk === void 0 ? EMPTY : toUint8Array(params.psk.key);
    const ikm = this._kdf.buildLabeledIkm(LABEL_SECRET, psk);
    const exporterSecretInfo = this._kdf.buildLabeledInfo(LABEL_EXP, keyScheduleContext, this._kdf.hashSize);
    const exporterSecret = await this._kdf.extractAndExpand(sharedSecret, ikm, exporterSecretInfo, this._kdf.hashSize);
    if (this._aead.id === AeadId.ExportOnly) {
      return { aead: this._aead, exporterSecret };
    }
    const keyInfo = this._kdf.buildLabeledInfo(LABEL_KEY, keyScheduleContext, this._aead.keySize);
    const key = await this._kdf.extractAndExpand(sharedSecret, ikm, keyInfo, this._aead.keySize);
    const baseNonceInfo = this._kdf.buildLabeledInfo(LABEL_BASE_NONCE, keyScheduleContext, this._aead.nonceSize);
    const baseNonce = await this._kdf.extractAndExpand(sharedSecret, ikm, baseNonceInfo, this._aead.nonceSize);
    return {
      aead: this._aead,
      exporterSecret,
      key,
      baseNonce: new Uint8Array(baseNonce),
      seq: 0
    };
  }
  async _keyScheduleS(mode, sharedSecret, enc, params) {
    const res = await this._keySchedule(mode, sharedSecret, params);
    if (res.key === void 0) {
      return new SenderExporterContextImpl(this._api, this._kdf, res.exporterSecret, enc);
    }
    return new SenderContextImpl(this._api, this._kdf, res, enc);
  }
  async _keyScheduleR(mode, sharedSecret, params) {
    const res = await this._keySchedule(mode, sharedSecret, params);
    if (res.key === void 0) {
      return new RecipientExporterContextImpl(this._api, this._kdf, res.exporterSecret);
    }
    return new RecipientContextImpl(this._api, this._kdf, res);
  }
  _validateInputLength(params) {
    if (params.info !== void 0 && params.info.byteLength > INFO_LENGTH_LIMIT) {
      throw new InvalidParamError("Too long info");
    }
    if (params.psk !== void 0) {
      if (params.psk.key.byteLength < MINIMUM_PSK_LENGTH) {
        throw new InvalidParamError(`PSK must have at least ${MINIMUM_PSK_LENGTH} bytes`);
      }
      if (params.psk.key.byteLength > INPUT_LENGTH_LIMIT) {
        throw new InvalidParamError("Too long psk.key");
      }
      if (params.psk.id.byteLength > INPUT_LENGTH_LIMIT) {
        throw new InvalidParamError("Too long psk.id");
      }
    }
    return;
  }
};

// node_modules/@hpke/core/esm/src/kems/dhkemNative.js
var DhkemP256HkdfSha256Native = class extends Dhkem {
  constructor() {
    const kdf = new HkdfSha256Native();
    const prim = new Ec(KemId.DhkemP256HkdfSha256, kdf);
    super(KemId.DhkemP256HkdfSha256, prim, kdf);
    Object.defineProperty(this, "id", {
      enumerable: true,
      configurable: true,
      writable: true,
      value: KemId.DhkemP256HkdfSha256
    });
    Object.defineProperty(this, "secretSize", {
      enumerable: true,
      configurable: true,
      writable: true,
      value: 32
    });
    Object.defineProperty(this, "encSize", {
      enumerable: true,
      configurable: true,
      writable: true,
      value: 65
    });
    Object.defineProperty(this, "publicKeySize", {
      enumerable: true,
      configurable: true,
      writable: true,
      value: 65
    });
    Object.defineProperty(this, "privateKeySize", {
      enumerable: true,
      configurable: true,
      writable: true,
      value: 32
    });
  }
};

// node_modules/@hpke/core/esm/src/native.js
var CipherSuite = class extends CipherSuiteNative {
};
var DhkemP256HkdfSha256 = class extends DhkemP256HkdfSha256Native {
};
var HkdfSha256 = class extends HkdfSha256Native {
};

// node_modules/@hpke/core/esm/src/kems/dhkemPrimitives/x25519.js
var PKCS8_ALG_ID_X25519 = new Uint8Array([
  48,
  46,
  2,
  1,
  0,
  48,
  5,
  6,
  3,
  43,
  101,
  110,
  4,
  34,
  4,
  32
]);

// node_modules/@hpke/core/esm/src/kems/dhkemPrimitives/x448.js
var PKCS8_ALG_ID_X448 = new Uint8Array([
  48,
  70,
  2,
  1,
  0,
  48,
  5,
  6,
  3,
  43,
  101,
  111,
  4,
  58,
  4,
  56
]);

// answer/sealing.ts
var SPACE = 32;
var LABEL = utf8("dialog ballot 1\0");
var TooLongError = class extends Error {
};
function padded(plaintext, length) {
  const json = utf8(JSON.stringify(plaintext));
  if (json.length > length) throw new TooLongError();
  const whole = new Uint8Array(length).fill(SPACE);
  whole.set(json);
  return whole;
}
async function seal(plaintext, manifest) {
  let ballot = padded(plaintext, manifest.length);
  const round = fromHex(manifest.round.replace(/-/g, ""));
  for (const [layer, holder] of manifest.holders.entries()) {
    const info = concat(LABEL, round, Uint8Array.of(layer));
    ballot = await sealed(fromBase64url(holder), info, ballot);
  }
  return ballot;
}
async function sealed(recipient, info, message, given = {}) {
  const suite = new CipherSuite({
    kem: new DhkemP256HkdfSha256(),
    kdf: new HkdfSha256(),
    aead: given.aead ?? new Aes256Gcm()
  });
  const recipientPublicKey = await suite.kem.deserializePublicKey(recipient.buffer);
  const sender = await suite.createSenderContext({
    recipientPublicKey,
    info: info.buffer,
    ...given.ekm && { ekm: given.ekm }
  });
  const ciphertext = await sender.seal(message.buffer, given.aad?.buffer);
  return concat(new Uint8Array(sender.enc), new Uint8Array(ciphertext));
}

// answer/sending.ts
var TIMEOUT = 3e4;
var SECRET_LENGTH = 32;
var RefusalError = class extends Error {
  constructor(where, reason, status) {
    super(reason);
    this.where = where;
    this.reason = reason;
    this.status = status;
  }
  where;
  reason;
  status;
  /** Trying the same again may help. */
  get passing() {
    return this.status >= 500 || this.status === 429;
  }
};
var TokenError = class extends Error {
};
async function begin(round, box, plaintext, secret) {
  const manifest = await fetchManifest(round, box);
  const ballot = await seal(plaintext, manifest);
  const key = await publicKey(fromBase64url(manifest.token_key));
  const prefix = random(32);
  const blinded = await blind(key, prepare(await sha256(ballot), prefix));
  return keep({
    round,
    box,
    tokenKey: manifest.token_key,
    ballot,
    prefix,
    blinded: blinded.message,
    inverse: blinded.inverse,
    secret
  });
}
async function deliver(pending) {
  if (!pending.signature) {
    const signature = await issued(pending);
    pending = { ...pending, signature, secret: "" };
    await replace(pending);
  }
  await post(pending, pending.signature);
  await erase(pending.round);
  return hex(await sha256(pending.ballot));
}
async function issued(pending) {
  const body = { secret: padded2(pending.secret), blinded: base64url(pending.blinded) };
  const url = `/enkat/${pending.round}/issue`;
  const answer = await send("staff", url, body, credentials(pending.secret));
  const key = await publicKey(fromBase64url(pending.tokenKey));
  const prepared = prepare(await sha256(pending.ballot), pending.prefix);
  try {
    return await finalize(key, prepared, fromBase64url(answer.signature), pending.inverse);
  } catch {
    throw new TokenError();
  }
}
function padded2(secret) {
  return secret.padEnd(SECRET_LENGTH);
}
function credentials(secret) {
  return { credentials: secret ? "omit" : "same-origin" };
}
async function post(pending, signature) {
  const body = {
    ballot: base64url(pending.ballot),
    prefix: base64url(pending.prefix),
    signature: base64url(signature)
  };
  await send("box", `${pending.box}/rounds/${pending.round}/ballots`, body, ANONYMOUS);
}
async function send(where, url, body, options) {
  const answer = await fetch(url, {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "application/json" },
    body: JSON.stringify(body),
    cache: "no-store",
    signal: AbortSignal.timeout(TIMEOUT),
    ...options
  });
  let fields = {};
  try {
    fields = await answer.json();
  } catch {
  }
  if (!answer.ok) throw new RefusalError(where, fields.reason ?? "", answer.status);
  return fields;
}

// answer/delivery.ts
var PAUSES = [2, 5, 15, 30, 60];
var Delivery = class {
  constructor(panel, finished) {
    this.panel = panel;
    this.finished = finished;
    panel.on("retry", () => this.retry());
    panel.on("take-along", () => this.takeAlong());
    panel.on("erase", () => void this.eraseAll());
    window.addEventListener("online", () => this.wake());
    window.addEventListener("beforeunload", (event) => {
      if (this.pending && isFleeting(this.pending.round)) event.preventDefault();
    });
  }
  panel;
  finished;
  pending = null;
  wake = () => void 0;
  running = false;
  /** Tries until the answer is there, or until trying again cannot help. */
  async run(pending) {
    if (this.running) return;
    this.pending = pending;
    this.running = true;
    try {
      for (let attempt = 0; this.pending; attempt++) {
        if (attempt === 0) this.panel.show("sending");
        const error = await this.attempt();
        if (!error || this.stops(error)) return;
        const pause = PAUSES[Math.min(attempt, PAUSES.length - 1)];
        await this.wait(pause);
      }
    } finally {
      this.running = false;
    }
  }
  /** Forgets the ballot: on a shared computer that was left, or when asked to. */
  async abandon() {
    if (!this.pending) return;
    const { round } = this.pending;
    this.pending = null;
    await erase(round);
    this.wake();
  }
  async attempt() {
    try {
      const receipt = await deliver(this.pending);
      this.pending = null;
      this.finished(receipt);
      return null;
    } catch (error) {
      if (this.pending) this.pending = await load(this.pending.round) ?? this.pending;
      return error;
    }
  }
  /** Shows what stopped it; false when it is worth another try. */
  stops(error) {
    if (!this.pending) return true;
    if (error instanceof TokenError) {
      this.panel.show("failed", { reason: say("failed-token") });
      return true;
    }
    if (!(error instanceof RefusalError)) {
      this.panel.show("waiting", { reason: say("waiting-network") });
      return false;
    }
    if (error.passing) {
      this.panel.show("waiting", { reason: say("waiting-server") });
      return false;
    }
    if (error.reason === "paused" || error.reason === "closed") {
      this.panel.show(error.reason);
    } else if (error.reason === "issued" || error.reason === "withdrawn") {
      void erase(this.pending.round);
      this.panel.show(error.reason);
    } else {
      this.panel.show("failed", { reason: say("failed-refused", { code: error.status }) });
    }
    return true;
  }
  retry() {
    if (this.running) this.wake();
    else if (this.pending) void this.run(this.pending);
  }
  wait(seconds) {
    return new Promise((resolve) => {
      const timer = window.setTimeout(resolve, seconds * 1e3);
      this.wake = () => {
        window.clearTimeout(timer);
        resolve();
      };
    });
  }
  takeAlong() {
    if (!this.pending) return;
    const link = document.createElement("a");
    link.href = URL.createObjectURL(toFile(this.pending));
    link.download = say("file-name");
    link.click();
    window.setTimeout(() => URL.revokeObjectURL(link.href), 6e4);
  }
  async eraseAll() {
    await this.abandon();
    this.panel.show("cleared");
  }
};

// answer/dom.ts
function find(selector) {
  return document.querySelector(selector);
}
function onClick(selector, act) {
  for (const one of document.querySelectorAll(selector)) one.addEventListener("click", act);
}

// answer/draft.ts
var PREFIX = "dialog.draft.";
var SECRET = "dialog.secret.";
var SHARED = "dialog.shared.";
var RECEIPT = "dialog.receipt.";
var DraftStore = class {
  constructor(round) {
    this.round = round;
    this.name = PREFIX + round;
    forgetExpired();
    const kept = localStorage.getItem(this.name);
    if (sessionStorage.getItem(SHARED + round)) this.keeping = "memory";
    else if (kept) this.keeping = "device";
    if (kept) this.expires = expiryOf(kept);
  }
  round;
  keeping = "session";
  expires = endOfTomorrow();
  name;
  load() {
    const kept = sessionStorage.getItem(this.name) ?? localStorage.getItem(this.name);
    return this.keeping === "memory" || kept === null ? null : JSON.parse(kept);
  }
  save(draft) {
    if (this.keeping === "memory") return;
    sessionStorage.setItem(this.name, JSON.stringify(draft));
    if (this.keeping !== "device") return;
    localStorage.setItem(this.name, JSON.stringify({ ...draft, expires: this.expires }));
  }
  /** Where the draft is kept from now on; what was kept elsewhere is removed. */
  choose(keeping, draft) {
    this.forget();
    this.keeping = keeping;
    this.expires = endOfTomorrow();
    if (keeping === "memory") sessionStorage.setItem(SHARED + this.round, "1");
    else sessionStorage.removeItem(SHARED + this.round);
    this.save(draft);
  }
  forget() {
    sessionStorage.removeItem(this.name);
    localStorage.removeItem(this.name);
  }
};
function secretInAddress() {
  const written = decodeURIComponent(location.hash.slice(1)).trim();
  if (!/^[0-9A-Za-z-]{14,60}$/.test(written)) return "";
  history.replaceState(history.state, "", location.pathname + location.search);
  return written;
}
var TabMemory = class {
  constructor(round) {
    this.round = round;
  }
  round;
  get secret() {
    return sessionStorage.getItem(SECRET + this.round) ?? "";
  }
  set secret(value) {
    sessionStorage.setItem(SECRET + this.round, value);
  }
  get receipt() {
    return sessionStorage.getItem(RECEIPT + this.round) ?? "";
  }
  set receipt(value) {
    sessionStorage.setItem(RECEIPT + this.round, value);
  }
  forget() {
    sessionStorage.removeItem(SECRET + this.round);
    sessionStorage.removeItem(RECEIPT + this.round);
  }
};
function endOfTomorrow() {
  const end = /* @__PURE__ */ new Date();
  end.setDate(end.getDate() + 2);
  return end.setHours(0, 0, 0, 0);
}
function forgetExpired() {
  for (const key of Object.keys(localStorage)) {
    if (!key.startsWith(PREFIX)) continue;
    if (expiryOf(localStorage.getItem(key)) <= Date.now()) localStorage.removeItem(key);
  }
}
function expiryOf(kept) {
  return JSON.parse(kept).expires;
}

// answer/fields.ts
function accompany(form, changed) {
  form.element.addEventListener("input", (event) => {
    const target = event.target;
    const item = target.closest("[data-item]");
    if (!item) return;
    exclude(item, target);
    if (item.classList.contains("field-wrong")) showFault(item, faultOf(item)?.message ?? "");
    update(item);
    changed(item);
  });
  for (const item of itemsIn(form.element)) {
    item.querySelector("[data-clear]")?.addEventListener("click", () => {
      for (const choice of item.querySelectorAll("input")) choice.checked = false;
      update(item);
      firstField(item)?.focus();
      changed(item);
    });
  }
}
function update(item) {
  const clear = item.querySelector("[data-clear]");
  if (clear) clear.hidden = read(item) === void 0;
  const counter = document.getElementById(`q-${nameOf(item)}-counter`);
  const field = typed(item);
  if (!counter || !field) return;
  const left = Number(item.dataset.max) - field.value.trim().length;
  counter.textContent = say(left < 0 ? "over" : "left", { count: Math.abs(left) });
  counter.classList.toggle("counter-over", left < 0);
  const remark = document.getElementById(`q-${nameOf(item)}-remark`);
  const text = remarkOn(item);
  if (remark.textContent !== text) remark.textContent = text;
  remark.hidden = text === "";
}

// answer/conditions.ts
var LEVEL = "@level";
var MISSING = ["", "_unknown", "_declined"];
function holds(condition, given, level) {
  const outcomes = (condition.parts ?? []).map(
    (part) => "item" in part ? passes(part, given, level) : holds(part, given, level)
  );
  return condition.mode === "any" ? outcomes.some(Boolean) : outcomes.every(Boolean);
}
function isMissing(answer) {
  if (Array.isArray(answer)) return answer.length === 0;
  return answer === void 0 || MISSING.includes(String(answer));
}
function passes(test, given, level) {
  const found2 = given.get(test.item);
  const answer = test.item === LEVEL ? level : found2?.answer;
  const values = test.values ?? [];
  const op = test.op ?? "is";
  if (op === "is" || op === "is_not") {
    const chosen = answer === void 0 ? [] : [answer].flat();
    return chosen.some((one) => values.includes(String(one))) === (op === "is");
  }
  if (isMissing(answer)) return false;
  if (op === "answered") return true;
  if (found2 === void 0 || values[0] === void 0) return false;
  const atLeast = op === "at_least";
  if (found2.date) {
    return atLeast ? String(answer) >= values[0] : String(answer) <= values[0];
  }
  const bound = Number(values[0]);
  if (values[0].trim() === "" || Number.isNaN(bound)) return false;
  return found2.numbers.some((number) => atLeast ? number >= bound : number <= bound);
}

// answer/form.ts
var NARROW = matchMedia("(max-width: 699px)");
var Form = class {
  constructor(element, level = "") {
    this.element = element;
    this.level = level;
    this.sections = Array.from(element.querySelectorAll("[data-section]"));
  }
  element;
  level;
  sections;
  /** The answers of the questions that are shown, as a ballot holds them. */
  answers() {
    return Object.fromEntries(Array.from(this.given(), ([name, { answer }]) => [name, answer]));
  }
  restore(answers) {
    for (const item of itemsIn(this.element)) write(item, answers[nameOf(item)]);
  }
  /** Items that are shown, in the order of the form. */
  items() {
    return Array.from(this.shown()).flatMap(
      (question) => question.dataset.item ? [question] : itemsIn(question)
    );
  }
  unanswered() {
    const given = this.given();
    return this.items().filter((item) => {
      const answer = given.get(nameOf(item))?.answer;
      return answer === void 0 || isMissing(answer) && !String(answer).startsWith("_");
    });
  }
  screens() {
    const shown = this.shown();
    const screens = [];
    for (const section of this.sections) {
      const questions = questionsIn(section).filter((question) => shown.has(question));
      if (NARROW.matches) screens.push(...narrowScreens(section, questions));
      else if (questions.length) screens.push({ key: keyOf(section), section, parts: questions });
    }
    return screens;
  }
  /** Which of the sections shown it is, from 1, and which of its screens. */
  part(screen, screens) {
    const sections = [...new Set(screens.map((one) => one.section))];
    const within = screens.filter((one) => one.section === screen.section);
    return {
      number: sections.indexOf(screen.section) + 1,
      all: sections.length,
      step: within.indexOf(screen) + 1,
      steps: within.length
    };
  }
  /** Leaves only `screen` to be seen. */
  show(screen) {
    for (const section of this.sections) {
      section.hidden = section !== screen.section;
      for (const question of questionsIn(section)) {
        const rows = rowsOf(question);
        for (const row of rows) row.hidden = !isPart(screen, row) && !isPart(screen, question);
        question.hidden = !isPart(screen, question) && !rows.some((row) => isPart(screen, row));
      }
    }
  }
  given() {
    const found2 = /* @__PURE__ */ new Map();
    this.walk(found2);
    return found2;
  }
  shown() {
    return this.walk(/* @__PURE__ */ new Map());
  }
  /** Questions shown, each decided by what has been answered before it. Fills `given`. */
  walk(given) {
    const shown = /* @__PURE__ */ new Set();
    for (const section of this.sections) {
      if (!this.applies(section, given)) continue;
      for (const question of questionsIn(section)) {
        if (!this.applies(question, given)) continue;
        shown.add(question);
        for (const item of question.dataset.item ? [question] : itemsIn(question)) {
          const answer = read(item);
          if (answer === void 0) continue;
          const date = item.dataset.kind === "date";
          given.set(nameOf(item), { answer, numbers: numbersOf(item, answer), date });
        }
      }
    }
    return shown;
  }
  applies(element, given) {
    const condition = element.dataset.showIf;
    return !condition || holds(JSON.parse(condition), given, this.level);
  }
};
function questionsIn(section) {
  return Array.from(section.querySelectorAll("[data-question]"));
}
function rowsOf(question) {
  return question.dataset.item ? [] : itemsIn(question);
}
function isPart(screen, element) {
  return screen.parts.includes(element);
}
function keyOf(section, part) {
  const name = part?.dataset.item ?? part?.dataset.question;
  return name ? `${section.dataset.section}/${name}` : section.dataset.section;
}
function narrowScreens(section, questions) {
  const groups = [];
  let open = null;
  for (const question of questions) {
    const rows = rowsOf(question);
    if (rows.length) {
      groups.push(...rows.map((row) => [row]));
      open = null;
    } else if (open) {
      open.push(question);
    } else {
      groups.push(open = [question]);
    }
  }
  return groups.map((parts) => ({ key: keyOf(section, parts[0]), section, parts }));
}
function nearest(screens, key) {
  const [section, name] = key.split("/");
  const holds2 = (part) => part.dataset.question === name || part.dataset.item === name || itemsIn(part).some((item) => item.dataset.item === name);
  return screens.find((screen) => screen.key === key) ?? screens.find((screen) => name !== void 0 && screen.parts.some(holds2)) ?? screens.find((screen) => screen.section.dataset.section === section) ?? null;
}
function screenOf(screens, item) {
  return screens.find((screen) => screen.parts.some((part) => part.contains(item)));
}

// answer/idle.ts
var LIMIT = 5 * 6e4;
var WARNING = 6e4;
var SIGNS = ["pointerdown", "keydown", "input", "wheel", "touchstart"];
var IdleWatch = class {
  constructor(dialog, forget) {
    this.dialog = dialog;
    this.forget = forget;
    dialog.querySelector("[data-stay]").addEventListener("click", () => this.stay());
    dialog.addEventListener("cancel", () => this.stay());
    const sign = () => {
      if (!dialog.open) this.seen = Date.now();
    };
    for (const name of SIGNS) document.addEventListener(name, sign, { passive: true });
    document.addEventListener("visibilitychange", () => this.look());
  }
  dialog;
  forget;
  seen = Date.now();
  timer = 0;
  start() {
    this.seen = Date.now();
    this.stop();
    this.timer = window.setInterval(() => this.look(), 1e3);
  }
  stop() {
    window.clearInterval(this.timer);
    this.timer = 0;
    if (this.dialog.open) this.dialog.close();
  }
  stay() {
    this.seen = Date.now();
    this.dialog.close();
  }
  look() {
    if (!this.timer) return;
    const idle = Date.now() - this.seen;
    if (idle >= LIMIT) {
      this.stop();
      this.forget();
    } else if (idle >= LIMIT - WARNING && !this.dialog.open) {
      this.dialog.showModal();
    }
  }
};

// answer/panel.ts
var Panel = class {
  constructor(element) {
    this.element = element;
  }
  element;
  /** Shows `block`, fills its `[data-fill=name]` places and moves the focus to its heading. */
  show(block, fill = {}) {
    for (const one of this.element.querySelectorAll("[data-block]")) {
      one.hidden = one.dataset.block !== block;
      if (one.hidden) continue;
      for (const [name, text] of Object.entries(fill)) {
        for (const place of one.querySelectorAll(`[data-fill=${name}]`)) place.textContent = text;
      }
    }
    this.element.hidden = false;
    const heading = this.element.querySelector(`[data-block=${block}] h2`);
    heading.focus();
    window.scrollTo(0, 0);
  }
  hide() {
    this.element.hidden = true;
  }
  /** Calls `act` when any button marked with `action` is pressed. */
  on(action, act) {
    for (const button of this.element.querySelectorAll(`[data-action=${action}]`)) {
      button.addEventListener("click", act);
    }
  }
};

// answer/review.ts
function fillReview(form, go) {
  const all = form.items();
  const left = form.unanswered();
  const given = all.length - left.length;
  find("#review-count").textContent = say("review-count", { given, all: all.length });
  find("#review-remarks").hidden = !all.some((item) => remarkOn(item) !== "");
  const sections = form.sections.filter((section) => left.some((item) => section.contains(item)));
  const entries = sections.map((section) => {
    const items = left.filter((item) => section.contains(item));
    return entry(titleOf(section, items[0]), items.length, () => {
      const screen = screenOf(form.screens(), items[0]);
      if (screen) go(screen.key);
    });
  });
  find("#review-left").replaceChildren(...entries);
}
function titleOf(section, item) {
  const heading = section.querySelector("[data-title]").textContent.trim();
  const question = item.querySelector("[data-words]") ?? item.querySelector(".question-text");
  return heading || question.textContent.trim();
}
function entry(title, left, act) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "link-button";
  button.textContent = say("review-part", { title, left });
  button.addEventListener("click", act);
  const line = document.createElement("li");
  line.append(button);
  return line;
}

// answer/place.ts
var MOST = 20;
async function fetchPlace(round, secret) {
  const url = `/enkat/${round}/place`;
  const body = { secret: padded2(secret) };
  const answer = await send("staff", url, body, credentials(secret));
  return answer;
}
async function fetchUnits(round) {
  const answer = await fetch(`/enkat/${round}/units.json`, { credentials: "omit" });
  if (!answer.ok) throw new Error(`${answer.status}`);
  return await answer.json();
}
var PlaceChooser = class {
  constructor(element, units) {
    this.element = element;
    this.units = units;
    this.byCode = new Map(units.map((unit) => [unit.code, unit]));
    this.search = element.querySelector("#unit-search");
    this.hits = element.querySelector("[data-hits]");
    this.count = element.querySelector("[data-count]");
    this.search.addEventListener("input", () => this.find());
  }
  element;
  units;
  byCode;
  search;
  hits;
  count;
  /** "Vårdcentralen Norr", and where it belongs: "Närhälsan › Område 2". */
  describe(code) {
    const unit = this.byCode.get(code);
    if (!unit) return ["", ""];
    const above = [];
    let parent = unit.parent;
    while (parent !== null && above.length < 20) {
      const found2 = this.byCode.get(parent);
      if (!found2) break;
      above.unshift(found2.name);
      parent = found2.parent;
    }
    return [unit.name, above.join(" › ")];
  }
  open(unit, level) {
    this.element.hidden = false;
    this.search.value = "";
    this.find(unit);
    const select = this.element.querySelector("#level");
    select.value = level;
    if (select.selectedIndex < 0) select.selectedIndex = 0;
  }
  /** What was chosen; the unit is null when none was. */
  chosen() {
    const radio = this.hits.querySelector("input:checked");
    const level = this.element.querySelector("#level").value;
    return { unit: radio?.value ?? null, level };
  }
  find(chosen = this.chosen().unit ?? "") {
    const words = fold(this.search.value).split(/\s+/).filter(Boolean);
    const hits = this.units.filter((unit) => {
      const text = fold(`${unit.name} ${unit.code}`);
      return words.every((word) => text.includes(word));
    });
    const first = this.byCode.get(chosen);
    const shown = hits.filter((unit) => unit.code !== chosen).slice(0, MOST);
    if (first) shown.unshift(first);
    this.hits.replaceChildren(...shown.map((unit) => this.radio(unit, unit.code === chosen)));
    this.count.textContent = hits.length > MOST ? say("units-many", { shown: MOST, all: hits.length }) : say(hits.length === 1 ? "units-one" : "units-found", { all: hits.length });
  }
  radio(unit, checked) {
    const template = this.element.querySelector("template");
    const choice = template.content.firstElementChild.cloneNode(true);
    const input = choice.querySelector("input");
    const [name, above] = this.describe(unit.code);
    input.value = unit.code;
    input.checked = checked;
    choice.querySelector("[data-name]").textContent = name;
    choice.querySelector("[data-above]").textContent = above;
    return choice;
  }
};
function fold(text) {
  return text.toLocaleLowerCase("sv");
}

// answer/start.ts
var Start = class {
  constructor(keep2) {
    this.keep = keep2;
    onClick("#change-place", () => {
      this.edit();
      find("#unit-search").focus();
    });
    const ticked = (id, keeping) => find(id).addEventListener("change", (event) => {
      this.keep(event.target.checked ? keeping : "session");
    });
    ticked("#keep-device", "device");
    ticked("#keep-shared", "memory");
  }
  keep;
  unit = "";
  level = "";
  corrected = false;
  // by the respondent: not what the invitation says
  chooser = null;
  /** Asks where the answer belongs; true when there is one from this invitation already. */
  async fetch(round, secret) {
    const [place, units] = await Promise.all([fetchPlace(round, secret), fetchUnits(round)]);
    if (place.answered) return true;
    this.chooser = new PlaceChooser(find("#place-chooser"), units);
    this.take(place.unit, place.level);
    return false;
  }
  restore(draft, begun) {
    if (draft.corrected && this.chooser?.describe(draft.unit)[0]) {
      this.corrected = true;
      this.take(draft.unit, draft.level);
    }
    if (!begun) return;
    find("#begin").textContent = say("go-on");
    find("#resumed").hidden = false;
  }
  showKeeping(keeping) {
    find("#keep-device").checked = keeping === "device";
    find("#keep-shared").checked = keeping === "memory";
    if (keeping !== "session") find(".keeping").open = true;
  }
  /** Takes what was chosen; false, with the focus where it is missing, when no unit was. */
  settle() {
    if (find("#place-chooser").hidden) return true;
    const { unit, level } = this.chooser.chosen();
    find("#unit-fault").hidden = unit !== null;
    if (unit === null) {
      find("#unit-search").focus();
      return false;
    }
    this.corrected ||= unit !== this.unit || level !== this.level;
    find("#place-chooser").hidden = true;
    find("#place").hidden = false;
    this.take(unit, level);
    return true;
  }
  take(unit, level) {
    this.unit = unit;
    this.level = level;
    const [name, above] = this.chooser?.describe(unit) ?? ["", ""];
    const option = find("#level").querySelector(`[value="${CSS.escape(level)}"]`);
    find("#place-unit").textContent = name;
    find("#place-above").textContent = above;
    find("#place-level").textContent = option?.textContent?.trim() ?? "";
    if (!name || !option) this.edit();
  }
  edit() {
    this.chooser?.open(this.unit, this.level);
    find("#place").hidden = true;
  }
};

// answer/main.ts
var START = "@start";
var REVIEW = "@review";
var AnswerPage = class {
  root = find("#answer");
  round = this.root.dataset.round;
  box = this.root.dataset.box;
  title = document.title;
  summary = new Summary(find("#faults"));
  panel = new Panel(find("#status"));
  drafts = new DraftStore(this.round);
  tab = new TabMemory(this.round);
  form = new Form(find("#form"));
  start = new Start((keeping) => this.keepAs(keeping));
  delivery = new Delivery(this.panel, (receipt) => this.finish(receipt));
  idle = new IdleWatch(find("#idle"), () => this.clear());
  secret = "";
  screen = START;
  over = false;
  // sent, stopped or cleared: no screen of the form is shown again
  busy = false;
  async open() {
    const given = secretInAddress();
    if (given && this.drafts.keeping !== "memory") this.tab.secret = given;
    this.secret = given || this.tab.secret;
    this.connect();
    if (!globalThis.crypto?.subtle) return this.stop(() => this.panel.show("unsupported"));
    if (this.drafts.keeping === "memory") this.idle.start();
    const pending = await load(this.round);
    if (pending) return this.stop(() => void this.delivery.run(pending));
    find("#file-part").hidden = false;
    if (this.root.dataset.state !== "open") return;
    if (this.tab.receipt && !given) return this.stop(() => this.showReceipt(this.tab.receipt));
    await this.prepare();
  }
  async prepare() {
    const loading = find("#loading");
    find("#place-problem").hidden = true;
    loading.hidden = false;
    try {
      const answered = await this.start.fetch(this.round, this.secret);
      if (answered) return this.stop(() => this.panel.show("answered"));
    } catch (error) {
      return this.noPlace(error);
    } finally {
      loading.hidden = true;
    }
    this.start.showKeeping(this.drafts.keeping);
    const draft = this.drafts.load();
    if (draft) this.resume(draft);
    this.form.level = this.start.level;
    for (const item of itemsIn(this.form.element)) update(item);
    find("#ready").hidden = false;
    const state = history.state;
    if (draft && state?.screen && state.screen !== START) this.visit(state.screen);
    else history.replaceState({ screen: START }, "");
  }
  resume(draft) {
    this.form.restore(draft.answers);
    this.start.restore(draft, draft.screen !== START);
    this.screen = draft.screen;
  }
  noPlace(error) {
    const known = error instanceof RefusalError && !error.passing;
    if (!known) {
      find("#place-problem").hidden = false;
      return;
    }
    const withdrawn = error.reason === "withdrawn";
    this.stop(() => this.panel.show(withdrawn ? "withdrawn" : "unknown"));
    find("#file-part").hidden = false;
  }
  // From screen to screen
  visit(key) {
    if (this.over) return;
    const screens = this.form.screens();
    const screen = key.startsWith("@") ? null : nearest(screens, key);
    this.screen = screen?.key ?? (key === REVIEW ? REVIEW : START);
    this.summary.hide();
    find("#start").hidden = find("#file-part").hidden = this.screen !== START;
    find("#review").hidden = this.screen !== REVIEW;
    this.form.element.hidden = screen === null;
    document.title = this.title;
    if (screen) this.showScreen(screen, screens);
    if (this.screen === REVIEW) fillReview(this.form, (to) => this.go(to));
    const heading = screen?.section.querySelector("h2");
    (heading ?? find(this.screen === REVIEW ? "#review h2" : "h1")).focus({ preventScroll: true });
    window.scrollTo(0, 0);
    this.save();
  }
  showScreen(screen, screens) {
    this.form.show(screen);
    const words = this.form.part(screen, screens);
    const text = say(words.steps > 1 ? "part-step" : "part", words);
    screen.section.querySelector("[data-part]").textContent = text;
    const intro = screen.section.querySelector("[data-intro]");
    if (intro) intro.hidden = words.step > 1;
    document.title = `${text} – ${this.title}`;
    find("#next").textContent = say(screens.at(-1) === screen ? "to-review" : "next");
  }
  /** An answer may show or hide what depends on it, and a phone may be turned. */
  refresh() {
    const screens = this.form.screens();
    const screen = this.over ? null : nearest(screens, this.screen);
    if (!screen) return;
    this.screen = screen.key;
    this.showScreen(screen, screens);
  }
  /** Moves on by one entry of the browser's history, so that its back button is ours too. */
  go(key) {
    this.visit(key);
    history.pushState({ screen: this.screen, ours: true }, "");
  }
  begin() {
    if (!this.start.settle()) return;
    this.form.level = this.start.level;
    this.go(this.screen === START ? this.form.screens()[0]?.key ?? REVIEW : this.screen);
  }
  next() {
    const screens = this.form.screens();
    const at = screens.findIndex((screen) => screen.key === this.screen);
    const faults = screens[at]?.parts.flatMap((part) => {
      const items = part.dataset.item ? [part] : itemsIn(part);
      return items.flatMap((item) => faultOf(item) ?? []);
    });
    if (faults?.length) return this.summary.show(faults, () => void 0);
    this.go(screens[at + 1]?.key ?? REVIEW);
  }
  back() {
    const state = history.state;
    if (state?.ours) return history.back();
    const keys = this.form.screens().map((screen) => screen.key);
    const at = this.screen === REVIEW ? keys.length : keys.indexOf(this.screen);
    this.visit(keys[at - 1] ?? START);
    history.replaceState({ screen: this.screen }, "");
  }
  // Sending, and how it ends
  async send() {
    if (this.busy || this.over) return;
    const faults = this.form.items().flatMap((item) => faultOf(item) ?? []);
    if (faults.length) return this.summary.show(faults, (item) => this.mend(item, faults));
    this.busy = true;
    const problem = find("#send-problem");
    problem.hidden = true;
    try {
      const { unit, level } = this.start;
      const plaintext = { v: 1, unit, level, answers: this.form.answers() };
      const pending = await begin(this.round, this.box, plaintext, this.secret);
      this.drafts.forget();
      this.stop(() => void this.delivery.run(pending));
    } catch (error) {
      if (error instanceof ManifestError) return this.stop(() => this.panel.show("mismatch"));
      problem.textContent = say(error instanceof TooLongError ? "too-long" : "send-network");
      problem.hidden = false;
    } finally {
      this.busy = false;
    }
  }
  mend(item, faults) {
    const screen = screenOf(this.form.screens(), item);
    if (screen) this.go(screen.key);
    for (const fault of faults) showFault(fault.item, fault.message);
  }
  finish(receipt) {
    const shared = this.drafts.keeping === "memory";
    this.forget();
    if (!shared) this.tab.receipt = receipt;
    this.showReceipt(receipt);
  }
  showReceipt(receipt) {
    this.panel.show("done", { receipt: grouped(receipt) });
  }
  /** The form is put away for good, and `show` says why. */
  stop(show) {
    this.over = true;
    for (const id of ["#start", "#file-part", "#review", "#form"]) find(id).hidden = true;
    document.querySelector("#closed-page")?.setAttribute("hidden", "");
    this.summary.hide();
    document.title = this.title;
    show();
  }
  /** Nothing of the answers stays in the tab or on the device. */
  forget() {
    this.idle.stop();
    this.drafts.forget();
    this.tab.forget();
    this.secret = "";
    this.form.element.reset();
  }
  clear() {
    void this.delivery.abandon();
    this.forget();
    this.stop(() => this.panel.show("cleared"));
  }
  // What is kept
  draft() {
    const { unit, level, corrected } = this.start;
    return { answers: this.form.answers(), unit, level, corrected, screen: this.screen };
  }
  save() {
    if (!this.over) this.drafts.save(this.draft());
  }
  keepAs(keeping) {
    this.drafts.choose(keeping, this.draft());
    this.start.showKeeping(keeping);
    if (keeping === "memory") {
      this.tab.forget();
      this.idle.start();
    } else {
      if (this.secret) this.tab.secret = this.secret;
      this.idle.stop();
    }
  }
  // Wiring
  connect() {
    onClick("#retry-place", () => void this.prepare());
    onClick("#begin", () => this.begin());
    onClick("[data-back]", () => this.back());
    onClick("#send", () => void this.send());
    onClick("[data-language]", () => {
      if (this.drafts.keeping !== "memory" || !this.secret) return;
      find("[data-language]").hash = this.secret;
    });
    this.form.element.addEventListener("submit", (event) => {
      event.preventDefault();
      this.next();
    });
    accompany(this.form, (item) => {
      this.summary.mended(item);
      this.refresh();
      this.save();
    });
    addEventListener("popstate", (event) => {
      const state = event.state;
      if (state?.screen) this.visit(state.screen);
    });
    addEventListener("hashchange", () => {
      const given = secretInAddress();
      if (!given) return;
      this.tab.secret = given;
      location.reload();
    });
    NARROW.addEventListener("change", () => this.refresh());
    find("#fingerprint").addEventListener("toggle", () => void this.showFingerprint(), { once: true });
    find("#ballot-file").addEventListener("change", (event) => {
      const [file] = event.target.files ?? [];
      if (file) void this.takeFile(file);
    });
  }
  async showFingerprint() {
    const words = await fingerprintOf(this.round).catch(() => null);
    find("#fingerprint-wait").textContent = words ? "" : say("no-contact");
    if (words) find("#fingerprint-value").replaceChildren(...words.map(asItem));
  }
  async takeFile(file) {
    const pending = fromFile(await file.text(), this.round);
    find("#file-fault").hidden = pending !== null;
    if (!pending) return;
    const kept = await keep({ ...pending, box: this.box });
    this.stop(() => void this.delivery.run(kept));
  }
};
function asItem(word) {
  const item = document.createElement("li");
  item.lang = "sv";
  item.textContent = word;
  return item;
}
void new AnswerPage().open();
/*! Bundled license information:

@hpke/common/esm/src/curve/modular.js:
@hpke/common/esm/src/curve/montgomery.js:
  (*! noble-curves - MIT License (c) 2022 Paul Miller (paulmillr.com) *)
*/
