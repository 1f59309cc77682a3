// The one place where text may become markup or a script's address. The framework clones templates through it; nothing
// a person wrote comes this way, and what could run is refused all the same.
"use strict";
const active = /<script|\son\w+\s*=|javascript:/i;
window.trustedTypes?.createPolicy("default", {
  createHTML: (text) => (active.test(text) ? null : text),
  createScriptURL: (url) => (url === "/service-worker.js" ? url : null),
});
