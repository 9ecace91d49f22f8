/** The trustees' pages: a key is made and tested on one, a layer of the ballots opened on the other. */

import { find, onClick } from "../answer/dom";
import { show } from "./blocks";
import type { Place } from "./keyfile";
import { Making } from "./making";
import { Opening } from "./opening";
import { Testing } from "./testing";

const keyPage = document.getElementById("trustee-key");
const openingPage = document.getElementById("trustee-opening");

function placeOf(page: HTMLElement): Place {
  return { round: page.dataset.round!, layer: Number(page.dataset.layer) };
}

function startKeyPage(page: HTMLElement): void {
  const place = placeOf(page);
  let registered = page.dataset.registered ?? "";
  let testing: Testing | null = null;
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

/** Keys need the browser's cryptography, which it keeps from addresses that anybody can change. */
if (!globalThis.crypto?.subtle) {
  find("#unsupported").hidden = false;
} else if (keyPage) {
  startKeyPage(keyPage);
  keyPage.hidden = false;
} else if (openingPage) {
  new Opening(placeOf(openingPage), openingPage);
  openingPage.hidden = false;
}
