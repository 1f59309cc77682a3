import datetime, json, sys
data, time = json.load(open(sys.argv[1], encoding="utf-8")), datetime.datetime.fromisoformat
now, days, second = time(data["exported_at"]), datetime.timedelta(90), datetime.timedelta(seconds=1)
newest = lambda of, at: sorted((r for r in data["records"][of] if now - days <= time(r[at]) <= now), key=lambda r: time(r[at]))[-500:]
middle = lambda waits: f"{sorted(waits)[(len(waits) - 1) // 2] // second} s, the middle of {len(waits)}" if waits else "none yet"
orders, due = newest("orders", "placed_at"), lambda o: o["promised_by"] and (o["shipped_at"] or time(o["promised_by"]) < now)
print("Replies in:", middle([time(r["answered_at"]) - time(r["asked_at"]) for r in newest("replies", "answered_at")]))
print("Shipped on time:", sum(time(o["shipped_at"] or "9999-12-31T00:00Z") <= time(o["promised_by"]) for o in filter(due, orders)), "of", len([*filter(due, orders)]))
print("Money back in:", middle([time(r["back_at"]) - time(r["asked_at"]) for o in orders for r in o["refunds"] if r["back_at"]]))
print("Asked for help:", sum(bool(o["cases"]) for o in orders), "of", len(orders), "- for the buyer:", sum(any(c["result"] == "for_buyer" for c in o["cases"]) for o in orders))
