// Makes the pages a little nicer; every page works without it.
"use strict";

// A form that changes something is sent once, even when pressed twice.
for (const form of document.querySelectorAll("form[method=post]")) {
  let sent = false;
  form.addEventListener("submit", (event) => {
    if (sent) event.preventDefault();
    sent = true;
  });
  window.addEventListener("pageshow", () => { sent = false; });
}

// An error is met first.
document.querySelector("[role=alert] a")?.focus();
