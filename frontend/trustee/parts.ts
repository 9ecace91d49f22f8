/** The parts that tests try one by one, from the same sources as the pages' script. */

export { base64url, fromBase64url, fromHex, hex } from "../answer/bytes";
export { BatchError } from "./batch";
export { canonicalText } from "./canonical";
export { KeyFileError, fileName, openKeyFile, readKeyFile, writeKeyFile } from "./keyfile";
export { OtherKeyError, makeKey, pairOf } from "./pair";
export { WrongKeyError, blank, peel } from "./peeling";
export { judge, suggested } from "./phrase";
export { checkCode, faultIn, linesOf, plainCode, scalarOf } from "./sheet";
export { suiteOf, testAnswer, unsealed } from "./unsealing";
export { Aes128Gcm } from "@hpke/core";
