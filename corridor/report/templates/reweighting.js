"use strict";
// The sliders above the ranking: what corridor/report/reweighting.py computes, for the weights that a reader sets.
(function () {
  const HOURS_PER_DAY = 24, KG_PER_T = 1000, SLACK_DAYS = 1e-9;
  const panel = document.getElementById("reweighting");
  if (!panel) return;
  const data = JSON.parse(document.getElementById("reweighting-data").textContent);
  const table = document.querySelector("table.ranking");
  const sliders = {};
  for (const input of panel.querySelectorAll("input[type=range]")) sliders[input.dataset.weight] = input;

  // `which` is "value" for what the reader set, "defaultValue" for the scenario's.
  function readWeights(which) {
    const set = (key) => Number(sliders[key][which]);
    return {
      cargoUsdPerDay: data.cargoUsdPerDay * set("cargo"),
      carbonUsdPerT: set("carbon"),
      borderTimes: set("border"),
      premiumUsdPerH: set("premium"),
    };
  }

  function stayUsd(stay, borderTimes) {
    return stay.feesUsd[Math.ceil((stay.otherH + borderTimes * stay.borderH) / HOURS_PER_DAY - SLACK_DAYS)];
  }

  function reweight(option, weights) {
    const more = weights.borderTimes - 1;
    const stays = option.stays.reduce((sum, stay) => sum + stayUsd(stay, weights.borderTimes) - stayUsd(stay, 1), 0);
    const again = more * option.clockUsd + stays;
    const back = option.returnUsd ? Math.max(0, option.returnUsd + option.returnShare * again) : 0;
    const moneyUsd = option.moneyUsd + again + more * option.idleUsd + back - option.returnUsd;
    const borderH = weights.borderTimes * option.borderH;
    const timeH = option.timeH + more * option.borderH;
    const co2eKg = option.co2eKg + more * option.idleKg;
    const weighedUsd = moneyUsd + weights.cargoUsdPerDay / HOURS_PER_DAY * timeH +
      weights.carbonUsdPerT / KG_PER_T * co2eKg + weights.premiumUsdPerH * borderH;
    return { label: option.label, name: option.name, moneyUsd, timeH, borderH, co2eKg, weighedUsd };
  }

  function rank(weights) {
    return data.options.map((option) => reweight(option, weights)).sort((a, b) => a.weighedUsd - b.weighedUsd);
  }

  function whole(number) {
    return Math.round(number).toLocaleString("en-US");
  }

  function cells(option) {
    return {
      usd: whole(option.moneyUsd),
      generalised: whole(option.weighedUsd),
      days: (option.timeH / HOURS_PER_DAY).toFixed(1),
      borders: (option.borderH / HOURS_PER_DAY).toFixed(1),
      co2e: (option.co2eKg / KG_PER_T).toFixed(1),
    };
  }

  function showRanking(ranked) {
    for (const option of ranked) {
      const body = table.querySelector('tbody[data-label="' + option.label + '"]');
      for (const [cell, text] of Object.entries(cells(option))) {
        body.querySelector('[data-cell="' + cell + '"]').textContent = text;
      }
      table.appendChild(body);
    }
  }

  function showSettings(weights) {
    const texts = {
      cargo: whole(weights.cargoUsdPerDay) + " USD a day",
      carbon: weights.carbonUsdPerT + " USD/t",
      border: "× " + weights.borderTimes.toFixed(2),
      premium: weights.premiumUsdPerH + " USD/h",
    };
    for (const [key, text] of Object.entries(texts)) {
      document.getElementById("weight-" + key + "-shown").textContent = text;
      sliders[key].setAttribute("aria-valuetext", text);
    }
  }

  function sentence(ranked) {
    const [best, next] = ranked;
    return "Best at these settings, on what is known: " + best.label + ", " + best.name + ", at " +
      whole(best.weighedUsd) + " USD of generalised cost, " + whole(next.weighedUsd - best.weighedUsd) +
      " USD less than " + next.label + ".";
  }

  function update() {
    const weights = readWeights("value");
    const ranked = rank(weights);
    showSettings(weights);
    showRanking(ranked);
    panel.querySelector("[role=status]").textContent = sentence(ranked);
  }

  function reset() {
    for (const input of Object.values(sliders)) input.value = input.defaultValue;
    update();
  }

  for (const input of Object.values(sliders)) input.addEventListener("input", update);
  panel.querySelector("button").addEventListener("click", reset);
  window.addEventListener("beforeprint", () => showRanking(rank(readWeights("defaultValue"))));
  window.addEventListener("afterprint", update);
  panel.hidden = false;
  update();
})();
