// Where the buyer comes back to from the processor's window. What was done there only the processor knows: the thread is
// told to ask, whichever way the buyer came back.
"use strict";

const query = new URLSearchParams(location.search);
const payment = /^pay_[0-9A-Za-z.-]{1,60}$/.exec(query.get("payment") ?? "")?.[0];

// By which of PayPal's two links: words only. That nothing was approved the processor says.
if (query.get("how") === "cancelled") {
  document.getElementById("approved").hidden = true;
  document.getElementById("cancelled").hidden = false;
}

if (navigator.language.startsWith("it")) {
  document.documentElement.lang = "it";
  for (const words of document.querySelectorAll("[data-it]")) words.textContent = words.dataset.it;
}

async function tell() {
  const channel = new BroadcastChannel("bottega-approval");
  channel.postMessage(payment);
  channel.close();
  // The chat may be closed meanwhile; then nobody else asks.
  await fetch(`/v1/payments/${payment}/resume`, {
    method: "POST",
    keepalive: true,
    headers: { "content-type": "application/json", "idempotency-key": crypto.randomUUID() },
    body: "null",
  });
}

if (payment !== undefined) {
  // The reconciler asks, too: what is not told now is found then.
  tell().catch(() => {}).finally(() => window.close());
}
