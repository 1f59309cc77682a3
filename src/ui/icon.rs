//! The icons of `/icons.svg`.

use leptos::prelude::*;

macro_rules! icons {
    ($($name:ident $symbol:literal;)*) => {
        /// A symbol of `/icons.svg`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[allow(missing_docs)]
        pub enum IconName {
            $($name,)*
        }

        impl IconName {
            /// Where its drawing is.
            pub const fn href(self) -> &'static str {
                match self {
                    $(Self::$name => concat!("/icons.svg#i-", $symbol),)*
                }
            }
        }
    };
}

icons! {
    Back "back";
    Next "next";
    Down "down";
    Up "up";
    Close "close";
    Plus "plus";
    Minus "minus";
    Check "check";
    Search "search";
    Compose "compose";
    Chat "chat";
    Bag "bag";
    Wallet "wallet";
    User "user";
    Store "store";
    Heart "heart";
    Camera "camera";
    Mic "mic";
    Image "image";
    Smile "smile";
    Send "send";
    Info "info";
    Help "help";
    Clock "clock";
    Truck "truck";
    Box "box";
    Pin "pin";
    Home "home";
    Shield "shield";
    Undo "undo";
    Reply "reply";
    Lock "lock";
    Passkey "passkey";
    More "more";
    Tag "tag";
    Receipt "receipt";
    Print "print";
    Filter "filter";
    Play "play";
    Pause "pause";
    Jump "jump";
    Bell "bell";
    Mute "mute";
    Gear "gear";
    Spark "spark";
    Trash "trash";
    Card "card";
    Hash "hash";
    Eye "eye";
    Freeze "freeze";
    Coins "coins";
    Heartfill "heartfill";
    Copy "copy";
    External "external";
    Edit "edit";
    Flag "flag";
    Block "block";
    Key "key";
    Calendar "calendar";
    Percent "percent";
    Gift "gift";
    Download "download";
    Share "share";
    Refresh "refresh";
    Offline "offline";
    Cloud "cloud";
    Warning "warning";
    CheckDouble "check-double";
    CheckCircle "check-circle";
    CrossCircle "cross-circle";
    ArrowDown "arrow-down";
    ArrowUp "arrow-up";
    ArrowRight "arrow-right";
    Sun "sun";
    Moon "moon";
    Globe "globe";
    Forward "forward";
    Star "star";
    Pushpin "pushpin";
    Snow "snow";
    Attach "attach";
    Link "link";
    Mail "mail";
    Phone "phone";
    Logout "logout";
    Menu "menu";
    Archive "archive";
    Users "users";
    Chart "chart";
    Bank "bank";
    Return "return";
    Scales "scales";
    Unlock "unlock";
    EyeOff "eye-off";
    Id "id";
    Grid "grid";
    List "list";
    Bolt "bolt";
    Keyboard "keyboard";
    Swap "swap";
    Hourglass "hourglass";
    Sign "sign";
    Barcode "barcode";
    Sticker "sticker";
    History "history";
    Code "code";
}

impl IconName {
    /// Whether it points the way one reads, and turns round where that is from right to left.
    const fn is_directional(self) -> bool {
        matches!(
            self,
            Self::Back
                | Self::Next
                | Self::Undo
                | Self::Reply
                | Self::Forward
                | Self::Send
                | Self::ArrowRight
                | Self::Return
                | Self::Logout
                | Self::External
                | Self::Truck
        )
    }
}

/// How large an icon is drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum IconSize {
    /// 24 px: on its own.
    #[default]
    Medium,
    /// 20 px: in a line of text.
    Small,
    /// 16 px: in a meta line or a chip.
    Tiny,
}

/// A drawing beside words; it says nothing to a screen reader.
#[component]
pub fn Icon(
    /// Which.
    name: IconName,
    /// How large.
    #[prop(optional)]
    size: IconSize,
) -> impl IntoView {
    let class = match (size, name.is_directional()) {
        (IconSize::Medium, false) => "icon",
        (IconSize::Medium, true) => "icon mirror",
        (IconSize::Small, false) => "icon s20",
        (IconSize::Small, true) => "icon s20 mirror",
        (IconSize::Tiny, false) => "icon s16",
        (IconSize::Tiny, true) => "icon s16 mirror",
    };
    view! {
        <svg class=class aria-hidden="true">
            <use_ href=name.href() />
        </svg>
    }
}
