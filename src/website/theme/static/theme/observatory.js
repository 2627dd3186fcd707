// Views change without a full reload; everything works without this file.
(() => {
  const main = () => document.getElementById("main");
  const said = document.getElementById("said");
  let latest = 0;

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
    for (const rel of ["canonical"]) {
      const [old, now] = [document, page].map((one) => one.querySelector(`link[rel="${rel}"]`));
      if (old && now) old.href = now.href;
    }
    document.title = page.title;
    if (push) history.pushState({ swapped: true }, "", answer.url);
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

  addEventListener("popstate", () => show(location.href, { push: false, place: null }));
})();
