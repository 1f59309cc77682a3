//! Who is told of a parcel, and who tells of it.

use super::Worked;
use crate::app::App;
use crate::carrier::Followed;
use crate::problem::Problem;
use crate::store::{OutboxEntry, Task};
use domain::ids::{OrderId, ShipmentId};
use domain::thread::Thread;
use domain::time::Timestamp;

impl App {
    /// Asks for news of a parcel. Who does not answer is asked again in an entry of its own: the processor hears of the
    /// parcel meanwhile.
    pub(super) async fn begin_to_follow(
        &self,
        thread: &Thread,
        order: &OrderId,
        shipment: &ShipmentId,
        now: Timestamp,
    ) -> Result<(), Problem> {
        if self.follow(thread, order, shipment).await? == Followed::NotYet {
            let task = Task::Follow { order: order.clone(), shipment: shipment.clone() };
            let (id, at) = (format!("follow-{shipment}"), now.plus(self.wait(0)));
            let again = OutboxEntry { id, at, thread: thread.id.clone(), task, attempts: 1 };
            self.store.reschedule(None, Some(again)).await?;
        }
        Ok(())
    }

    /// Tells the processor of a parcel. It wants to know of those only whose money is in.
    pub(super) async fn push_tracking(
        &self,
        entry: OutboxEntry,
        thread: &Thread,
        order: &OrderId,
        shipment: &ShipmentId,
        now: Timestamp,
    ) -> Result<Worked, Problem> {
        let order = thread.orders.get(order);
        let sent = order.and_then(|order| order.shipments.iter().find(|sent| sent.id == *shipment));
        let (Some(order), Some(sent)) = (order, sent) else { return self.drop(entry).await };
        match self.provider.push_tracking(&order.payment, sent).await {
            Ok(()) => self.drop(entry).await,
            Err(_) => self.later(entry, now).await,
        }
    }
}

pub(super) fn nobody_tells() -> Problem {
    Problem::new(503, "carrier_silent", "Nobody can be asked for news of this parcel now.")
}
