// Reads the page's main text aloud in the page's language; the button stays hidden where the browser cannot.
(() => {
  "use strict";

  const button = document.querySelector("[data-read-aloud]");
  const speech = window.speechSynthesis;
  if (!button || !speech || !window.SpeechSynthesisUtterance) {
    return;
  }

  const language = document.documentElement.lang;
  const words = button.querySelector("[data-read-aloud-text]");
  const start = words.textContent;
  const BLOCKS = "h1, h2, h3, p, li, dt, dd, summary, figcaption";

  // A voice that is not on this machine would send the page's text to its maker; one of another
  // language would make it impossible to understand.
  const voice = () => speech.getVoices().find((each) => each.localService && each.lang.startsWith(language));

  const offer = () => {
    button.hidden = !voice();
  };

  const isRead = (block) =>
    block.getClientRects().length > 0 && !block.closest("[data-quiet]") && !block.querySelector(BLOCKS);

  const texts = () =>
    [...document.querySelectorAll(`main :is(${BLOCKS})`)]
      .filter(isRead)
      .map((block) => block.innerText.trim())
      .filter(Boolean);

  const show = (isReading) => {
    words.textContent = isReading ? button.dataset.stop : start;
    button.setAttribute("aria-pressed", String(isReading));
  };

  const read = () => {
    const parts = texts().map((text) => {
      const part = new SpeechSynthesisUtterance(text);
      part.lang = language;
      part.voice = voice();
      part.rate = 0.9;
      return part;
    });
    parts.at(-1)?.addEventListener("end", () => show(false));
    parts.forEach((part) => speech.speak(part));
    show(parts.length > 0);
  };

  button.addEventListener("click", () => {
    const isReading = button.getAttribute("aria-pressed") === "true";
    speech.cancel();
    if (isReading) {
      show(false);
    } else {
      read();
    }
  });
  window.addEventListener("pagehide", () => speech.cancel());
  speech.addEventListener?.("voiceschanged", offer);
  offer();
})();
