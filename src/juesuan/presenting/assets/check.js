"use strict";
(() => {
  const tools = document.getElementById("tools");
  const pages = document.getElementById("pages");
  const boxes = document.getElementById("boxes");
  if (boxes) {
    boxes.parentElement.hidden = false;
    boxes.addEventListener("change", () => pages.classList.toggle("bare", !boxes.checked));
  }
  for (const area of document.querySelectorAll(".scroll")) centre(area);
  for (const details of document.querySelectorAll("details")) {
    details.addEventListener("toggle", () => details.querySelectorAll(".scroll").forEach(centre));
  }
  if (!tools) return;
  tools.hidden = false;
  tools.addEventListener("submit", (event) => event.preventDefault());

  const articles = [...document.querySelectorAll("article")];
  const texts = new Map(articles.map((one) => [one, one.textContent.normalize("NFKC").toLowerCase()]));
  const shown = document.getElementById("shown");
  const search = document.getElementById("search");
  const kind = document.getElementById("kind");
  const keys = document.getElementById("keys");
  const heading = document.querySelector("#findings h2");
  const grades = [...tools.querySelectorAll("fieldset input")];

  function filter() {
    const wanted = new Set(grades.filter((box) => box.checked).map((box) => box.value));
    const words = search.value.normalize("NFKC").toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    for (const one of articles) {
      const fits = wanted.has(one.dataset.severity) && (!kind || !kind.value || kind.value === one.dataset.kind)
        && words.every((word) => texts.get(one).includes(word));
      one.hidden = !fits;
      count += fits;
    }
    shown.textContent = count === articles.length ? "" : `显示 ${count} / ${articles.length}`;
    heading.dataset.shown = count === articles.length ? "" : `，只列出其中 ${count} 处`;
  }
  tools.addEventListener("input", filter);
  filter();

  /* a finding that is filtered out is shown again when a link leads to it */
  window.addEventListener("hashchange", () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    if (target.matches("article[hidden]")) {
      for (const box of grades) box.checked = true;
      if (kind) kind.value = "";
      search.value = "";
      filter();
    }
    if (target.matches("article, figure")) target.focus();
    target.scrollIntoView({ block: target.matches("g") ? "center" : "start" });
  });

  let last = null;
  function here() {
    const focused = document.activeElement && document.activeElement.closest("article");
    return focused && !focused.hidden ? focused : last && !last.hidden ? last : null;
  }
  function step(by) {
    const visible = articles.filter((one) => !one.hidden);
    if (!visible.length) return;
    const at = visible.indexOf(here());
    const next = at < 0 ? (by > 0 ? nearest(visible) : visible.length - 1) : at + by;
    go(visible[Math.min(Math.max(next, 0), visible.length - 1)]);
  }
  function go(one) {
    last = null;
    one.focus({ preventScroll: true });
    one.scrollIntoView({ block: "start" });
  }
  function nearest(visible) {
    const at = visible.findIndex((one) => one.getBoundingClientRect().bottom > tools.getBoundingClientRect().bottom);
    return Math.max(at, 0);
  }
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const field = event.target.closest("input:not([type=checkbox]), select, textarea");
    if (event.key === "Escape" && field) return field.blur();
    if (field || !keys.checked) return;
    if (event.key === "j" || event.key === "k") step(event.key === "j" ? 1 : -1);
    else if (event.key === "/") search.focus();
    else if (event.key === "Escape" && last) go(last);
    else if (event.key === "Enter" && event.target.matches("article")) {
      const look = event.target.querySelector(".look");
      if (!look) return;
      last = event.target;
      location.hash = look.getAttribute("href");
    } else return;
    event.preventDefault();
  });

  /* what is marked comes into view where a strip is wider than the screen */
  function centre(area) {
    const mark = area.querySelector("rect.wrong, mark");
    if (!mark || area.scrollWidth <= area.clientWidth) return;
    area.tabIndex = 0;
    area.setAttribute("role", "group");
    area.setAttribute("aria-label", "原文，可左右移动");
    const box = mark.getBoundingClientRect();
    area.scrollLeft += box.left + box.width / 2 - area.getBoundingClientRect().left - area.clientWidth / 2;
  }
})();
