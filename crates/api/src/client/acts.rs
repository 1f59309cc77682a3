//! What can be done that needs no more words than which.

macro_rules! acts {
    ($($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $path:literal,)* })*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $name { $($(#[$variant_doc])* $variant,)* }
        impl $name {
            /// The last parts that a path can have.
            pub const PATHS: &'static [&'static str] = &[$($path,)*];

            /// The last part of the path.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $path,)* }
            }
        }
    )*};
}

acts! {
    /// What can be done with a request.
    RequestAct {
        /// Note that the buyer opened it.
        View = "view",
        /// The seller takes it back.
        Withdraw = "withdraw",
        /// The buyer says no.
        Decline = "decline",
        /// Ask again.
        SendAgain = "send-again",
        /// The seller agrees to the counter-offer.
        AcceptCounter = "accept-counter",
        /// The seller does not.
        DeclineCounter = "decline-counter",
        /// The buyer takes it back.
        WithdrawCounter = "withdraw-counter",
    }
    /// What can be done with an attempt to pay.
    PaymentAct {
        /// Go on after the processor's check.
        Resume = "resume",
        /// Give the check up.
        Cancel = "cancel",
        /// Undo the payment.
        Undo = "undo",
    }
    /// What can be done with an order.
    OrderAct {
        /// Begin to prepare it.
        Prepare = "prepare",
        /// Say that it lies ready to be fetched.
        Ready = "ready",
        /// Say that everything is OK.
        ConfirmReceipt = "confirm-receipt",
        /// The seller cannot deliver.
        Cancel = "cancel",
    }
    /// What can be done in a case.
    CaseAct {
        /// Whoever asked for help takes it back.
        Close = "close",
        /// The seller has got back what was sent back.
        GotBack = "got-back",
    }
    /// What can be done with what is in a wallet.
    WalletAct {
        /// Propose it from now on.
        Prefer = "prefer",
        /// Remove it.
        Remove = "remove",
    }
}
