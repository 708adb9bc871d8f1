"use strict";
// An option pointed at, or reached by the keyboard, stands out in the map, the charts, the cards and the tables together.
(function () {
  const FADED = 0.18;
  const CHOOSES = ".ranking tbody[data-label], .card[data-label], .toggles label[data-label], #closed tr[data-label]";
  const OPACITY = { "-edge": "line-opacity", "": "line-opacity", "-sea": "line-opacity", "-direction": "icon-opacity" };
  const marked = [...document.querySelectorAll("[data-label]")];
  const charts = [...document.querySelectorAll(".picture img")];
  const labels = [...new Set(marked.map((node) => node.dataset.label))];

  function fadeLayers(map, label) {
    for (const other of labels) {
      const opacity = label === null || other === label ? 1 : FADED;
      for (const [part, property] of Object.entries(OPACITY)) {
        if (map.getLayer("option-" + other + part)) map.setPaintProperty("option-" + other + part, property, opacity);
      }
    }
  }

  // A chart is a picture: the end of its address says which option stands out in it.
  function fadeCharts(label) {
    for (const chart of charts) {
      const { top, bottom } = chart.getBoundingClientRect();
      const isSeen = bottom > 0 && top < window.innerHeight;
      const address = chart.src.split("#")[0] + (label !== null && isSeen ? "#" + label : "");
      if (chart.src !== address) chart.src = address;
    }
  }

  function highlight(label) {
    for (const node of marked) node.classList.toggle("pointed-at", node.dataset.label === label);
    for (const letter of document.querySelectorAll(".map-letter")) {
      letter.classList.toggle("faded", label !== null && letter.textContent !== label);
    }
    if (window.corridorMap) fadeLayers(window.corridorMap, label);
    fadeCharts(label);
  }

  // What has the keyboard's focus stays marked when the pointer leaves.
  function leave() {
    const focused = document.activeElement && document.activeElement.closest(CHOOSES);
    highlight(focused ? focused.dataset.label : null);
  }

  for (const node of document.querySelectorAll(CHOOSES)) {
    const choose = () => highlight(node.dataset.label);
    node.addEventListener("mouseenter", choose);
    node.addEventListener("mouseleave", leave);
    node.addEventListener("focusin", choose);
    node.addEventListener("focusout", () => highlight(null));
  }
})();
