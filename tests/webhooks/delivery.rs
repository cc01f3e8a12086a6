//! What arrives, in which order, and what becomes of answers of every kind.

use crate::house::with_receiver;
use crate::receiver::Reply;
use acceptance::wait_until;
use std::time::Duration;
use webhooks::Settings;

#[test]
fn a_message_arrives_as_the_standard_says_and_its_signature_holds_for_nothing_else() {
    let (house, receiver, hook, secret) = with_receiver();
    let _worker = house.deliver();
    house.put("a.txt");
    let message = receiver.next();
    assert_eq!(message.line, "POST /hook?a=b HTTP/1.1");
    assert_eq!(message.header("host"), format!("127.0.0.1:{}", receiver.port()));
    assert_eq!(message.header("content-type"), "application/json");
    assert_eq!(message.header("webhook-timestamp"), "1790000000");
    assert!(message.is_signed_with(&secret));
    let mut other = message.clone();
    other.body.push(' ');
    assert!(!other.is_signed_with(&secret));
    assert!(!message.is_signed_with("whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"));
    let body = message.json();
    assert_eq!(body.as_object().unwrap().keys().collect::<Vec<_>>(), ["type", "timestamp", "data"]);
    assert_eq!((&body["type"], &body["data"]["object"]["key"]), (&"object.created".into(), &"a.txt".into()));
    let logged = house.tried(&hook, 1);
    assert_eq!((logged.id.as_str(), logged.status), (message.id(), Some(204)));
    assert!(logged.delivered.is_some() && logged.body == message.body);
    assert_eq!(receiver.connections(), 1);
}

#[test]
fn what_was_answered_with_an_error_comes_again_later_with_its_id_and_in_its_turn() {
    let (house, receiver, hook, secret) = with_receiver();
    receiver.reply([Reply::Say("500 Internal Server Error", String::new(), b"not today".to_vec())]);
    let _worker = house.deliver();
    house.put("a.txt");
    let first = receiver.next();
    let logged = house.tried(&hook, 1);
    assert_eq!((logged.status, logged.said.as_deref()), (Some(500), Some("not today")));
    house.put("b.txt");
    wait_until("the second is made", || house.show(&hook).waiting == 2);
    house.clock.advance(6_000);
    let again = receiver.next();
    assert_eq!((again.id(), &again.body), (first.id(), &first.body));
    assert_eq!(again.header("webhook-timestamp"), "1790000006");
    assert!(again.is_signed_with(&secret));
    let second = receiver.next();
    assert_eq!(second.json()["data"]["object"]["key"], "b.txt");
    wait_until("both are delivered", || house.show(&hook).waiting == 0);
    assert_eq!(house.show(&hook).failing, None);
    assert_eq!(receiver.connections(), 3, "nothing was sent before its time");
}

#[test]
fn many_messages_arrive_in_the_order_in_which_things_happened() {
    let (house, receiver, ..) = with_receiver();
    let _worker = house.deliver();
    let names: Vec<String> = (0..60).map(|number| format!("{number}.txt")).collect();
    for name in &names {
        house.put(name);
    }
    let arrived: Vec<String> = names
        .iter()
        .map(|_| receiver.next().json()["data"]["object"]["key"].as_str().unwrap().into())
        .collect();
    assert_eq!(arrived, names);
}

#[test]
fn one_slow_receiver_does_not_hold_up_another() {
    let (house, slow, hook, _) = with_receiver();
    slow.reply([Reply::Nothing]);
    let quick = crate::receiver::Receiver::new();
    house.hook(&quick.url());
    let _worker = house.deliver();
    house.put("a.txt");
    house.put("b.txt");
    assert_eq!(slow.next().json()["data"]["object"]["key"], "a.txt");
    assert_eq!(quick.next().json()["data"]["object"]["key"], "a.txt");
    assert_eq!(quick.next().json()["data"]["object"]["key"], "b.txt");
    assert_eq!((slow.rest().len(), house.show(&hook).waiting), (0, 2), "it still waits for the first answer");
}

#[test]
fn a_receiver_that_is_too_slow_has_not_answered() {
    for reply in [Reply::Nothing, Reply::Drip] {
        let (house, receiver, hook, _) = with_receiver();
        receiver.reply([reply]);
        let _worker =
            house.deliver_with(Settings { patience: Duration::from_secs(3), ..Settings::default() });
        house.put("a.txt");
        receiver.next();
        let logged = house.tried(&hook, 1);
        assert!(logged.status.is_none() && logged.delivered.is_none(), "{logged:?}");
        let said = logged.said.unwrap();
        assert!(said.contains("did not answer"), "{said}");
        assert!(logged.due.is_some());
    }
}

#[test]
fn no_more_than_the_beginning_of_an_answer_is_kept() {
    let (house, receiver, hook, _) = with_receiver();
    receiver.reply([Reply::Say("200 OK", String::new(), vec![b'x'; 3_000_000])]);
    let _worker = house.deliver();
    house.put("a.txt");
    let logged = house.tried(&hook, 1);
    assert_eq!((logged.status, logged.said.unwrap().len()), (Some(200), 4096));
    assert!(logged.delivered.is_some());
}

#[test]
fn nobody_at_home_is_a_failure_in_words() {
    let (house, receiver, ..) = with_receiver();
    // A port that programs are not given.
    let closed = "127.0.0.1:1";
    let (hook, _) = house.hook(&format!("http://{closed}/"));
    let _worker = house.deliver();
    house.put("a.txt");
    let said = house.tried(&hook, 1).said.unwrap();
    assert!(said.contains("cannot be reached") && said.contains(closed), "{said}");
    receiver.next();
}

#[test]
fn a_message_is_sent_again_when_somebody_asks_and_not_by_itself() {
    let (house, receiver, hook, _) = with_receiver();
    let _worker = house.deliver();
    house.put("a.txt");
    let first = receiver.next();
    let logged = house.tried(&hook, 1);
    house.engine.delivery_resend(&house.me, &logged.id).unwrap();
    assert_eq!(receiver.next().id(), first.id());
    house.tried(&hook, 2);
    assert_eq!(receiver.connections(), 2);
}
