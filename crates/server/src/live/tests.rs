use super::*;
use futures::FutureExt;

fn account(name: &str) -> AccountId {
    format!("acc_{name}").parse().unwrap()
}

fn typing(number: usize) -> Signal {
    let thread = format!("thr_{number}").parse().unwrap();
    Signal::Typing { thread, by: domain::thread::Role::Buyer }
}

fn taken(place: &Place) -> Option<Option<Signal>> {
    place.mailbox.take().now_or_never()
}

#[test]
fn news_are_told_to_whom_they_concern() {
    let hub = Hub::default();
    let (maya, kai) = (hub.listen(&account("maya"), None).unwrap(), hub.listen(&account("kai"), None).unwrap());
    hub.publish(&News::to(account("maya"), typing(1)));
    hub.publish(&News::to_everyone(Signal::Clock));
    assert_eq!(taken(&maya), Some(Some(typing(1))));
    assert_eq!(taken(&maya), Some(Some(Signal::Clock)));
    assert_eq!(taken(&kai), Some(Some(Signal::Clock)));
    assert_eq!(taken(&kai), None);
}

#[test]
fn of_cursors_that_wait_only_the_newest_is_told_and_never_an_older_one() {
    let hub = Hub::default();
    let place = hub.listen(&account("maya"), None).unwrap();
    for cursor in [3, 7, 5] {
        hub.publish(&News::to(account("maya"), Signal::Events { cursor }));
    }
    assert_eq!(taken(&place), Some(Some(Signal::Events { cursor: 7 })));
    assert_eq!(taken(&place), None);
}

#[test]
fn whoever_does_not_read_is_cut_and_the_others_are_not() {
    let hub = Hub::default();
    let slow = hub.listen(&account("maya"), None).unwrap();
    let quick = hub.listen(&account("maya"), None).unwrap();
    for number in 0..=mailbox::ROOM {
        hub.publish(&News::to(account("maya"), typing(number)));
        assert_eq!(taken(&quick), Some(Some(typing(number))));
    }
    assert_eq!(taken(&slow), Some(None));
    assert_eq!(hub.streams_of(&account("maya")), 1);
}

#[test]
fn a_closed_session_hears_nothing_more_not_even_what_waits() {
    let hub = Hub::default();
    let phone = hub.listen(&account("maya"), Some(SessionId("phone".to_owned()))).unwrap();
    let laptop = hub.listen(&account("maya"), Some(SessionId("laptop".to_owned()))).unwrap();
    hub.publish(&News::to_everyone(Signal::Clock));
    hub.close_session("phone");
    assert_eq!(taken(&phone), Some(None));
    assert_eq!(taken(&laptop), Some(Some(Signal::Clock)));
}

#[test]
fn a_browser_has_a_number_of_streams_and_gets_back_what_it_gives_up() {
    let hub = Hub::default();
    let mut places: Vec<_> = (0..STREAMS_EACH).map(|_| hub.listen(&account("maya"), None).unwrap()).collect();
    assert_eq!(hub.listen(&account("maya"), None).err().unwrap().code, "too_many_streams");
    assert!(hub.listen(&account("kai"), None).is_ok());
    assert!(hub.listen(&account("maya"), Some(SessionId("of another browser".to_owned()))).is_ok());
    places.pop();
    assert!(hub.listen(&account("maya"), None).is_ok());
}

#[test]
fn after_the_end_no_stream_begins() {
    let hub = Hub::default();
    let place = hub.listen(&account("maya"), None).unwrap();
    hub.close();
    assert_eq!(taken(&place), Some(None));
    assert_eq!(hub.listen(&account("maya"), None).err().unwrap().code, "going_away");
    assert_eq!(hub.streams_of(&account("maya")), 0);
}
