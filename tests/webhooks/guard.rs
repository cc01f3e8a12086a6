//! What never leaves: messages into this network, to where a redirect points, or to where a name leads only sometimes.

use crate::house::{House, with_receiver};
use crate::receiver::{Receiver, Reply};
use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use webhooks::Settings;

#[test]
fn a_name_that_leads_to_this_computer_is_not_called() {
    let (house, receiver) = (House::new(&[]), Receiver::new());
    let (hook, _) = house.hook(&format!("http://localhost:{}/", receiver.port()));
    let _worker = house.deliver();
    house.put("a.txt");
    let said = house.tried(&hook, 1).said.unwrap();
    assert!(said.contains("this computer itself") && said.contains("Settings"), "{said}");
    assert_eq!(receiver.connections(), 0);
}

#[test]
fn a_name_that_leads_into_this_network_is_not_called_however_it_is_written() {
    for address in
        ["127.0.0.1", "10.0.0.1", "169.254.169.254", "::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "fd00::1"]
    {
        let (house, receiver) = (House::new(&[]), Receiver::new());
        let (hook, _) = house.hook("http://hooks.example/");
        let inside = SocketAddr::new(address.parse().unwrap(), receiver.port());
        let resolve: webhooks::Resolve = Arc::new(move |_, _| Ok(vec![inside]));
        let _worker = house.deliver_with(Settings { resolve, ..Settings::default() });
        house.put("a.txt");
        let logged = house.tried(&hook, 1);
        let said = logged.said.unwrap();
        assert!(logged.status.is_none() && said.contains(address), "{said}");
        assert_eq!(receiver.connections(), 0, "{address}");
    }
}

/// A name whose owner answers each look-up differently (DNS rebinding): whatever a look-up says is checked, and the
/// connection goes to just that, without another look-up that could say something else.
#[test]
fn a_name_is_looked_up_once_for_each_attempt_and_what_it_said_is_what_is_checked() {
    let (house, receiver) = (House::new(&[]), Receiver::new());
    let (hook, _) = house.hook("http://hooks.example/");
    let asked = Arc::new(AtomicUsize::new(0));
    let (count, inside) = (Arc::clone(&asked), SocketAddr::from(([127, 0, 0, 1], receiver.port())));
    let resolve: webhooks::Resolve = Arc::new(move |_, _| match count.fetch_add(1, Ordering::SeqCst) {
        0 => Ok(Vec::new()),
        _ => Ok(vec![inside]),
    });
    let _worker = house.deliver_with(Settings { resolve, ..Settings::default() });
    house.put("a.txt");
    assert!(house.tried(&hook, 1).said.unwrap().contains("no address"));
    assert_eq!(asked.load(Ordering::SeqCst), 1);
    house.clock.advance(6_000);
    assert!(house.tried(&hook, 2).said.unwrap().contains("127.0.0.1"));
    assert_eq!((asked.load(Ordering::SeqCst), receiver.connections()), (2, 0));
}

#[test]
fn a_host_that_the_settings_name_is_called_wherever_it_is_and_no_other() {
    let (house, receiver) = (House::new(&["Build.LAN"]), Receiver::new());
    let (hook, _) = house.hook("http://build.lan/");
    let (other, _) = house.hook("http://build.lan.evil.example/");
    let asked = Arc::new(Mutex::new(Vec::new()));
    let (seen, inside) = (Arc::clone(&asked), SocketAddr::from(([127, 0, 0, 1], receiver.port())));
    let resolve: webhooks::Resolve = Arc::new(move |host, port| {
        seen.lock().unwrap().push((host.to_owned(), port));
        Ok(vec![inside])
    });
    let _worker = house.deliver_with(Settings { resolve, ..Settings::default() });
    house.put("a.txt");
    assert_eq!(receiver.next().header("host"), "build.lan");
    assert!(house.tried(&hook, 1).delivered.is_some());
    assert!(house.tried(&other, 1).delivered.is_none());
    assert_eq!(receiver.connections(), 1);
    let mut asked = asked.lock().unwrap().clone();
    asked.sort();
    assert_eq!(asked, [("build.lan".to_owned(), 80), ("build.lan.evil.example".to_owned(), 80)]);
}

#[test]
fn a_redirect_is_not_followed() {
    let (house, receiver, hook, _) = with_receiver();
    let elsewhere = Receiver::new();
    let location = format!("Location: {}\r\n", elsewhere.url());
    receiver.reply([Reply::Say("307 Temporary Redirect", location, Vec::new())]);
    let _worker = house.deliver();
    house.put("a.txt");
    let logged = house.tried(&hook, 1);
    assert_eq!((logged.status, logged.delivered), (Some(307), None));
    assert!(logged.said.unwrap().contains("no redirect is followed"));
    assert_eq!((receiver.connections(), elsewhere.connections()), (1, 0));
}

#[test]
fn a_host_that_is_named_no_more_is_called_no_more() {
    let (house, receiver, hook, _) = with_receiver();
    let changes =
        engine::WorkspaceChanges { webhook_hosts: Some(Vec::new()), ..engine::WorkspaceChanges::default() };
    house.engine.workspace_update(&house.me, changes).unwrap();
    let _worker = house.deliver();
    house.put("a.txt");
    assert!(house.tried(&hook, 1).status.is_none());
    assert_eq!(receiver.connections(), 0);
}

#[test]
fn what_speaks_no_tls_is_not_taken_for_a_secure_receiver() {
    let (house, receiver, ..) = with_receiver();
    let (hook, _) = house.hook(&receiver.url().replace("http://", "https://"));
    let _worker =
        house.deliver_with(Settings { patience: std::time::Duration::from_secs(2), ..Settings::default() });
    house.put("a.txt");
    let logged = house.tried(&hook, 1);
    assert!(logged.status.is_none() && logged.delivered.is_none(), "{logged:?}");
}
