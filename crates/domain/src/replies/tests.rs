use super::*;
use proptest::prelude::*;

fn reply(shortcut: &str, text: &str) -> SavedReply {
    SavedReply { shortcut: shortcut.parse().expect("a short name"), text: text.parse().expect("short") }
}

fn facts() -> Facts {
    Facts {
        name: Some("Maya".to_owned()),
        order: Some("K-2041".to_owned()),
        tracking: None,
        item: Some("{name} the board".to_owned()),
    }
}

#[test]
fn what_is_known_is_filled_in_and_what_is_not_stays_to_be_seen() {
    let text = "Hi {name}, {order} ({item}) goes with {tracking}. {other} {";
    let filled = reply("sent", text).filled(&facts());
    assert_eq!(filled, "Hi Maya, K-2041 ({name} the board) goes with {tracking}. {other} {");
}

#[test]
fn a_brace_before_a_name_stands_for_itself() {
    assert_eq!(reply("b", "{{name}} { {order}").filled(&facts()), "{Maya} { K-2041");
}

#[test]
fn a_short_name_is_read_as_people_type_it() {
    assert_eq!("/On-Its-Way".parse::<Shortcut>().map(String::from), Ok("on-its-way".to_owned()));
    for wrong in ["", "/", "on its way", "è", "abcdefghijklmnopqrstuvwxy", "a/b"] {
        assert_eq!(wrong.parse::<Shortcut>(), Err(ShortcutError), "{wrong}");
    }
}

#[test]
fn two_replies_have_two_names_and_there_are_at_most_a_hundred() {
    let draft = |replies: Vec<SavedReply>| SavedReplies::try_from(RepliesDraft { replies });
    let twice = draft(vec![reply("hi", "Hello"), reply("HI", "Good morning")]);
    assert_eq!(twice, Err(RepliesError::Twice("hi".parse().expect("a short name"))));
    let many = |count: usize| draft((0..count).map(|n| reply(&format!("r{n}"), "Hello")).collect());
    assert_eq!(many(SavedReplies::MAX).map(|replies| replies.all().len()), Ok(100));
    assert_eq!(many(SavedReplies::MAX + 1), Err(RepliesError::TooMany));
}

proptest! {
    #[test]
    fn a_text_without_names_says_what_it_says(text in "[a-z{} ]{1,40}") {
        prop_assume!(!text.trim().is_empty() && Facts::NAMES.iter().all(|name| !text.contains(name)));
        let reply = reply("a", &text);
        prop_assert_eq!(reply.filled(&facts()), reply.text.as_str());
    }
}
