//! Where a business is paid: chosen by its owner, kept as it was said, and used for what is asked for from then on.

use super::world::{As, World};
use api::wire::{PaidTo, Payee, TeamAct, TeamDeed};
use serde_json::{Value, json};

fn to(kind: &str, is: &str) -> Value {
    json!({ "to": { "type": kind, "is": is } })
}

async fn chosen(world: &World, who: &As) -> Option<PaidTo> {
    world.get(who, "/v1/payee").await.json::<Payee>().chosen
}

#[tokio::test]
async fn the_owner_says_where_the_business_is_paid_and_takes_it_back() {
    let world = World::paid_by_paypal().await;
    let kai = world.sign_in("kai.shapes").await;
    assert_eq!(chosen(&world, &kai).await, None);
    let email = PaidTo::Email("kai@example.com".to_owned());
    let answer = world.post(&kai, "/v1/payee", &to("email", "kai@example.com")).await;
    assert_eq!(answer.json::<Payee>(), Payee { chosen: Some(email.clone()), is_offered: true });
    let log: Vec<TeamDeed> = world.get(&kai, "/v1/team/log").await.json();
    assert_eq!(log[0].act, TeamAct::PayeeChosen, "whoever owns the business can see that it happened");
    let otto = world.sign_in("otto.leather").await;
    assert_eq!(chosen(&world, &otto).await, None, "each business has its own");
    for wrong in ["", "nobody", "two words@example.com"] {
        let refused = world.post(&kai, "/v1/payee", &to("email", wrong)).await.refused();
        assert_eq!(refused, (422, "payee_unknown".to_owned()), "{wrong}");
    }
    assert_eq!(world.post(&kai, "/v1/payee", &to("merchant", "SHORT")).await.refused().0, 422);
    assert_eq!(chosen(&world, &kai).await, Some(email), "what was refused changes nothing");
    world.post(&kai, "/v1/payee", &json!({ "to": null })).await.json::<Payee>();
    assert_eq!(chosen(&world, &kai).await, None);
}

#[tokio::test]
async fn buyers_staff_and_programs_say_nothing_about_where_a_business_is_paid() {
    let world = World::paid_by_paypal().await;
    let kai = world.sign_in("kai.shapes").await;
    let (anna, ..) = world.staff(&kai, "Anna", 1).await;
    let (_, program) = world.key(&kai).await;
    let maya = world.sign_in("maya.torres").await;
    let body = to("email", "mallory@example.com");
    assert_eq!(world.post(&anna, "/v1/payee", &body).await.refused(), (403, "only_owner".to_owned()));
    assert_eq!(world.post(&maya, "/v1/payee", &body).await.refused(), (403, "only_businesses".to_owned()));
    assert_eq!(world.post(&program, "/v1/payee", &body).await.refused().0, 403);
    assert_eq!(chosen(&world, &kai).await, None);
}

#[tokio::test]
async fn a_simulated_processor_pays_nobody() {
    let world = World::new().await;
    let kai = world.sign_in("kai.shapes").await;
    assert_eq!(world.get(&kai, "/v1/payee").await.json::<Payee>(), Payee::default());
    let refused = world.post(&kai, "/v1/payee", &to("email", "kai@example.com")).await.refused();
    assert_eq!(refused, (409, "payee_simulated".to_owned()));
}
