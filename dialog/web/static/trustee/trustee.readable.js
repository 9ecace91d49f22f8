/*! Dialog. With @hpke/core and @hpke/common, (c) Ajitomi Daisuke, MIT License. */

// answer/dom.ts
function find(selector) {
  return document.querySelector(selector);
}
function onClick(selector, act) {
  for (const one of document.querySelectorAll(selector)) one.addEventListener("click", act);
}

// trustee/blocks.ts
function show(block, fill = {}) {
  for (const one of document.querySelectorAll("[data-block]")) {
    one.hidden = one.dataset.block !== block;
  }
  const shown = find(`[data-block="${block}"]`);
  for (const [name, text] of Object.entries(fill)) {
    for (const place of shown.querySelectorAll(`[data-fill="${name}"]`)) place.textContent = text;
  }
  find(`[data-block="${block}"] h2`).focus();
  window.scrollTo(0, 0);
}
function fault(selector, text, field) {
  const place = find(selector);
  place.textContent = text;
  place.hidden = !text;
  if (field) {
    find(field).toggleAttribute("aria-invalid", false);
    if (text) find(field).setAttribute("aria-invalid", "true");
    if (text) find(field).focus();
  }
  return !text;
}
function whenPressed(selector, work) {
  const button = find(selector);
  button.addEventListener("click", async () => {
    if (button.getAttribute("aria-disabled")) return;
    button.setAttribute("aria-disabled", "true");
    try {
      await work();
    } finally {
      button.removeAttribute("aria-disabled");
    }
  });
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
function hex(bytes) {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
function fromHex(text) {
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));
}
function base64url(bytes) {
  const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  return btoa(binary).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}
function fromBase64url(text) {
  const binary = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}
async function sha256(bytes) {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
}

// answer/words.ts
var found = JSON.parse(document.getElementById("words").textContent);
function say(key, values = {}) {
  const text = found[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
}

// trustee/download.ts
function save(data, name, type) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([data], { type }));
  link.download = name;
  link.click();
  window.setTimeout(() => URL.revokeObjectURL(link.href), 6e4);
}

// trustee/canonical.ts
function canonicalText(value) {
  if (Array.isArray(value)) return `[${value.map(canonicalText).join(",")}]`;
  if (typeof value !== "object") return JSON.stringify(value);
  const fields = Object.keys(value).sort().map((name) => `${JSON.stringify(name)}:${canonicalText(value[name])}`);
  return `{${fields.join(",")}}`;
}
function canonical(value) {
  return utf8(canonicalText(value));
}

// trustee/batch.ts
var BatchError = class extends Error {
  constructor(fault2) {
    super(fault2);
    this.fault = fault2;
  }
  fault;
};

// trustee/pair.ts
var CURVE = { name: "ECDH", namedCurve: "P-256" };
var POINT = 65;
var SCALAR = 32;
var OtherKeyError = class extends Error {
};
async function makeKey() {
  const made = await crypto.subtle.generateKey(CURVE, true, ["deriveBits"]);
  const point = new Uint8Array(await crypto.subtle.exportKey("raw", made.publicKey));
  const { d } = await crypto.subtle.exportKey("jwk", made.privateKey);
  return { scalar: fromBase64url(d), point };
}
async function isPoint(text) {
  if (!/^[\w-]{87}$/.test(text)) return false;
  try {
    await crypto.subtle.importKey("raw", fromBase64url(text), CURVE, true, []);
    return true;
  } catch {
    return false;
  }
}
async function pairOf(scalar, point) {
  if (scalar.length !== SCALAR || point.length !== POINT) throw new OtherKeyError();
  const shown = {
    kty: "EC",
    crv: "P-256",
    x: base64url(point.slice(1, 33)),
    y: base64url(point.slice(33))
  };
  let pair;
  try {
    pair = {
      privateKey: await crypto.subtle.importKey(
        "jwk",
        { ...shown, d: base64url(scalar) },
        CURVE,
        false,
        ["deriveBits"]
      ),
      publicKey: await crypto.subtle.importKey("jwk", shown, CURVE, true, [])
    };
  } catch {
    throw new OtherKeyError();
  }
  if (!await belongTogether(pair)) throw new OtherKeyError();
  return pair;
}
async function belongTogether(pair) {
  const stranger = await crypto.subtle.generateKey(CURVE, false, ["deriveBits"]);
  const [ours, theirs] = await Promise.all([
    agreed(pair.privateKey, stranger.publicKey),
    agreed(stranger.privateKey, pair.publicKey)
  ]);
  return equal(ours, theirs);
}
async function agreed(secret, point) {
  return new Uint8Array(
    await crypto.subtle.deriveBits({ name: "ECDH", public: point }, secret, 8 * SCALAR)
  );
}

// trustee/keyfile.ts
var FORMAT = "dialog key 1";
var KDF = "PBKDF2-SHA-256";
var ITERATIONS = 6e5;
var MOST_ITERATIONS = 1e7;
var SALT = 16;
var IV = 12;
var TAG = 16;
var KeyFileError = class extends Error {
  constructor(fault2) {
    super(fault2);
    this.fault = fault2;
  }
  fault;
};
async function writeKeyFile(key, place, passphrase, given = {}) {
  const iv = given.iv ?? random(IV);
  const open = {
    format: FORMAT,
    round: place.round,
    layer: place.layer,
    public: base64url(key.point),
    kdf: {
      name: KDF,
      iterations: ITERATIONS,
      salt: base64url(given.salt ?? random(SALT))
    }
  };
  const secret = await derived(passphrase, open.kdf);
  const sealed = await crypto.subtle.encrypt(
    { name: "AES-GCM", iv, additionalData: canonical(open) },
    secret,
    key.scalar
  );
  return canonical({ ...open, iv: base64url(iv), sealed: base64url(new Uint8Array(sealed)) });
}
function readKeyFile(text) {
  let read;
  try {
    read = JSON.parse(text);
  } catch {
    throw new KeyFileError(text.includes(`"${FORMAT}"`) ? "damaged" : "no-key-file");
  }
  const file = read;
  if (typeof file?.format !== "string" || !file.format.startsWith("dialog key ")) {
    throw new KeyFileError("no-key-file");
  }
  if (file.format !== FORMAT) throw new KeyFileError("newer");
  if (!isWhole(file)) throw new KeyFileError("damaged");
  return file;
}
function isWhole(file) {
  const { kdf } = file;
  return typeof file.round === "string" && [1, 2, 3].includes(file.layer) && kdf?.name === KDF && Number.isInteger(kdf.iterations) && kdf.iterations >= ITERATIONS && kdf.iterations <= MOST_ITERATIONS && hasBytes(kdf.salt, SALT) && hasBytes(file.public, 65) && hasBytes(file.iv, IV) && hasBytes(file.sealed, SCALAR + TAG);
}
function hasBytes(text, length) {
  if (typeof text !== "string" || !/^[\w-]+$/.test(text)) return false;
  try {
    return fromBase64url(text).length === length;
  } catch {
    return false;
  }
}
async function openKeyFile(file, passphrase) {
  const scalar = await scalarIn(file, passphrase);
  try {
    return await pairOf(scalar, fromBase64url(file.public));
  } catch (error) {
    if (error instanceof OtherKeyError) throw new KeyFileError("damaged");
    throw error;
  }
}
async function scalarIn(file, passphrase) {
  const { iv, sealed, ...open } = file;
  const { format, round, layer, kdf } = open;
  const parts = { format, round, layer, public: open.public, kdf: { ...kdf } };
  for (const tried of /* @__PURE__ */ new Set([passphrase, passphrase.trim()])) {
    try {
      const scalar = await crypto.subtle.decrypt(
        { name: "AES-GCM", iv: fromBase64url(iv), additionalData: canonical(parts) },
        await derived(tried, kdf),
        fromBase64url(sealed)
      );
      return new Uint8Array(scalar);
    } catch {
      continue;
    }
  }
  throw new KeyFileError("passphrase");
}
async function derived(passphrase, kdf) {
  const typed = utf8(passphrase.normalize("NFKC"));
  const base = await crypto.subtle.importKey("raw", typed, "PBKDF2", false, ["deriveKey"]);
  return crypto.subtle.deriveKey(
    {
      name: "PBKDF2",
      hash: "SHA-256",
      salt: fromBase64url(kdf.salt),
      iterations: kdf.iterations
    },
    base,
    { name: "AES-GCM", length: 256 },
    false,
    ["encrypt", "decrypt"]
  );
}
function fileName(place) {
  return `dialog-nyckel-${place.round.slice(0, 8)}-${place.layer}.json`;
}

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
  buildLabeledInfo(label, info2, len) {
    this._checkInit();
    const ret = new Uint8Array(9 + this._suiteId.byteLength + label.byteLength + info2.byteLength);
    ret.set(new Uint8Array([0, len]), 0);
    ret.set(HPKE_VERSION, 2);
    ret.set(this._suiteId, 9);
    ret.set(label, 9 + this._suiteId.byteLength);
    ret.set(info2, 9 + this._suiteId.byteLength + label.byteLength);
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
  async expand(prk, info2, len) {
    await this._setup();
    const prkBuf = toArrayBuffer(prk);
    const key = await this._api.importKey("raw", prkBuf, this.algHash, false, [
      "sign"
    ]);
    const okm = new ArrayBuffer(len);
    const okmBytes = new Uint8Array(okm);
    let prev = EMPTY;
    const mid = toUint8Array(info2);
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
  async extractAndExpand(salt, ikm, info2, len) {
    await this._setup();
    const ikmBuf = toArrayBuffer(ikm);
    const baseKey = await this._api.importKey("raw", ikmBuf, "HKDF", false, ["deriveBits"]);
    return await this._api.deriveBits({
      name: "HKDF",
      hash: this.algHash.hash,
      salt: toArrayBuffer(salt),
      info: toArrayBuffer(info2)
    }, baseKey, len * 8);
  }
  async labeledExtract(salt, label, ikm) {
    return await this.extract(salt, this.buildLabeledIkm(label, ikm));
  }
  async labeledExpand(prk, label, info2, len) {
    return await this.expand(prk, this.buildLabeledInfo(label, info2, len), len);
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
function bytesToBigInt(bytes) {
  let v = 0n;
  for (const b of bytes) {
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
        const bytes = new Uint8Array(await this._hkdf.labeledExpand(dkpPrk, LABEL_CANDIDATE, i2Osp(counter, 1), this._nSk));
        bytes[0] = bytes[0] & this._bitmask;
        bn.set(bytes);
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
  const bytes = isBytes(value);
  const len = value?.length;
  const needsLen = length !== void 0;
  if (!bytes || needsLen && len !== length) {
    const prefix = title && `"${title}" `;
    const ofLen = needsLen ? ` of length ${length}` : "";
    const got = bytes ? `length=${len}` : `type=${typeof value}`;
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
    const info2 = params.info === void 0 ? EMPTY : toUint8Array(params.info);
    const infoHash = await this._kdf.labeledExtract(EMPTY, LABEL_INFO_HASH, info2);
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

// trustee/unsealing.ts
var POINT2 = 65;
var OVERHEAD = POINT2 + 16;
function suiteOf(aead = new Aes256Gcm()) {
  return new CipherSuite({ kem: new DhkemP256HkdfSha256(), kdf: new HkdfSha256(), aead });
}
function info(label, place) {
  const round = fromHex(place.round.replace(/-/g, ""));
  return concat(utf8(`${label}\0`), round, Uint8Array.of(place.layer));
}
async function unsealed(suite, pair, info2, sealed, aad) {
  if (sealed.length < OVERHEAD) return null;
  try {
    const recipient = await suite.createRecipientContext({
      recipientKey: pair,
      enc: sealed.slice(0, POINT2).buffer,
      info: info2.buffer
    });
    return new Uint8Array(await recipient.open(sealed.slice(POINT2).buffer, aad?.buffer));
  } catch {
    return null;
  }
}
async function testAnswer(pair, place, sealed) {
  const found2 = await unsealed(suiteOf(), pair, info("dialog test ballot 1", place), sealed);
  return found2 && sha256(found2);
}

// trustee/peeling.ts
var BLANK = utf8("dialog blank 1\0");
var WrongKeyError = class extends Error {
};

// trustee/server.ts
var TIMEOUT = 3e4;
var STALE = 400;
var RefusalError = class extends Error {
  constructor(status, sentence) {
    super(sentence);
    this.status = status;
    this.sentence = sentence;
  }
  status;
  sentence;
};
function csrf() {
  return find("[data-csrf]").dataset.csrf;
}
async function post(url, body = {}) {
  return renewing(async () => {
    const answer = await fetch(url, {
      method: "POST",
      headers: {
        "Content-Type": "application/json",
        Accept: "application/json",
        "X-CSRFToken": csrf()
      },
      body: JSON.stringify(body),
      cache: "no-store",
      signal: AbortSignal.timeout(TIMEOUT)
    });
    const fields = fieldsOf(await answer.text());
    if (!answer.ok) throw new RefusalError(answer.status, fields.error ?? "");
    return fields;
  });
}
async function renewing(work) {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof RefusalError) || error.status !== STALE || !await renewed()) throw error;
    return work();
  }
}
async function renewed() {
  const answer = await fetch(location.href, { cache: "no-store" });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const token = page.querySelector("[data-csrf]")?.dataset.csrf;
  if (!token) return false;
  find("[data-csrf]").dataset.csrf = token;
  return true;
}
function fieldsOf(text) {
  try {
    return JSON.parse(text) ?? {};
  } catch {
    return {};
  }
}

// trustee/failures.ts
function inWords(error) {
  if (error instanceof KeyFileError) return say(`key-${error.fault}`);
  if (error instanceof BatchError) return say(`batch-${error.fault}`);
  if (error instanceof WrongKeyError) return say("batch-wrong-key");
  if (error instanceof RefusalError) return refused(error);
  const isLost = error instanceof TypeError || error instanceof DOMException;
  return say(isLost ? "no-contact" : "unexpected");
}
function refused(error) {
  if ([400, 401, 404].includes(error.status)) return say("signed-out");
  if (error.sentence) return error.sentence;
  if (error.status >= 500 || error.status === 429) return say("server-busy");
  return say("refused", { code: error.status });
}

// trustee/sheet.ts
var DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
var CHECKS = DIGITS + "*~$=U";
var LINE = 16;
var SIZE = Math.ceil(SCALAR * 8 / 5);
var SPARE = SIZE * 5 - SCALAR * 8;
var LINES = Math.ceil(SIZE / LINE);
function linesOf(scalar) {
  let bits = BigInt(`0x${hex(scalar)}`) << BigInt(SPARE);
  let whole = "";
  for (let i = 0; i < SIZE; i++) {
    whole = DIGITS[Number(bits & 31n)] + whole;
    bits >>= 5n;
  }
  return Array.from({ length: LINES }, (_, index) => {
    const line = whole.slice(index * LINE, (index + 1) * LINE);
    return `${line.replace(/(.{4})(?=.)/g, "$1 ")} ${checkOf(line, index)}`;
  });
}
function faultIn(typed, index) {
  const line = cleaned(typed);
  const length = lengthOf(index) + 1;
  if (!line) return "empty";
  const body = line.slice(0, length - 1);
  if (![...body].every((character) => DIGITS.includes(character))) return "letter";
  if (line.length < length) return "short";
  if (line.length > length) return "long";
  const filled = index < LINES - 1 || DIGITS.indexOf(body.at(-1)) % (1 << SPARE) === 0;
  return filled && checkOf(body, index) === line.at(-1) ? "" : "check";
}
function scalarOf(typed) {
  if (typed.length !== LINES || typed.some(faultIn)) throw new Error("a line is wrong");
  const whole = typed.map((line) => cleaned(line).slice(0, -1)).join("");
  let bits = 0n;
  for (const character of whole) bits = bits << 5n | BigInt(DIGITS.indexOf(character));
  bits >>= BigInt(SPARE);
  return Uint8Array.from(
    { length: SCALAR },
    (_, at) => Number(bits >> BigInt(8 * (SCALAR - 1 - at)) & 255n)
  );
}
async function checkCode(point) {
  const digits = hex(await sha256(point)).slice(0, 8);
  return `${digits.slice(0, 4)} ${digits.slice(4)}`;
}
function plainCode(typed) {
  return typed.replace(/[\s-]/g, "").replace(/o/gi, "0").toLowerCase();
}
function cleaned(typed) {
  return typed.toUpperCase().replace(/[\s\-–]/g, "").replace(/O/g, "0").replace(/[IL]/g, "1");
}
function lengthOf(index) {
  return Math.min(LINE, SIZE - index * LINE);
}
function checkOf(line, index) {
  let rest = 0;
  for (const character of line) rest = (rest * 32 + DIGITS.indexOf(character)) % 37;
  return CHECKS[(rest + index + 1) % 37];
}

// trustee/holding.ts
var MOST_BYTES = 4096;
var Holding = class {
  constructor(name, place, registered) {
    this.name = name;
    this.place = place;
    this.registered = registered;
    this.element = document.getElementById(`${name}-holding`);
    for (const way of this.element.querySelectorAll("input[type=radio]")) {
      way.addEventListener("change", () => this.turn());
    }
    this.lines.forEach((line, index) => {
      line.addEventListener("input", () => this.look(line, index, false));
    });
    this.turn();
  }
  name;
  place;
  registered;
  element;
  /** The key, or null when something is missing or wrong: said beside it, with the focus there. */
  async take() {
    this.clear();
    return this.way === "paper" ? this.fromPaper() : this.fromFile();
  }
  /** Forgets what was typed and chosen. */
  empty() {
    for (const field of this.element.querySelectorAll("input:not([type=radio])")) {
      field.value = "";
    }
    this.lines.forEach((line, index) => this.look(line, index, false));
  }
  /** How the key is to come. */
  get way() {
    return this.element.querySelector("input[type=radio]:checked").value;
  }
  get lines() {
    return Array.from({ length: LINES }, (_, i) => this.find(`line-${i + 1}`)).filter(Boolean);
  }
  async fromFile() {
    const file = this.find("file").files?.[0];
    if (!file) return this.fail("file", say("key-file-missing"));
    try {
      const text = file.size > MOST_BYTES ? "" : await file.text();
      const key = readKeyFile(text);
      this.check(key.round, key.layer, key.public);
      const passphrase = this.find("passphrase").value;
      if (!passphrase) return this.fail("passphrase", say("passphrase-missing"));
      return { pair: await openKeyFile(key, passphrase), public: key.public };
    } catch (error) {
      if (!(error instanceof KeyFileError)) return this.fail("file", say("key-unreadable"));
      const at = error.fault === "passphrase" ? "passphrase" : "file";
      return this.fail(at, say(`key-${error.fault}`));
    }
  }
  check(round, layer, key) {
    if (round !== this.place.round) throw new KeyFileError("other-round");
    if (layer !== this.place.layer) throw new KeyFileError("other-place");
    if (this.registered && key !== this.registered) throw new KeyFileError("other-key");
  }
  async fromPaper() {
    const wrong = this.lines.filter((line, index) => !this.look(line, index, true));
    if (wrong.length) {
      wrong[0].focus();
      return null;
    }
    const scalar = scalarOf(this.lines.map((line) => line.value));
    try {
      const pair = await pairOf(scalar, fromBase64url(this.registered));
      return { pair, public: this.registered };
    } catch (error) {
      if (error instanceof OtherKeyError) return this.fail("line-1", say("paper-other-key"));
      throw error;
    }
  }
  /** Says how line `index` looks; while it is being typed, only what more typing cannot mend. */
  look(line, index, finished) {
    const found2 = faultIn(line.value, index);
    const isEarly = !finished && (found2 === "short" || found2 === "empty");
    const text = found2 && !isEarly ? say(`line-${found2}`, { line: index + 1 }) : "";
    const place = `#${this.name}-line-${index + 1}`;
    fault(`${place}-fault`, text);
    if (text) line.setAttribute("aria-invalid", "true");
    else line.removeAttribute("aria-invalid");
    const right = document.querySelector(`${place}-right`);
    right.hidden = found2 !== "";
    return found2 === "";
  }
  turn() {
    for (const way of ["file", "paper", "elsewhere"]) {
      const part = this.find(`of-${way}`);
      if (part) part.hidden = way !== this.way;
    }
    this.clear();
  }
  clear() {
    for (const field of ["file", "passphrase"]) {
      fault(`#${this.name}-${field}-fault`, "");
      this.find(field).removeAttribute("aria-invalid");
    }
  }
  fail(field, text) {
    fault(`#${this.name}-${field}-fault`, text, `#${this.name}-${field}`);
    return null;
  }
  find(part) {
    return document.getElementById(`${this.name}-${part}`);
  }
};

// trustee/phrase.ts
var LEAST = 12;
var LEAST_DIFFERENT = 6;
var STRONG = 20;
var DIGITS_ONLY = 20;
function judge(phrase) {
  const characters = [...phrase.normalize("NFKC").trim()];
  if (!characters.length) return "empty";
  if (characters.length < LEAST) return "short";
  const different = new Set(characters.map((one) => one.toLowerCase())).size;
  if (different < LEAST_DIFFERENT) return "simple";
  if (characters.every((one) => /[\d\s./-]/.test(one)) && characters.length < DIGITS_ONLY) {
    return "simple";
  }
  return characters.length < STRONG ? "fair" : "strong";
}
function lengthOf2(phrase) {
  return [...phrase.normalize("NFKC").trim()].length;
}
function suggested() {
  return Array.from(crypto.getRandomValues(new Uint16Array(5)), word).join("-");
}
var CONSONANTS = "bdfghjklmnprstvz";
var VOWELS = "aiou";
function word(number) {
  const consonant = (shift) => CONSONANTS[number >> shift & 15];
  const vowel = (shift) => VOWELS[number >> shift & 3];
  return consonant(12) + vowel(10) + consonant(6) + vowel(4) + consonant(0);
}

// trustee/making.ts
var GOOD = ["fair", "strong"];
var Making = class {
  // base64url: what will be registered
  constructor(place, registered) {
    this.place = place;
    this.registered = registered;
    this.wirePhrase();
    this.wireFile();
    this.wireSheet();
    this.wireCode();
    this.wireExisting();
    window.addEventListener("beforeunload", (event) => {
      if (this.key) event.preventDefault();
    });
    window.addEventListener("pagehide", () => this.forget());
    window.addEventListener("pageshow", (event) => {
      if (event.persisted) location.reload();
    });
  }
  place;
  registered;
  key = null;
  // with its secret
  saved = false;
  code = "";
  point = "";
  /** Nothing secret is left in the page's memory or fields. */
  forget() {
    this.key?.scalar.fill(0);
    this.key = null;
    this.saved = false;
    for (const field of ["#phrase", "#phrase-again"]) find(field).value = "";
    for (const place of ["#sheet-lines", "#suggestion"]) find(place).replaceChildren();
  }
  wirePhrase() {
    whenPressed("#begin-making", () => {
      this.suggest();
      show("phrase");
    });
    whenPressed("#suggest", () => this.suggest());
    whenPressed("#use-suggestion", () => {
      find("#phrase").value = find("#suggestion").textContent;
      this.judgePhrase();
      find("#phrase-again").focus();
    });
    find("#phrase").addEventListener("input", () => this.judgePhrase());
    find("#show-phrase").addEventListener("change", (event) => {
      const type = event.target.checked ? "text" : "password";
      for (const one of ["#phrase", "#phrase-again"]) find(one).type = type;
    });
    find("#phrase-form").addEventListener("submit", (event) => {
      event.preventDefault();
      if (this.phraseHolds()) this.toFile();
    });
  }
  suggest() {
    find("#suggestion").textContent = suggested();
  }
  judgePhrase() {
    const { value } = find("#phrase");
    const found2 = judge(value);
    const text = found2 === "empty" ? "" : say(`phrase-${found2}`, { length: lengthOf2(value) });
    find("#phrase-judgement").textContent = text;
  }
  phraseHolds() {
    const phrase = find("#phrase").value;
    const again = find("#phrase-again").value;
    const found2 = judge(phrase);
    const isGood = GOOD.includes(found2);
    const weak = isGood ? "" : say(`phrase-${found2}`, { length: lengthOf2(phrase) });
    const unlike = isGood && phrase.trim() !== again.trim() ? say("phrase-unlike") : "";
    fault("#phrase-again-fault", unlike, "#phrase-again");
    return fault("#phrase-fault", weak, "#phrase") && !unlike;
  }
  toFile() {
    this.saved = false;
    find("#file-saved").textContent = "";
    fault("#file-fault", "");
    show("file", { "file-name": fileName(this.place) });
  }
  wireFile() {
    whenPressed("#save-file", async () => {
      this.key ??= await makeKey();
      const phrase = find("#phrase").value.trim();
      const file = await writeKeyFile(this.key, this.place, phrase);
      save(file, fileName(this.place), "application/json");
      this.saved = true;
      fault("#file-fault", "");
      find("#file-saved").textContent = say("file-saved", { name: fileName(this.place) });
    });
    whenPressed("#file-back", () => show("phrase"));
    whenPressed("#file-on", async () => {
      if (fault("#file-fault", this.saved ? "" : say("file-first"))) await this.toSheet();
      else find("#save-file").focus();
    });
  }
  wireSheet() {
    whenPressed("#print-sheet", () => window.print());
    whenPressed("#sheet-back", () => show("file", { "file-name": fileName(this.place) }));
    whenPressed("#sheet-on", () => this.toCode(base64url(this.key.point), "sheet"));
  }
  async toSheet() {
    this.code = await checkCode(this.key.point);
    const lines = linesOf(this.key.scalar).map((line) => {
      const item = document.createElement("li");
      item.textContent = line;
      return item;
    });
    find("#sheet-lines").replaceChildren(...lines);
    show("sheet", { "check-code": this.code });
  }
  toCode(point, from) {
    this.point = point;
    find("#typed-code").value = "";
    fault("#typed-code-fault", "");
    find("#code-of-sheet").hidden = from !== "sheet";
    find("#code-of-existing").hidden = from !== "existing";
    find("#code-back").dataset.to = from;
    show("code");
  }
  wireCode() {
    const back = find("#code-back");
    whenPressed("#code-back", () => show(back.dataset.to));
    let isBusy = false;
    find("#code-form").addEventListener("submit", async (event) => {
      event.preventDefault();
      if (isBusy) return;
      isBusy = true;
      await this.register().finally(() => isBusy = false);
    });
  }
  async register() {
    const typed = plainCode(find("#typed-code").value);
    const wrong = typed ? "code-wrong" : "code-missing";
    const holds = typed === plainCode(this.code);
    if (!fault("#typed-code-fault", holds ? "" : say(wrong), "#typed-code")) return;
    try {
      await post(`/nyckel/${this.place.round}/registrera`, { public: this.point });
    } catch (error) {
      fault("#typed-code-fault", inWords(error), "#typed-code");
      return;
    }
    this.forget();
    this.registered(this.point);
    show("registered", { "check-code": this.code });
  }
  /** A key that was made before, on this page or by the command, but not registered. */
  wireExisting() {
    const holding = new Holding("existing", this.place, "");
    whenPressed("#have-file", () => show("existing"));
    whenPressed("#existing-back", () => show("begin"));
    find("#existing-form").addEventListener("submit", async (event) => {
      event.preventDefault();
      const point = holding.way === "elsewhere" ? await pastedKey() : (await holding.take())?.public;
      if (!point) return;
      holding.empty();
      this.code = await checkCode(fromBase64url(point));
      this.toCode(point, "existing");
    });
  }
};
async function pastedKey() {
  const pasted = find("#public-key").value.trim();
  const isKey = await isPoint(pasted);
  fault("#public-key-fault", isKey ? "" : say("public-key-wrong"), "#public-key");
  return isKey ? pasted : null;
}

// trustee/meter.ts
var SPOKEN = 10;
var SPANS = {
  download: [0, 30],
  checking: [30, 35],
  opening: [35, 65],
  sorting: [65, 70],
  upload: [70, 100]
};
var Meter = class {
  spoken = "";
  tell(stage, done, all) {
    const [from, to] = SPANS[stage];
    const part = all ? Math.min(done / all, 1) : 1;
    find("#progress").value = from + part * (to - from);
    const text = say(`stage-${stage}`, { part: Math.floor(part * 100) });
    find("#progress-text").textContent = text;
    const step = `${stage} ${Math.floor(part * SPOKEN)}`;
    if (step === this.spoken) return;
    this.spoken = step;
    find("#progress-spoken").textContent = text;
  }
};

// trustee/peeler.ts
function peelAway(script, work, signal, progress) {
  const worker = new Worker(script, { type: "module" });
  return new Promise((resolve, reject) => {
    signal.addEventListener("abort", () => reject(new DOMException("stopped", "AbortError")));
    worker.onerror = () => reject(new Error("the worker does not start"));
    worker.onmessage = ({ data: report }) => {
      if (report.kind === "progress") progress(report.stage, report.done, report.all);
      else if (report.kind === "done") resolve(report.peeled);
      else reject(errorOf(report.fault));
    };
    worker.postMessage(work, [work.data.buffer]);
  }).finally(() => worker.terminate());
}
function errorOf(fault2) {
  if (fault2 === "wrong-key") return new WrongKeyError();
  return fault2 === "unexpected" ? new Error(fault2) : new BatchError(fault2);
}

// trustee/transfer.ts
async function download(url, bound, signal, told) {
  const headers = { Accept: "application/json" };
  const answer = await fetch(url, { cache: "no-store", headers, signal });
  if (!answer.ok) {
    throw new RefusalError(answer.status, fieldsOf(await answer.text()).error ?? "");
  }
  const all = Number(answer.headers.get("Content-Length")) || bound;
  let whole = new Uint8Array(Math.min(all, bound));
  let at = 0;
  const reader = answer.body.getReader();
  for (; ; ) {
    const { done, value } = await reader.read();
    if (done) return whole.slice(0, at);
    if (at + value.length > whole.length) {
      if (at + value.length > bound) throw new RefusalError(413, "");
      const larger = new Uint8Array(bound);
      larger.set(whole);
      whole = larger;
    }
    whole.set(value, at);
    at += value.length;
    told(at, all);
  }
}
function upload(url, data, record, signal, told) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", url);
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.setRequestHeader("Accept", "application/json");
    request.setRequestHeader("X-CSRFToken", csrf());
    request.setRequestHeader("X-Record", canonicalText({ ...record }));
    request.upload.onprogress = (event) => told(event.loaded, data.length);
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) resolve();
      else reject(new RefusalError(request.status, fieldsOf(request.responseText).error ?? ""));
    };
    request.onerror = () => reject(new TypeError("no connection"));
    request.onabort = () => reject(new DOMException("stopped", "AbortError"));
    signal.addEventListener("abort", () => request.abort());
    request.send(new Blob([data]));
  });
}

// trustee/opening.ts
var HEADER = 1024;
var Opening = class {
  constructor(place, page) {
    this.place = place;
    this.page = page;
    this.address = `/oppning/${place.round}/batch`;
    this.holding = new Holding("opening", place, page.dataset.public);
    find("#opening-form").addEventListener("submit", (event) => {
      event.preventDefault();
      void this.begin();
    });
    whenPressed("#stop", () => this.stopping.abort());
    whenPressed("#again", () => void this.run());
    whenPressed("#other-key", () => this.restart());
    whenPressed("#take-along", () => this.takeAlong());
    window.addEventListener("beforeunload", (event) => {
      if (this.isRunning || this.peeled) event.preventDefault();
    });
    window.addEventListener("pagehide", () => this.forget());
  }
  place;
  page;
  holding;
  meter = new Meter();
  address;
  pair = null;
  peeled = null;
  stopping = new AbortController();
  isRunning = false;
  /** The batch and its record, as the command writes them. */
  takeAlong() {
    if (!this.peeled) return;
    const { round, layer } = this.place;
    const name = `${say("batch-file-name")}-${round.slice(0, 8)}-${layer}.batch`;
    save(this.peeled.data, name, "application/octet-stream");
    save(canonical({ ...this.peeled.record }), `${name}.json`, "application/json");
  }
  async begin() {
    if (this.isRunning) return;
    this.isRunning = true;
    const held = await this.holding.take().finally(() => this.isRunning = false);
    if (!held) return;
    this.pair = held.pair;
    this.holding.empty();
    await this.run();
  }
  /** From where it stopped: a batch that has been peeled is only handed in. */
  async run() {
    if (this.isRunning) return;
    this.isRunning = true;
    this.stopping = new AbortController();
    show("working");
    try {
      this.peeled ??= await this.peel();
      await this.handIn(this.peeled);
    } catch (error) {
      this.fail(error);
    } finally {
      this.isRunning = false;
    }
  }
  async peel() {
    const length = Number(this.page.dataset.length);
    const bound = HEADER + Number(this.page.dataset.count) * length;
    const { signal } = this.stopping;
    const tell = this.meter.tell.bind(this.meter);
    const data = await download(
      this.address,
      bound,
      signal,
      (done, all) => tell("download", done, all)
    );
    const work = { data, place: this.place, length, pair: this.pair };
    return peelAway(this.page.dataset.worker, work, signal, tell);
  }
  async handIn(peeled) {
    const { data, record } = peeled;
    const told = (done, all) => this.meter.tell("upload", done, all);
    const { signal } = this.stopping;
    await renewing(() => upload(this.address, data, record, signal, told));
    this.forget();
    find("#blanks").hidden = record.blanks === 0;
    show("handed-in", {
      count: say(record.out === 1 ? "ballots-one" : "ballots-many", { count: record.out }),
      blanks: say(record.blanks === 1 ? "blanks-one" : "blanks-many", { count: record.blanks }),
      digest: record.out_sha256.replace(/(.{4})(?=.)/g, "$1 ")
    });
  }
  fail(error) {
    const isStopped = this.stopping.signal.aborted;
    find("#take-along").hidden = !this.peeled;
    find("#kept-peeled").hidden = !this.peeled;
    find("#kept-nothing").hidden = this.peeled !== null;
    show("stopped", { reason: isStopped ? say("stopped") : inWords(error) });
  }
  restart() {
    this.forget();
    show("ready");
  }
  forget() {
    this.pair = null;
    this.peeled = null;
  }
};

// trustee/testing.ts
var ANSWER = /^[0-9a-f]{64}$/;
var Testing = class {
  constructor(place, registered) {
    this.place = place;
    this.address = `/nyckel/${place.round}/prov`;
    this.holding = new Holding("test", place, registered);
    whenPressed("#fetch-test", () => this.saying(() => this.fetchFile()));
    find("#test-form").addEventListener("submit", async (event) => {
      event.preventDefault();
      if (this.isBusy) return;
      this.isBusy = true;
      await this.saying(() => this.run()).finally(() => this.isBusy = false);
    });
  }
  place;
  holding;
  address;
  isBusy = false;
  async saying(work) {
    fault("#test-fault", "");
    find("#test-status").textContent = say("test-opening");
    try {
      await work();
    } catch (error) {
      fault("#test-fault", inWords(error));
      find("#test-fault").focus();
    } finally {
      find("#test-status").textContent = "";
    }
  }
  async run() {
    const isDone = this.holding.way === "elsewhere" ? await this.relay() : await this.open();
    if (!isDone) return;
    this.holding.empty();
    show("tested");
  }
  /** The key is here. */
  async open() {
    const held = await this.holding.take();
    if (!held) return false;
    const test = await post(this.address);
    const found2 = await testAnswer(held.pair, this.place, fromBase64url(test.sealed));
    await post(`${this.address}/${test.test}`, { answer: found2 ? hex(found2) : "" });
    return true;
  }
  /** The key is on another computer, and the command has opened a test there, perhaps days ago. */
  async relay() {
    const answer = find("#test-answer").value.trim().toLowerCase();
    const wrong = ANSWER.test(answer) ? "" : say("test-answer-wrong");
    if (!fault("#test-answer-fault", wrong, "#test-answer")) return false;
    await post(`${this.address}/svar`, { answer });
    return true;
  }
  async fetchFile() {
    const test = await post(this.address);
    const { round, layer } = this.place;
    const name = `${say("test-file-name")}-${round.slice(0, 8)}-${layer}.json`;
    save(canonical({ round, layer, sealed: test.sealed }), name, "application/json");
    fault("#test-answer-fault", "");
  }
};

// trustee/main.ts
var keyPage = document.getElementById("trustee-key");
var openingPage = document.getElementById("trustee-opening");
function placeOf(page) {
  return { round: page.dataset.round, layer: Number(page.dataset.layer) };
}
function startKeyPage(page) {
  const place = placeOf(page);
  let registered = page.dataset.registered ?? "";
  let testing = null;
  const toTest = () => {
    testing ??= new Testing(place, registered);
    show("test");
  };
  if (document.getElementById("begin-making")) {
    new Making(place, (point) => {
      registered = point;
    });
  }
  onClick("[data-to-test]", toTest);
  onClick("[data-to-begin]", () => show("begin"));
}
onClick("[data-reload]", () => location.reload());
if (!globalThis.crypto?.subtle) {
  find("#unsupported").hidden = false;
} else if (keyPage) {
  startKeyPage(keyPage);
  keyPage.hidden = false;
} else if (openingPage) {
  new Opening(placeOf(openingPage), openingPage);
  openingPage.hidden = false;
}
/*! Bundled license information:

@hpke/common/esm/src/curve/modular.js:
@hpke/common/esm/src/curve/montgomery.js:
  (*! noble-curves - MIT License (c) 2022 Paul Miller (paulmillr.com) *)
*/
