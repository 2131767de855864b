/* Draws the charts of a page after its text is there; without this file the table below each chart says the same.
   Specifications are read as data (ast mode): no eval, no style of theirs in the page. */
"use strict";

(() => {
  const addresses = document.currentScript.dataset.libraries.split(" ");
  const DAY = 24 * 3600 * 1000;
  let libraries = null;

  function load(address) {
    return new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = address;
      script.onload = resolve;
      script.onerror = () => reject(new Error(address));
      document.head.append(script);
    });
  }

  function loadLibraries() {
    libraries ??= addresses.reduce((before, address) => before.then(() => load(address)), Promise.resolve());
    return libraries;
  }

  function colour(name) {
    return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  }

  /* The colours of the page, which follow the scheme of the reader. */
  function look(config) {
    const soft = colour("--soft"), line = colour("--line");
    return {
      ...config,
      axis: { ...config.axis, labelColor: soft, titleColor: soft, domainColor: line, tickColor: line, gridColor: line },
      legend: { ...config.legend, labelColor: colour("--ink") },
    };
  }

  function isoDay(moment) {
    const day = new Date(moment);
    return [day.getFullYear(), day.getMonth() + 1, day.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
  }

  /* A drawn interval is put into the form of days and asked for when the pointer is lifted. */
  function followBrush(place, view) {
    const form = document.getElementById("rentang");
    if (!form || !view.signal || !hasSignal(view, "rentang")) return;
    let span = null;
    view.addSignalListener("rentang", (_name, value) => {
      span = Object.values(value ?? {}).find(Array.isArray) ?? null;
    });
    let drawing = false;
    place.addEventListener("pointerdown", () => { drawing = true; });
    window.addEventListener("pointerup", () => setTimeout(() => { // also where the pointer left the chart meanwhile
      if (!drawing || !span) return;
      drawing = false;
      const [start, end] = span.map(Number).sort((one, other) => one - other);
      if (end - start < DAY / 2) return;
      form.elements.dari.value = isoDay(start);
      form.elements.sampai.value = isoDay(end - 1);
      form.requestSubmit();
    }, 50));
  }

  function hasSignal(view, name) {
    return Object.hasOwn(view.getState({ signals: (signal) => signal === name, data: () => false }).signals, name);
  }

  async function draw(place) {
    const name = place.getAttribute("aria-label");
    const spec = JSON.parse(document.getElementById(place.dataset.chart).textContent);
    spec.config = look(spec.config ?? {});
    const options = { ast: true, actions: false, renderer: "svg", defaultStyle: false, tooltip: false };
    const { view } = await window.vegaEmbed(place, spec, options);
    place.querySelector("svg").setAttribute("aria-hidden", "true"); // the place has a name, its table the numbers
    place.setAttribute("role", "img"); // vega gives it a role and a name of its own
    place.setAttribute("aria-label", name);
    place.removeAttribute("aria-roledescription");
    followBrush(place, view);
  }

  async function drawCharts() {
    const places = [...document.querySelectorAll("[data-chart]:empty")];
    if (places.length === 0) return;
    await loadLibraries();
    for (const place of places) await draw(place);
  }

  document.addEventListener("DOMContentLoaded", drawCharts);
})();
