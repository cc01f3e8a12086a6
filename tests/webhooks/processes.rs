//! `pail serve` delivers: through crashes, and once where several run on one home.

use crate::receiver::{Receiver, Reply};
use acceptance::{Home, Server, wait_until};
use rustix::process::Signal;
use std::collections::BTreeSet;

/// A home with a bucket whose webhook calls the receiver; the webhook's id.
fn told(receiver: &Receiver) -> (Home, String) {
    let home = Home::new();
    home.bucket("Kit");
    home.run(["workspace", "update", "--webhook-host", "127.0.0.1"]).done();
    let made = home.json(["webhook", "create", "kit", &receiver.url()]);
    (home, made["webhook"]["id"].as_str().unwrap().to_owned())
}

fn log(home: &Home, hook: &str) -> Vec<serde_json::Value> {
    home.json(["webhook", "log", hook, "--limit", "1000"]).as_array().unwrap().clone()
}

fn all_delivered(home: &Home, hook: &str) {
    wait_until("all is delivered", || log(home, hook).iter().all(|one| one["state"] == "delivered"));
}

#[test]
fn a_message_on_its_way_when_the_server_is_killed_goes_out_again() {
    let receiver = Receiver::new();
    let (home, hook) = told(&receiver);
    receiver.reply([Reply::Nothing]);
    let server = Server::on(&home);
    home.put("kit", "a.txt", "a");
    let first = receiver.next();
    server.end(Signal::KILL);
    home.put("kit", "b.txt", "b");
    let _next = Server::on(&home);
    let again = receiver.next();
    assert_eq!((again.id(), &again.body), (first.id(), &first.body));
    assert_eq!(receiver.next().json()["data"]["object"]["key"], "b.txt", "while nobody delivered");
    all_delivered(&home, &hook);
    assert_eq!(receiver.connections(), 3);
}

#[test]
fn two_servers_on_one_home_deliver_each_message_once_and_either_takes_over() {
    let receiver = Receiver::new();
    let (home, hook) = told(&receiver);
    let (first, second) = (Server::on(&home), Server::on(&home));
    let bring = |names: &[String]| {
        for name in names {
            home.put("kit", name, "x");
        }
        let arrived: Vec<_> = names.iter().map(|_| receiver.next()).collect();
        wait_until("all is made and delivered", || {
            log(&home, &hook).iter().all(|one| one["state"] == "delivered")
        });
        let ids: BTreeSet<_> = arrived.iter().map(|message| message.id().to_owned()).collect();
        assert_eq!((ids.len(), receiver.rest().len()), (names.len(), 0), "each once");
    };
    bring(&(0..10).map(|number| format!("{number}.txt")).collect::<Vec<_>>());
    first.end(Signal::KILL);
    bring(&["after.txt".to_owned()]);
    let third = Server::on(&home);
    second.end(Signal::TERM);
    bring(&["later.txt".to_owned()]);
    drop(third);
}
