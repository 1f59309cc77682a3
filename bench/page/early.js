// Asks for the thread before the wasm is there, so that neither waits for the other.
const data = new URLSearchParams(location.search).get("data");
if (data) window.__early = fetch(data).then((response) => response.arrayBuffer());
