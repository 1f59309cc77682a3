//! The words of a log and its composer, in one language.

const EMOJI_GROUPS: [&str; 6] = ["Smileys", "People", "Nature", "Food", "Things", "Symbols"];

/// What a log says.
#[derive(Clone, Copy, Debug)]
pub struct LogWords {
    /// The time of day of an instant in milliseconds: "14:02".
    pub time: fn(i64) -> String,
    /// The date and time between groups: "Thu 20 Nov, 10:02".
    pub date: fn(i64) -> String,
    /// The instant for machines: "2025-11-20T10:02:00Z".
    pub machine_time: fn(i64) -> String,
    /// The reader as an author: "You".
    pub you: &'static str,
    /// The reader answered the other: "You replied to Kai"; of the other's name and whether it answered itself.
    pub you_replied: fn(&str, bool) -> String,
    /// The other answered the reader: "Kai replied to you"; of its name and whether it answered itself.
    pub they_replied: fn(&str, bool) -> String,
    /// A quoted picture: "Photo".
    pub photo: &'static str,
    /// What one's own picture is called: "Your photo".
    pub your_photo: &'static str,
    /// What a picture is called: "Photo from Kai".
    pub photo_from: fn(&str) -> String,
    /// "Edited".
    pub edited: &'static str,
    /// "You unsent a message".
    pub you_unsent: &'static str,
    /// "Kai unsent a message".
    pub they_unsent: fn(&str) -> String,
    /// Under a message that leads away from protected payment.
    pub off_platform: &'static str,
    /// Who reacted with what: "Kai reacted with ❤️"; of the author's name and the emoji.
    pub reacted: fn(&str, &str) -> String,
    /// On one's own reaction: "Take back ❤️".
    pub take_back: fn(&str) -> String,
    /// "Waiting for a connection".
    pub queued: &'static str,
    /// "Sending".
    pub sending: &'static str,
    /// "Not sent. Tap to retry".
    pub failed: &'static str,
    /// Beside it: "Delete".
    pub discard: &'static str,
    /// "New messages".
    pub unread: &'static str,
    /// The toolbar of a message: "Message actions".
    pub actions: &'static str,
    /// "React".
    pub react: &'static str,
    /// "Reply".
    pub reply: &'static str,
    /// "More".
    pub more: &'static str,
    /// "More emoji".
    pub more_emoji: &'static str,
    /// The names of the emoji categories.
    pub emoji_groups: [&'static str; 6],
    /// "Copy".
    pub copy: &'static str,
    /// "Edit".
    pub edit: &'static str,
    /// "Unsend".
    pub unsend: &'static str,
    /// "Latest messages".
    pub latest: &'static str,
    /// "3 new messages".
    pub new_messages: fn(usize) -> String,
    /// While older messages are on their way: "Loading older messages".
    pub loading_older: &'static str,
    /// "Kai is typing".
    pub typing: fn(&str) -> String,
}

impl LogWords {
    /// In English, in UTC: for pages and tests that have no language.
    pub const ENGLISH: Self = Self {
        time: clock,
        date: |at| {
            let (_, month, day) = civil(at);
            let weekday = WEEKDAYS[usize::try_from((at.div_euclid(DAY) + 4).rem_euclid(7)).unwrap_or(0)];
            format!("{weekday} {day} {}, {}", MONTHS[usize::try_from(month - 1).unwrap_or(0)], clock(at))
        },
        machine_time: |at| {
            let (year, month, day) = civil(at);
            format!("{year:04}-{month:02}-{day:02}T{}Z", clock(at))
        },
        you: "You",
        you_replied: |name, own| if own { "You replied to yourself".into() } else { format!("You replied to {name}") },
        they_replied: |name, own| {
            if own { format!("{name} replied to themself") } else { format!("{name} replied to you") }
        },
        photo: "Photo",
        your_photo: "Your photo",
        photo_from: |name| format!("Photo from {name}"),
        edited: "Edited",
        you_unsent: "You unsent a message",
        they_unsent: |name| format!("{name} unsent a message"),
        off_platform: "Paying outside Bottega is not protected. Ask for a payment request here instead.",
        reacted: |name, emoji| format!("{name} reacted with {emoji}"),
        take_back: |emoji| format!("Take back {emoji}"),
        queued: "Waiting for a connection",
        sending: "Sending",
        failed: "Not sent. Tap to retry",
        discard: "Delete",
        unread: "New messages",
        actions: "Message actions",
        react: "React",
        reply: "Reply",
        more: "More",
        more_emoji: "More emoji",
        emoji_groups: EMOJI_GROUPS,
        copy: "Copy",
        edit: "Edit",
        unsend: "Unsend",
        latest: "Latest messages",
        new_messages: |count| if count == 1 { "1 new message".into() } else { format!("{count} new messages") },
        loading_older: "Loading older messages",
        typing: |name| format!("{name} is typing"),
    };
}

fn clock(at: i64) -> String {
    let minutes = at.div_euclid(60_000);
    format!("{:02}:{:02}", minutes.div_euclid(60).rem_euclid(24), minutes.rem_euclid(60))
}

const DAY: i64 = 24 * 60 * 60_000;
const WEEKDAYS: [&str; 7] = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// Year, month and day of an instant, by the usual arithmetic on eras of 400 years that begin in March.
fn civil(at: i64) -> (i64, i64, i64) {
    let days = at.div_euclid(DAY) + 719_468;
    let (era, day_of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    (year_of_era + era * 400 + i64::from(month <= 2), month, day)
}

/// What a composer says.
#[derive(Clone, Copy, Debug)]
pub struct ComposerWords {
    /// The name of the field: "Message Kai".
    pub label: fn(&str) -> String,
    /// In the empty field: "Message…".
    pub placeholder: &'static str,
    /// "Send".
    pub send: &'static str,
    /// "Save", of an edit.
    pub save: &'static str,
    /// "Add a photo".
    pub photo: &'static str,
    /// "Pick a product".
    pub catalogue: &'static str,
    /// "Emoji".
    pub emoji: &'static str,
    /// "Replying to Kai"; of the name.
    pub replying: fn(&str) -> String,
    /// "Replying to yourself".
    pub replying_to_self: &'static str,
    /// "Editing".
    pub editing: &'static str,
    /// What does not fit: "12 characters too many".
    pub too_long: fn(usize) -> String,
    /// "Cancel".
    pub cancel: &'static str,
    /// The names of the emoji categories.
    pub emoji_groups: [&'static str; 6],
}

impl ComposerWords {
    /// In English.
    pub const ENGLISH: Self = Self {
        label: |name| format!("Message {name}"),
        placeholder: "Message…",
        send: "Send",
        save: "Save",
        photo: "Add a photo",
        catalogue: "Pick a product",
        emoji: "Emoji",
        replying: |name| format!("Replying to {name}"),
        replying_to_self: "Replying to yourself",
        editing: "Editing",
        too_long: |excess| format!("{excess} characters too many for one message"),
        cancel: "Cancel",
        emoji_groups: EMOJI_GROUPS,
    };
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test(unsupported = test)]
    fn english_dates_are_right() {
        let words = LogWords::ENGLISH;
        assert_eq!((words.date)(1_763_632_920_000), "Thu 20 Nov, 10:02");
        assert_eq!((words.machine_time)(1_763_632_920_000), "2025-11-20T10:02Z");
        assert_eq!((words.machine_time)(1_709_164_800_000), "2024-02-29T00:00Z");
        assert_eq!((words.time)(0), "00:00");
    }
}
