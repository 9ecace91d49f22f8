/** What a free text should not hold: it is stopped or pointed out before it is sealed. */

// Years with or without a century, parts set off by spaces, points or dashes in any way.
const NUMBER =
  /(?<!\d)(?:(?:18|19|20)[\s-]?)?(\d\d)[\s.-]?(\d\d)[\s.-]?(\d\d)(?:\s?[-+–—−]\s?|\s)?(\d{4})(?!\d)/g;
const MAIL = /[\p{L}\d._%+-]+@[\p{L}\d-]+(\.[\p{L}\d-]+)+/u;
const PHONE = /(?<![\d+])(?:\+46|0046|0)[\s-]?(?:\(0\))?[1-9](?:[\s/-]{0,3}\d){6,10}(?!\d)/;

/** Holds a Swedish personal identity number or a coordination number with the right check digit. */
export function hasIdentityNumber(text: string): boolean {
  for (const [, year, month, day, end] of text.matchAll(NUMBER)) {
    const dayOfMonth = Number(day) > 60 ? Number(day) - 60 : Number(day); // coordination number
    const isDate = Number(month) >= 1 && Number(month) <= 12 && dayOfMonth >= 1 && dayOfMonth <= 31;
    if (isDate && passesLuhn(`${year}${month}${day}${end}`)) return true;
  }
  return false;
}

export function hasMail(text: string): boolean {
  return MAIL.test(text);
}

export function hasPhone(text: string): boolean {
  return PHONE.test(text);
}

/** The check digit of ten digits, every other one doubled from the first. */
function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (const [index, digit] of Array.from(digits, Number).entries()) {
    const product = index % 2 === 0 ? digit * 2 : digit;
    sum += product > 9 ? product - 9 : product;
  }
  return sum % 10 === 0;
}
