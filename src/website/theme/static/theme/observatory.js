// Views change without a full reload; everything works without this file.
(() => {
  const main = () => document.getElementById("main");
  const said = document.getElementById("said");
  let latest = 0;
  let shown = location.pathname + location.search;

  const describe = (element) => {
    if (!element || element === document.body) return null;
    if (element.id) return { id: element.id };
    const group = element.closest("[data-group]");
    return { group: group && group.dataset.group, text: element.textContent.trim() };
  };

  const refind = (place) => {
    if (!place) return null;
    if (place.id) return document.getElementById(place.id);
    const group = place.group && main().querySelector(`[data-group="${place.group}"]`);
    if (!group) return null;
    const choices = [...group.querySelectorAll("a, button")];
    return choices.find((one) => one.textContent.trim() === place.text) || choices[0] || null;
  };

  const show = async (address, { push, place }) => {
    const turn = ++latest;
    main().setAttribute("aria-busy", "true");
    let answer, text;
    try {
      answer = await fetch(address, { headers: { Accept: "text/html" } });
      text = await answer.text();
    } catch {
      location.assign(address);
      return;
    }
    if (turn !== latest) return;
    const page = new DOMParser().parseFromString(text, "text/html");
    const fresh = page.getElementById("main");
    if (!fresh || !(answer.headers.get("Content-Type") || "").startsWith("text/html")) {
      location.assign(address);
      return;
    }
    const open = [...main().querySelectorAll("details[open][id]")].map((one) => one.id);
    main().replaceWith(document.adoptNode(fresh));
    for (const id of open) document.getElementById(id)?.setAttribute("open", "");
    const [old, now] = [document, page].map((one) => one.querySelector('link[rel="canonical"]'));
    if (old && now) old.href = now.href;
    document.title = page.title;
    if (push) history.pushState(null, "", answer.url);
    shown = location.pathname + location.search;
    const target = refind(place) || main();
    target.focus({ preventScroll: true });
    const words = main().querySelector("[data-reads]");
    said.textContent = words ? words.textContent : document.title;
  };

  const swaps = (url) =>
    url.origin === location.origin && url.pathname === location.pathname && /^\/(indicators|compare|countries)\//.test(url.pathname);

  document.addEventListener("click", (event) => {
    const toggle = event.target.closest("[data-theme-toggle]");
    if (toggle) {
      const root = document.documentElement;
      const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
      root.dataset.theme = dark ? "light" : "dark";
      try { localStorage.setItem("theme", root.dataset.theme); } catch {}
      return;
    }
    const copy = event.target.closest("[data-copy]");
    if (copy) {
      const words = document.getElementById(copy.dataset.copy);
      navigator.clipboard?.writeText(words.textContent.trim()).then(() => { said.textContent = copy.textContent = "Copied"; });
      return;
    }
    const link = event.target.closest("main a[href]");
    if (!link || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    if (link.target || link.hasAttribute("download")) return;
    const url = new URL(link.href);
    if (!swaps(url) || (url.hash && url.search === location.search)) return;
    event.preventDefault();
    show(url, { push: true, place: describe(link) });
  });

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "get" || !form.closest("main")) return;
    const url = new URL(form.action);
    if (!swaps(url)) return;
    event.preventDefault();
    const query = new URLSearchParams(new FormData(form, event.submitter));
    for (const [name, value] of [...query]) if (value === "") query.delete(name, value);
    url.search = query;
    show(url, { push: true, place: describe(event.submitter || document.activeElement) });
  });

  document.addEventListener("change", (event) => {
    if (event.target.closest("select[data-auto]")) event.target.form.requestSubmit();
  });

  addEventListener("popstate", () => {
    const now = location.pathname + location.search;
    if (now !== shown) show(location.href, { push: false, place: null });
    shown = now;
  });

  // The name of a mark at once, not after the browser's pause; Escape sends it away.
  const tip = document.body.appendChild(document.createElement("div"));
  tip.className = "tip";
  tip.hidden = true;
  tip.setAttribute("aria-hidden", "true");

  const mark = (node) => {
    for (let one = node; one && one.closest?.(".oc"); one = one.parentNode) {
      const title = one.querySelector(":scope > title");
      if (title) {
        one.setAttribute("aria-label", title.textContent);
        title.remove();
      }
      if (one.matches("a[aria-label], g[aria-label], path[aria-label]")) return one;
    }
    return null;
  };

  const reveal = (event) => {
    if (tip.contains(event.target)) return;
    const found = mark(event.target);
    tip.hidden = !found;
    if (!found) return;
    tip.textContent = found.getAttribute("aria-label").replaceAll(". ", ".\n");
    const at = found.getBoundingClientRect();
    const left = Math.min(Math.max(8, at.left + at.width / 2 - tip.offsetWidth / 2), innerWidth - tip.offsetWidth - 8);
    const above = at.top - tip.offsetHeight - 4;
    tip.style.left = `${left}px`;
    tip.style.top = `${above > 4 ? above : Math.min(at.bottom + 4, innerHeight - tip.offsetHeight - 4)}px`;
  };

  // A finger has no hover: the first touch names the mark, the second follows it.
  let touched = null;
  addEventListener("click", (event) => {
    const link = event.target.closest?.(".oc a[href]");
    if (!link || event.pointerType !== "touch" || link === touched) return;
    touched = link;
    event.preventDefault();
    reveal(event);
  }, true);

  addEventListener("pointerover", reveal);
  addEventListener("focusin", reveal);
  addEventListener("scroll", () => {
    const walked = document.activeElement?.closest?.(".oc a[aria-label]");
    if (!tip.hidden && walked) reveal({ target: walked });
    else tip.hidden = true;
  }, { passive: true });
  addEventListener("keydown", (event) => { if (event.key === "Escape") tip.hidden = true; });
})();
