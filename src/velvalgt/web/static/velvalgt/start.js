// Starts the design system once on the page, and again in each part that htmx swaps in; says it when a request fails.
(() => {
  "use strict";

  const start = (scope) => window.DKFDS.init(scope ? { scope } : {});

  // A signed-out visitor and an error get a whole page; it must not end up inside a part of this one.
  const show = (text) => {
    const page = new DOMParser().parseFromString(text, "text/html");
    document.documentElement.lang = page.documentElement.lang;
    document.title = page.title;
    document.body.replaceWith(page.body);
  };

  // Whoever pressed a button that is gone now stands at what it led to.
  const keepFocus = (part) => {
    const message = part.querySelector("[role=status], [role=alert]");
    if (message && document.activeElement === document.body) {
      message.tabIndex = -1;
      message.focus();
    }
  };

  // A page can be printed without a script, too; the button is for whoever does not know how.
  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }

  start();
  document.addEventListener("htmx:after:request", (event) => {
    const { response, text } = event.detail.ctx;
    if (!/^\s*<!doctype/i.test(text ?? "")) {
      return;
    }
    event.preventDefault();
    if (response.raw.redirected) {
      window.location.assign(response.raw.url);
    } else {
      show(text);
    }
  });
  document.addEventListener("htmx:after:swap", (event) => {
    const target = event.detail?.ctx?.target;
    const part = target?.isConnected ? target : document.getElementById(target?.id);
    if (part) {
      start(part);
      keepFocus(part);
    }
  });
  document.addEventListener("htmx:error", () => {
    const alert = document.getElementById("no-connection");
    alert.hidden = false;
    alert.scrollIntoView({ block: "center" });
  });
  document.addEventListener("htmx:before:request", () => {
    document.getElementById("no-connection").hidden = true;
  });
})();
