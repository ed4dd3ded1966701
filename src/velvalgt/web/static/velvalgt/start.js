// Starts the design system once on the page, and again in each part that htmx swaps in.
(() => {
  "use strict";

  const start = (scope) => window.DKFDS.init(scope ? { scope } : {});

  start();
  document.addEventListener("htmx:after:swap", (event) => {
    const target = event.detail?.ctx?.target;
    if (target instanceof Element && target.isConnected) {
      start(target);
    }
  });
})();
