/* Draws the charts of a page after its text is there; without this file the table below each chart says the same. */
"use strict";

const LIBRARIES = ["vega.min.js", "vega-lite.min.js", "vega-embed.min.js"];
let libraries = null;

function load(name) {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = "/static/vendor/" + name;
    script.onload = resolve;
    script.onerror = () => reject(new Error(name));
    document.head.append(script);
  });
}

function loadLibraries() {
  libraries ??= LIBRARIES.reduce((before, name) => before.then(() => load(name)), Promise.resolve());
  return libraries;
}

async function drawCharts() {
  const places = [...document.querySelectorAll("[data-chart]:empty")];
  if (places.length === 0) return;
  await loadLibraries();
  for (const place of places) {
    const spec = JSON.parse(document.getElementById(place.dataset.chart).textContent);
    await window.vegaEmbed(place, spec, { ast: true, actions: false, renderer: "svg", defaultStyle: false, tooltip: false });
  }
}

document.addEventListener("DOMContentLoaded", drawCharts);
