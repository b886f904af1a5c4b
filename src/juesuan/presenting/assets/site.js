"use strict";
(function () {
  /* Searching the first page, and comparing. Data come as scripts, so that pages work from a disk as well. */
  function all(selector, root) { return Array.prototype.slice.call((root || document).querySelectorAll(selector)); }
  function el(name, words, attributes) {
    var one = document.createElement(name);
    if (words) { one.textContent = words; }
    Object.keys(attributes || {}).forEach(function (key) { one.setAttribute(key, attributes[key]); });
    return one;
  }
  var known = { search: [], names: {}, figures: {} };
  var take = {
    search: function (begin, rows, names) {
      rows.forEach(function (codes, n) { known.search[begin + n] = codes; });
      Object.keys(names).forEach(function (code) { known.names[code] = names[code]; });
    },
    measures: function (measures, departments, years) {
      known.measures = measures; known.departments = departments; known.years = years;
    },
    figures: function (year, rows) {
      known.figures[year] = {};
      rows.forEach(function (row) { known.figures[year][row[0]] = row; });
    }
  };
  function handle(call) { take[call[0]].apply(null, call.slice(1)); if (changed) { changed(call[0]); } }
  var changed = null, waiting = window.juesuanData || [];
  window.juesuanData = { push: handle };
  waiting.forEach(handle);
  document.addEventListener("DOMContentLoaded", function () { search(); compare(); });

  /* search: every word must be in the name, the place, the years, or in what money was spent on */
  function search() {
    var form = document.querySelector(".search"), found = document.getElementById("found");
    var table = document.getElementById("departments");
    if (!form || !table) { return; }
    var rows = all("tbody tr", table), whole = found.textContent;
    var texts = rows.map(function (row) {
      return all("th, td", row).slice(0, 3).map(function (cell) { return cell.textContent; }).join(" ").toLowerCase();
    });
    form.hidden = false;
    form.addEventListener("submit", function (event) { event.preventDefault(); });
    var input = document.getElementById("q"), timer = 0;
    input.addEventListener("input", function () { clearTimeout(timer); timer = setTimeout(look, 80); });
    var asked = /[?&#]q=([^&]*)/.exec(location.hash);
    if (asked) { try { input.value = decodeURIComponent(asked[1]); } catch (wrong) { input.value = ""; } }
    changed = function () { if (input.value) { look(); } };
    if (input.value) { look(); }

    function look() {
      var words = input.value.toLowerCase().split(/\s+/).filter(Boolean), count = 0;
      var codes = words.map(function (word) {
        return Object.keys(known.names).filter(function (code) {
          return known.names[code].toLowerCase().indexOf(word) >= 0 || code === word;
        });
      });
      rows.forEach(function (row, n) {
        var spent = " " + (known.search[n] || "") + " ", because = [];
        var fits = words.every(function (word, w) {
          if (texts[n].indexOf(word) >= 0) { return true; }
          var own = codes[w].filter(function (code) { return spent.indexOf(" " + code + " ") >= 0; });
          if (own.length) { because.push(own[own.length - 1]); }
          return own.length > 0;
        });
        row.hidden = !fits;
        count += fits ? 1 : 0;
        all(".same", row).forEach(function (old) { old.remove(); });
        because.forEach(function (code) {
          row.cells[0].appendChild(el("span", "支出科目 " + code + " " + known.names[code], { "class": "same" }));
        });
      });
      found.textContent = words.length ? (count ? "找到 " + count + " 个部门、单位" : "没有找到，请换一个词") : whole;
    }
  }

  /* comparison: what is chosen stands in the address, so that it can be kept and passed on */
  function compare() {
    var form = document.getElementById("choose");
    if (!form || !known.measures) { return; }
    var input = document.getElementById("d"), chosen = document.getElementById("chosen");
    var select = document.getElementById("m"), said = document.getElementById("said"), result = document.getElementById("result");
    var names = {}, slugs = {}, state = { d: [], y: [], m: select.value };
    known.departments.forEach(function (one) { names[one[0]] = one[1]; slugs[one[1]] = one[0]; });
    form.hidden = false;
    read();
    window.addEventListener("hashchange", function () { read(); show(); });
    form.addEventListener("submit", function (event) {
      event.preventDefault();
      var slug = slugs[input.value.trim()];
      if (!slug) {
        var like = known.departments.filter(function (one) { return input.value.trim() && one[1].indexOf(input.value.trim()) >= 0; });
        if (like.length !== 1) {
          said.textContent = like.length ? "有 " + like.length + " 个部门的名称里有“" + input.value + "”，请从列表里选一个" : "没有这个部门，请从列表里选";
          return;
        }
        slug = like[0][0];
      }
      if (state.d.indexOf(slug) < 0) { state.d.push(slug); }
      input.value = "";
      keep();
    });
    all("input[name=y]", form).forEach(function (box) {
      box.addEventListener("change", function () {
        state.y = all("input[name=y]:checked", form).map(function (one) { return one.value; });
        keep();
      });
    });
    select.addEventListener("change", function () { state.m = select.value; keep(); });
    changed = function (what) { if (what === "figures") { show(); } };
    show();

    function read() {
      var given = {};
      location.hash.slice(1).split("&").forEach(function (part) {
        var at = part.indexOf("=");
        if (at > 0) { try { given[part.slice(0, at)] = decodeURIComponent(part.slice(at + 1)); } catch (wrong) { /* none */ } }
      });
      state.d = (given.d || "").split(",").filter(function (slug) { return names[slug]; });
      state.y = (given.y || "").split(",").filter(function (year) { return known.years.indexOf(year) >= 0; });
      if (!state.y.length) { state.y = known.years.slice(-1); }
      state.m = known.measures.some(function (one) { return one[2] === given.m; }) ? given.m : known.measures[0][2];
    }
    function keep() {
      var hash = "#d=" + state.d.map(encodeURIComponent).join(",") + "&y=" + state.y.join(",") + "&m=" + encodeURIComponent(state.m);
      if (location.hash === hash) { show(); } else { location.replace(hash); }
    }
    function show() {
      select.value = state.m;
      all("input[name=y]", form).forEach(function (box) { box.checked = state.y.indexOf(box.value) >= 0; });
      chosen.textContent = "";
      state.d.forEach(function (slug) {
        var item = el("li"), button = el("button", names[slug], { type: "button", "aria-label": "去掉 " + names[slug] });
        button.addEventListener("click", function () {
          state.d = state.d.filter(function (other) { return other !== slug; });
          keep();
          input.focus();
        });
        item.appendChild(button);
        chosen.appendChild(item);
      });
      result.textContent = "";
      if (!state.d.length) { said.textContent = "请加入要比较的部门；也可以从部门的网页进来。"; return; }
      var missing = state.y.filter(function (year) { return !known.figures[year]; });
      if (missing.length) { said.textContent = "正在读取…"; missing.forEach(load); return; }
      said.textContent = state.d.length + " 个部门，" + state.y.length + " 个年度。金额单位：万元；百分比是占其总数的比例。";
      result.appendChild(table());
      if (window.juesuan) { all("table", result).forEach(window.juesuan.ready); }
    }
    function load(year) {
      if (document.getElementById("data-" + year)) { return; }
      document.body.appendChild(el("script", "", { src: "data/figures-" + year + ".js", id: "data-" + year }));
    }
    function table() {
      var own = [];
      known.measures.forEach(function (one, n) { if (one[2] === state.m) { own.push([one, n + 2, place(one[3])]); } });
      var rows = [];
      state.d.forEach(function (slug) {
        state.y.slice().sort().forEach(function (year) { rows.push([slug, year, known.figures[year][slug]]); });
      });
      own = own.filter(function (m) { return state.m !== "支出功能" || rows.some(function (row) { return row[2] && row[2][m[1]]; }); });
      var frame = el("div", "", { "class": "scroll", role: "region", tabindex: "0", "aria-labelledby": "compared-c" });
      var made = el("table", "", { id: "compared", "class": "sortable compared" });
      made.appendChild(el("caption", state.m + "，金额单位：万元", { id: "compared-c" }));
      var head = el("tr");
      head.appendChild(el("th", "部门", { scope: "col" }));
      head.appendChild(el("th", "年度", { scope: "col" }));
      own.forEach(function (m) { head.appendChild(el("th", m[0][1], { scope: "col" })); });
      made.appendChild(el("thead")).appendChild(head);
      var body = made.appendChild(el("tbody"));
      rows.forEach(function (row) {
        var line = body.appendChild(el("tr")), name = el("th", "", { scope: "row" });
        name.appendChild(el("a", names[row[0]], { href: "departments/" + encodeURIComponent(row[0]) + "/index.html" }));
        line.appendChild(name);
        var year = el("td", row[2] ? "" : row[1]);
        if (row[2]) {
          year.appendChild(el("a", row[1], { href: "departments/" + encodeURIComponent(row[0]) + "/" + row[2][1] + ".html" }));
        }
        line.appendChild(year);
        own.forEach(function (m) { line.appendChild(cell(row[2], m, rows)); });
      });
      frame.appendChild(made);
      return frame;
    }
    function cell(row, m, rows) {
      var words = row ? row[m[1]] : "";
      if (!words) { return el("td", row ? "—" : "无决算", { "class": "n z" }); }
      var one = el("td", words, { "class": words === "0" ? "n z" : "n" });
      var share = m[2] ? part(words, row[m[2]]) : "";
      if (share) { one.appendChild(el("span", share + "%", { "class": "share" })); }
      var largest = rows.reduce(function (most, other) {
        var value = other[2] ? units(other[2][m[1]]) : 0n;
        return value > most ? value : most;
      }, 0n);
      if (largest > 0n && units(words) > 0n) {
        var bar = el("span", "", { "class": "bar", "aria-hidden": "true" });
        bar.style.width = Number(units(words) * 100n / largest) + "%";
        one.appendChild(bar);
      }
      return one;
    }
    function place(name) {
      for (var n = 0; n < known.measures.length; n++) { if (known.measures[n][0] === name) { return n + 2; } }
      return 0;
    }
  }
  /* exact: figures are counted in whole ten-thousandths of their unit */
  function units(words) {
    if (!words) { return 0n; }
    var parts = words.replace(/,/g, "").split("."), less = parts[0].charAt(0) === "-";
    var value = BigInt(parts[0].replace("-", "") + ((parts[1] || "") + "0000").slice(0, 4));
    return less ? -value : value;
  }
  function part(own, whole) {
    var of = units(whole), value = units(own);
    if (!whole || of <= 0n || value === 0n) { return ""; }
    var less = value < 0n, tenths = ((less ? -value : value) * 2000n + of) / (2n * of);
    return (less && tenths ? "-" : "") + tenths / 10n + "." + tenths % 10n;
  }
})();
