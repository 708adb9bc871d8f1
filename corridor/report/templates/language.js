"use strict";
// The labels of the page in another language (draft). What has no translation stays English and is marked as English.
(function () {
  const languages = JSON.parse(document.getElementById("language-data").textContent);
  const english = { code: "en", direction: "ltr", decimal: ".", thousands: ",", labels: {} };
  const panel = document.getElementById("languages");
  const draft = document.getElementById("draft");
  const NUMBER = /(?<![\d.,])(\d{1,3}(?:,\d{3})*)(\.\d+)?(?![\d.,]*\d)/g;
  const AMOUNT = /^([\s≥≤<>~+−–\-×?%.,\d]*\d[\s%.,\d]*?)\s?([A-Za-z][A-Za-z₂/ ]*)?$/;
  const RANGE = /^(at least )?(≥?\s?\d[\d.,]*) to (\d[\d.,]*)$/;
  const ATTRIBUTES = ["aria-label", "title", "alt"];
  const UNTOUCHED = "script, style, svg, #languages, [data-own-text]";
  const originals = new WeakMap();
  let current = english;

  function number(text) {
    return text.replace(NUMBER, (_, whole, part) =>
      whole.replaceAll(",", current.thousands) + (part ? current.decimal + part.slice(1) : ""));
  }

  // An amount reads from left to right, its sign first, also between words that read from right to left.
  function amount(text) {
    return current.direction === "rtl" ? "\u2066" + number(text) + "\u2069" : number(text);
  }

  // The text in the current language; null where there is none.
  function translated(text) {
    const core = text.trim().replace(/\s+/g, " ");
    const label = current.labels[core];
    if (label !== undefined) return number(label);
    const range = RANGE.exec(core);
    if (range) return (range[1] ? current.labels["at least"] + " " : "") + amount(range[2] + "–" + range[3]);
    const found = AMOUNT.exec(core);
    if (!found) return null;
    if (!found[2]) return amount(found[1]);
    const unit = current.labels[found[2]];
    return unit === undefined ? null : amount(found[1]) + "\u00a0" + unit;
  }

  function markEnglish(node, isEnglish) {
    if (isEnglish) {
      node.lang = "en";
      node.dir = "ltr";
    } else {
      node.removeAttribute("lang");
      node.removeAttribute("dir");
    }
  }

  function showText(node) {
    if (!originals.has(node)) originals.set(node, node.data);
    const original = originals.get(node);
    if (!/[\p{L}\d]/u.test(original)) return;
    const text = current === english ? original : translated(original);
    markEnglish(node.parentElement, text === null);
    const [, before, after] = /^(\s*)[^]*?(\s*)$/.exec(original);
    node.data = text === null || current === english ? original : before + text + after;
  }

  function showAttributes(element) {
    if (!originals.has(element)) {
      originals.set(element, new Map(ATTRIBUTES.filter((name) => element.hasAttribute(name)).map((name) => [name, element.getAttribute(name)])));
    }
    for (const [name, original] of originals.get(element)) {
      element.setAttribute(name, current === english ? original : translated(original) || original);
    }
  }

  function show(root) {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT, (node) => {
      if (node.nodeType === Node.TEXT_NODE) return NodeFilter.FILTER_ACCEPT;
      return node.matches(UNTOUCHED) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT;
    });
    const found = [];
    for (let node = root; node; node = walker.nextNode()) found.push(node);
    for (const node of found) {
      if (node.nodeType === Node.TEXT_NODE) showText(node);
      else if (ATTRIBUTES.some((name) => node.hasAttribute(name))) showAttributes(node);
    }
  }

  // The heading of a section is a message in English: its subject stands before it.
  function showSubjects() {
    for (const link of document.querySelectorAll(".contents a")) {
      const heading = document.querySelector(link.hash + " h2");
      if (heading && current !== english) heading.dataset.subject = link.textContent;
      else if (heading) delete heading.dataset.subject;
    }
  }

  const changes = new MutationObserver((records) => {
    const added = records.flatMap((record) => [...record.addedNodes]).filter((node) => node.isConnected);
    quietly(() => added.forEach((node) => {
      if (node.nodeType === Node.TEXT_NODE && !node.parentElement.closest(UNTOUCHED)) showText(node);
      else if (node.nodeType === Node.ELEMENT_NODE && !node.closest(UNTOUCHED)) show(node);
    }));
  });

  function quietly(change) {
    changes.disconnect();
    change();
    if (current !== english) changes.observe(document.body, { childList: true, subtree: true });
  }

  function choose(code) {
    current = languages.find((language) => language.code === code) || english;
    document.documentElement.lang = current.code;
    document.documentElement.dir = current.direction;
    quietly(() => {
      show(document.body);
      showSubjects();
    });
    draft.hidden = current === english;
    document.dispatchEvent(new Event("languagechosen"));
    for (const button of panel.querySelectorAll("button")) {
      button.setAttribute("aria-pressed", String(button.value === current.code));
    }
  }

  panel.addEventListener("click", (event) => {
    if (event.target.value) choose(event.target.value);
  });
  panel.hidden = false;
  const asked = new URLSearchParams(location.search).get("lang");
  if (asked) choose(asked);
})();
