//! Every route that a server adds, with everything of somebody else's: nothing there, and not a word of it.

use super::world::{As, World};
use api::openapi::{Reach, Route, SERVED};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// What belongs to Kai, by what stands before it in paths.
type Ids = BTreeMap<&'static str, String>;

async fn everything_of_kais(world: &World, kai: &As) -> Ids {
    let listed = async |path: &str| world.get(kai, path).await.json::<Value>();
    let (key, _) = world.key(kai).await;
    let hook = world.call(kai, "POST", "/v1/webhooks", r#"{"url":"http://127.0.0.1:9/told"}"#).await.json::<Value>();
    let picture = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
    let upload = format!(r#"{{"media_type":"image/png","data":"{picture}"}}"#);
    let photo = world.call(kai, "POST", "/v1/photos", &upload).await.json::<Value>();
    let inbox = listed("/v1/threads?folder=primary").await;
    let session = listed("/v1/sessions").await;
    let (_, seat, _) = world.staff(kai, "Anna", 1).await;
    let invited = world.post(kai, "/v1/team/invitations", &json!({ "name": "Ben" })).await.json::<Value>();
    let id = |value: &Value| value["id"].as_str().expect("an id").to_owned();
    BTreeMap::from([
        ("sessions", id(&session[0])),
        ("keys", key.key.id),
        ("webhooks", id(&hook["webhook"])),
        ("photos", id(&photo)),
        ("team/seats", seat),
        ("team/invitations", id(&invited["invitation"])),
        ("threads", inbox["entries"][0]["thread"].as_str().expect("a thread").to_owned()),
        // Nobody of the demo has one; those who have are tried in the tests of accounts.
        ("passkeys", "pk_of_somebody".to_owned()),
    ])
}

fn filled(route: &Route, ids: &Ids) -> String {
    let named = route.path.split("/{").next().expect("a first part").trim_start_matches('/');
    let part = |part: &str| match part {
        "{id}" => ids.get(named).unwrap_or_else(|| panic!("{}: say whose {part} is", route.path)).clone(),
        "{photo}" => ids["photos"].clone(),
        fixed => {
            assert!(!fixed.starts_with('{'), "{}: say what {fixed} is filled with", route.path);
            fixed.to_owned()
        }
    };
    format!("/v1{}", route.path.split('/').map(part).collect::<Vec<_>>().join("/"))
}

#[tokio::test]
async fn no_route_of_the_server_tells_or_does_anything_with_what_is_somebody_elses() {
    let world = World::new().await;
    let kai = world.sign_in("kai.shapes").await;
    let ids = everything_of_kais(&world, &kai).await;
    let mut tried = 0;
    for handle in ["sam.park", "otto.leather"] {
        let nosy = world.sign_in(handle).await;
        for route in SERVED.iter().filter(|route| route.reach != Reach::Anyone && route.path != "/stream") {
            let path = filled(route, &ids);
            let is_of_kai = route.path.contains('{');
            if !is_of_kai && route.method == "POST" {
                // It does something with one's own; there is nobody else's to name.
                continue;
            }
            let body = match route.path {
                "/webhooks/{id}/replay" => r#"{"after":0}"#,
                "/passkeys/{id}/rename" => r#"{"name":"Mine"}"#,
                _takes_none => "null",
            };
            let answer = world.call(&nosy, route.method, &path, body).await;
            let expected = if is_of_kai { 404 } else { 200 };
            let text = answer.text();
            assert_eq!(answer.status.as_u16(), expected, "{handle} {} {path}: {text}", route.method);
            for id in ids.values() {
                assert!(!text.contains(id.as_str()), "{handle} {} {path} tells {id}", route.method);
            }
            tried += 1;
        }
    }
    println!("{tried} calls with what is somebody else's");
    for (what, path) in
        [("sessions", "/v1/sessions"), ("keys", "/v1/keys"), ("webhooks", "/v1/webhooks"), ("team/seats", "/v1/team")]
    {
        assert!(world.get(&kai, path).await.text().contains(&ids[what]), "Kai still has {what}");
    }
}
