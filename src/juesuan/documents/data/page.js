"use strict";
(function () {
  /* Everything can be read without this script; it only makes sorting, copying and going back easier. */
  function all(selector, root) { return Array.prototype.slice.call((root || document).querySelectorAll(selector)); }
  function number(cell) {
    var words = cell ? own(cell).replace(/[,%\s]/g, "") : "";
    return words === "" || words === "—" || words === "-" ? 0 : Number(words);
  }

  function own(cell) {
    /* the figure of a cell without what stands below it */
    var aside = all(".share, .hidden", cell).map(function (one) { return one.textContent; }).join("");
    return cell.textContent.slice(0, cell.textContent.length - aside.length);
  }

  /* the contents: open on a wide page, closed on a phone; the part that is being read is marked */
  var contents = document.querySelector(".contents details");
  if (contents && window.matchMedia("(max-width: 62rem)").matches) { contents.open = false; }
  var entries = {};
  all(".contents a").forEach(function (a) { entries[a.hash.slice(1)] = a; });
  if (window.IntersectionObserver) {
    var shown = null;
    var watch = new IntersectionObserver(function (seen) {
      seen.forEach(function (one) {
        if (!one.isIntersecting || !entries[one.target.id]) { return; }
        if (shown) { shown.removeAttribute("aria-current"); }
        shown = entries[one.target.id];
        shown.setAttribute("aria-current", "true");
      });
    }, { rootMargin: "0px 0px -75% 0px" });
    all("main h2[id], main h3[id]").forEach(function (h) { watch.observe(h); });
  }

  /* sorting: first largest, then smallest, then as printed; totals stay where they are */
  function sortable(table) {
    var body = table.tBodies[0], printed = all("tr", body), heads = columns(table);
    heads.forEach(function (th, column) {
      if (!th || !printed.some(function (tr) { var c = at(tr, column); return c && c.classList.contains("n"); })) { return; }
      var button = document.createElement("button");
      button.type = "button";
      button.className = "sort";
      while (th.firstChild) { button.appendChild(th.firstChild); }
      th.appendChild(button);
      button.addEventListener("click", function () { turn(th, column); });
    });
    function turn(th, column) {
      var before = th.getAttribute("aria-sort");
      var next = before === "descending" ? "ascending" : before === "ascending" ? "" : "descending";
      all("[aria-sort]", table).forEach(function (other) { other.removeAttribute("aria-sort"); });
      var rows = printed.slice();
      if (next) {
        th.setAttribute("aria-sort", next);
        var free = rows.filter(function (tr) { return tr.className !== "total"; });
        free.sort(function (a, b) {
          var d = number(at(a, column)) - number(at(b, column));
          return next === "ascending" ? d : -d;
        });
        rows = rows.map(function (tr) { return tr.className === "total" ? tr : free.shift(); });
      }
      rows.forEach(function (tr) { body.appendChild(tr); });
      say((th.textContent || "") + (next ? (next === "ascending" ? " 由小到大" : " 由大到小") : " 恢复原来的次序"));
    }
  }
  function at(tr, column) {
    for (var i = 0, c = 0; i < tr.cells.length; i++) {
      if (column < c + tr.cells[i].colSpan) { return tr.cells[i]; }
      c += tr.cells[i].colSpan;
    }
    return null;
  }
  function columns(table) {
    /* over every column the lowest head that is its own and no number of a column (栏次) */
    var grid = [], low = [];
    all("tr", table.tHead).forEach(function (tr, r) {
      var c = 0;
      all("th, td", tr).forEach(function (cell) {
        grid[r] = grid[r] || [];
        while (grid[r][c]) { c++; }
        for (var y = 0; y < cell.rowSpan; y++) {
          grid[r + y] = grid[r + y] || [];
          for (var x = 0; x < cell.colSpan; x++) { grid[r + y][c + x] = cell; }
        }
        c += cell.colSpan;
      });
    });
    grid.forEach(function (row) {
      row.forEach(function (cell, c) {
        if (cell.tagName === "TH" && cell.colSpan === 1 && !/^\d+$/.test(cell.textContent.trim())) { low[c] = cell; }
      });
    });
    return low;
  }
  all("table.sortable").forEach(sortable);

  /* copying: plain cells without links; codes stay text in a spreadsheet */
  function clean(root) {
    var copy = root.cloneNode(true);
    all("td .share, td .hidden", copy).forEach(function (one) { one.remove(); });
    all("a, button, span", copy).forEach(function (one) {
      while (one.firstChild) { one.parentNode.insertBefore(one.firstChild, one); }
      one.remove();
    });
    all("th.code", copy).forEach(function (th) { th.setAttribute("style", "mso-number-format:'\\@'"); });
    all("[id], [headers], [class]", copy).forEach(function (one) {
      one.removeAttribute("id"); one.removeAttribute("headers"); one.removeAttribute("class");
    });
    return copy;
  }
  function grid(table) {
    return all("tr", table).map(function (tr) {
      return all("th, td", tr).map(function (cell) {
        var words = cell.textContent.replace(/\s+/g, " ").trim();
        return cell.colSpan > 1 ? words + new Array(cell.colSpan).join("\t") : words;
      }).join("\t");
    }).join("\n");
  }
  var whole = null;
  document.addEventListener("copy", function (event) {
    var picked = document.getSelection(), box = document.createElement("div");
    if (whole) {
      box.appendChild(clean(whole));
    } else {
      if (!picked.rangeCount || picked.isCollapsed) { return; }
      box.appendChild(picked.getRangeAt(0).cloneContents());
      if (!box.querySelector("td, th")) { return; }
      box = clean(box);
    }
    event.clipboardData.setData("text/html", '<meta charset="utf-8">' + box.innerHTML);
    event.clipboardData.setData("text/plain", whole ? grid(clean(whole)) : picked.toString());
    event.preventDefault();
  });
  all("main table").forEach(copyable);
  function copyable(table) {
    var frame = table.parentNode, tools = document.createElement("div"), button = document.createElement("button");
    if (!frame.classList.contains("scroll") || table.classList.contains("small")) { return; }
    tools.className = "tools";
    button.type = "button";
    button.className = "tool";
    button.textContent = "复制表格";
    button.setAttribute("aria-describedby", table.caption ? table.caption.id : "");
    button.addEventListener("click", function () {
      var picked = document.getSelection();
      picked.selectAllChildren(table);
      whole = table;
      var done = document.execCommand("copy");
      whole = null;
      picked.removeAllRanges();
      say(done ? "已复制，可粘贴到电子表格" : "没有复制成，请选中表格后按复制键");
      button.textContent = done ? "已复制" : "复制表格";
      setTimeout(function () { button.textContent = "复制表格"; }, 2500);
    });
    tools.appendChild(button);
    frame.parentNode.insertBefore(tools, frame);
  }

  /* a cell that was reached from a sentence leads back to that sentence */
  document.addEventListener("click", function (event) {
    var link = event.target.closest && event.target.closest("a.f");
    if (!link || !link.id || link.closest("td")) { return; }
    var cell = document.getElementById(link.hash.slice(1));
    if (cell && cell.tagName === "A") { cell.setAttribute("href", "#" + link.id); }
  });

  var voice = document.createElement("p");
  voice.className = "hidden";
  voice.setAttribute("role", "status");
  (document.querySelector("main") || document.body).appendChild(voice);
  function say(words) { voice.textContent = words; }

  /* for a table that is made later */
  window.juesuan = { ready: function (table) { sortable(table); copyable(table); } };
})();
