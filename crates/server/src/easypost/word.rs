//! EasyPost's words for where a parcel is, in ours.

use domain::order::TrackingStatus;

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($variant:ident $word:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub(super) enum $name {
            $($variant,)*
            /// One that we do not know: they add some.
            Other(String),
        }

        impl From<&str> for $name {
            fn from(word: &str) -> Self {
                match word {
                    $($word => Self::$variant,)*
                    other => Self::Other(other.to_owned()),
                }
            }
        }
    };
}

words! {
    /// `status` of a scan.
    Status {
        Unknown "unknown",
        PreTransit "pre_transit",
        InTransit "in_transit",
        OutForDelivery "out_for_delivery",
        Delivered "delivered",
        AvailableForPickup "available_for_pickup",
        ReturnToSender "return_to_sender",
        Failure "failure",
        Cancelled "cancelled",
        Error "error",
    }
}

words! {
    /// `status_detail` of a scan (`TrackerStatusDetail` of EasyPost's client for Node, 8.9.0).
    Detail {
        AddressCorrection "address_correction",
        ArrivedAtDestination "arrived_at_destination",
        ArrivedAtFacility "arrived_at_facility",
        ArrivedAtPickupLocation "arrived_at_pickup_location",
        AwaitingInformation "awaiting_information",
        Cancelled "cancelled",
        Damaged "damaged",
        Delayed "delayed",
        DeliveryException "delivery_exception",
        DepartedFacility "departed_facility",
        DepartedOriginFacility "departed_origin_facility",
        Expired "expired",
        Failure "failure",
        Held "held",
        InTransit "in_transit",
        LabelCreated "label_created",
        Lost "lost",
        Missorted "missorted",
        OutForDelivery "out_for_delivery",
        ReceivedAtDestinationFacility "received_at_destination_facility",
        ReceivedAtOriginFacility "received_at_origin_facility",
        Refused "refused",
        Return "return",
        StatusUpdate "status_update",
        TransferredToDestinationCarrier "transferred_to_destination_carrier",
        TransitException "transit_exception",
        Unknown "unknown",
        WeatherDelay "weather_delay",
    }
}

/// What a detail says of a parcel, beside the status that it comes with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Meaning {
    /// The carrier has taken it over.
    TakenOver,
    /// Something holds it up; it goes on.
    HeldUp,
    /// It was to be handed over and was not, and why is not said.
    Problem,
    /// It goes back to who sent it.
    GoesBack,
    /// Where it was going, it is.
    Arrived,
    /// It goes no further.
    Over,
    /// Nothing that the status does not say.
    Nothing,
}

impl Detail {
    fn meaning(&self) -> Meaning {
        match self {
            Self::ReceivedAtOriginFacility => Meaning::TakenOver,
            Self::AddressCorrection
            | Self::AwaitingInformation
            | Self::Delayed
            | Self::Held
            | Self::Missorted
            | Self::TransitException
            | Self::WeatherDelay => Meaning::HeldUp,
            // Nobody at home is one of many: the carrier's message says which, in its own language.
            Self::DeliveryException => Meaning::Problem,
            Self::Return => Meaning::GoesBack,
            Self::Damaged | Self::Expired | Self::Failure | Self::Lost | Self::Refused => Meaning::Over,
            Self::ArrivedAtDestination => Meaning::Arrived,
            Self::ArrivedAtFacility
            | Self::ArrivedAtPickupLocation
            | Self::Cancelled
            | Self::DepartedFacility
            | Self::DepartedOriginFacility
            | Self::InTransit
            | Self::LabelCreated
            | Self::OutForDelivery
            | Self::ReceivedAtDestinationFacility
            | Self::StatusUpdate
            | Self::TransferredToDestinationCarrier
            | Self::Unknown
            | Self::Other(_) => Meaning::Nothing,
        }
    }
}

/// What a scan says of a parcel; nothing, where it says nothing of where that is.
pub(super) fn said(status: &Status, detail: &Detail) -> Option<TrackingStatus> {
    let meaning = detail.meaning();
    Some(match status {
        Status::PreTransit => TrackingStatus::LabelCreated,
        Status::InTransit => match meaning {
            Meaning::TakenOver => TrackingStatus::Accepted,
            Meaning::HeldUp => TrackingStatus::Delayed,
            Meaning::Problem => TrackingStatus::Problem,
            Meaning::GoesBack => TrackingStatus::Returning,
            Meaning::Arrived | Meaning::Over | Meaning::Nothing => TrackingStatus::InTransit,
        },
        Status::OutForDelivery => match meaning {
            Meaning::Problem => TrackingStatus::Problem,
            Meaning::GoesBack => TrackingStatus::Returning,
            Meaning::TakenOver | Meaning::HeldUp | Meaning::Arrived | Meaning::Over | Meaning::Nothing => {
                TrackingStatus::OutForDelivery
            }
        },
        Status::AvailableForPickup => TrackingStatus::ReadyForPickup,
        Status::Delivered => TrackingStatus::Delivered,
        // It was turned back. It is back when it has arrived where it goes now.
        Status::ReturnToSender => match meaning {
            Meaning::Arrived => TrackingStatus::Returned,
            Meaning::TakenOver
            | Meaning::HeldUp
            | Meaning::Problem
            | Meaning::GoesBack
            | Meaning::Over
            | Meaning::Nothing => TrackingStatus::Returning,
        },
        // What is called a failure is often one day's: it is given up only where nothing says that it goes on.
        Status::Failure => match meaning {
            Meaning::HeldUp => TrackingStatus::Delayed,
            Meaning::Problem => TrackingStatus::Problem,
            Meaning::GoesBack => TrackingStatus::Returning,
            Meaning::TakenOver | Meaning::Arrived | Meaning::Over | Meaning::Nothing => TrackingStatus::DeliveryFailed,
        },
        // Without a reason it says something of the tracker, and money must not go back for that.
        Status::Error => match meaning {
            Meaning::HeldUp => TrackingStatus::Delayed,
            Meaning::Problem => TrackingStatus::Problem,
            Meaning::GoesBack => TrackingStatus::Returning,
            Meaning::Over => TrackingStatus::DeliveryFailed,
            Meaning::TakenOver | Meaning::Arrived | Meaning::Nothing => return None,
        },
        // A label was cancelled; if its parcel does not move, silence says so.
        Status::Cancelled | Status::Unknown | Status::Other(_) => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(status: &str, detail: &str) -> Option<TrackingStatus> {
        said(&Status::from(status), &Detail::from(detail))
    }

    #[test]
    fn each_status_of_easypost_is_one_of_ours_or_says_nothing_of_the_parcel() {
        use TrackingStatus::{
            Delivered, DeliveryFailed, InTransit, LabelCreated, OutForDelivery, ReadyForPickup, Returning,
        };
        for (theirs, ours) in [
            ("pre_transit", Some(LabelCreated)),
            ("in_transit", Some(InTransit)),
            ("out_for_delivery", Some(OutForDelivery)),
            ("available_for_pickup", Some(ReadyForPickup)),
            ("delivered", Some(Delivered)),
            ("return_to_sender", Some(Returning)),
            ("failure", Some(DeliveryFailed)),
            ("error", None),
            ("cancelled", None),
            ("unknown", None),
            ("teleported", None),
        ] {
            assert_eq!(of(theirs, "unknown"), ours, "{theirs}");
            assert_eq!(of(theirs, "a_word_of_next_year"), ours, "{theirs}");
        }
    }

    #[test]
    fn a_detail_says_what_is_late_what_went_wrong_and_what_goes_back() {
        assert_eq!(of("in_transit", "received_at_origin_facility"), Some(TrackingStatus::Accepted));
        for held_up in ["delayed", "weather_delay", "held", "missorted", "transit_exception", "address_correction"] {
            for status in ["in_transit", "failure", "error"] {
                assert_eq!(of(status, held_up), Some(TrackingStatus::Delayed), "{status}, {held_up}");
            }
        }
        for status in ["in_transit", "out_for_delivery", "failure", "error"] {
            assert_eq!(of(status, "delivery_exception"), Some(TrackingStatus::Problem), "{status}");
            assert_eq!(of(status, "return"), Some(TrackingStatus::Returning), "{status}");
        }
        for under_way in ["return", "in_transit", "delivery_exception", "arrived_at_facility", "refused"] {
            assert_eq!(of("return_to_sender", under_way), Some(TrackingStatus::Returning), "{under_way}");
        }
        assert_eq!(of("return_to_sender", "arrived_at_destination"), Some(TrackingStatus::Returned));
        for over in ["lost", "damaged", "refused"] {
            assert_eq!(of("error", over), Some(TrackingStatus::DeliveryFailed), "{over}");
        }
    }
}
