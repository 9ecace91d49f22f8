/** The parts that tests try one by one, from the same sources as the page's script. */

export { blind, finalize, prepare, publicKey } from "./blinding";
export { base64url, fromHex, hex, sha256 } from "./bytes";
export { Form } from "./form";
export { itemsIn, nameOf } from "./items";
export { padded, seal, sealed } from "./sealing";
export { hasIdentityNumber, hasMail, hasPhone } from "./texts";
export { Aes128Gcm, Aes256Gcm } from "@hpke/core";
