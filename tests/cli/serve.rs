//! Starting and ending the server.

use acceptance::{Home, Server, wait_until};
use rustix::process::Signal;
use std::net::{TcpListener, TcpStream};

#[test]
fn a_server_says_where_it_listens_and_ends_when_it_is_asked() {
    for signal in [Signal::INT, Signal::TERM] {
        let home = Home::new();
        let server = Server::on(&home);
        let address = server.address();
        assert!(address.ip().is_loopback() && address.port() != 0);
        assert_eq!(server.end(signal), Some(0));
        assert!(TcpStream::connect(address).is_err());
    }
}

#[test]
fn links_name_the_server_while_it_runs_and_the_usual_address_afterwards() {
    let home = Home::new();
    home.bucket("Kit");
    home.put("kit", "a.txt", "a");
    let url = || home.json(["file", "link", "kit", "a.txt"])["url"].as_str().unwrap().to_owned();
    let server = Server::on(&home);
    assert!(url().starts_with(&format!("http://{}/", server.address())));
    server.end(Signal::TERM);
    assert!(url().starts_with("http://127.0.0.1:7245/"));
}

#[test]
fn a_taken_port_is_refused_in_words() {
    let home = Home::new();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let told = home.run(["serve", "--listen", &address]).refused();
    assert!(told.contains(&address) && told.contains("--listen"), "{told}");
}

#[test]
fn an_address_that_is_not_ours_is_refused_in_words() {
    let home = Home::new();
    let told = home.run(["serve", "--listen", "192.0.2.1:7245"]).refused();
    assert!(told.contains("192.0.2.1:7245") && told.contains("--listen"), "{told}");
}

#[test]
fn links_do_not_name_a_server_that_was_killed() {
    let home = Home::new();
    home.bucket("Kit");
    home.put("kit", "a.txt", "a");
    let server = Server::on(&home);
    server.end(Signal::KILL);
    let link = home.json(["file", "link", "kit", "a.txt"]);
    assert_eq!(link["served"], false, "{link}");
    // The next server is named at once.
    let next = Server::on(&home);
    let url = home.json(["file", "link", "kit", "a.txt"])["url"].as_str().unwrap().to_owned();
    assert!(url.starts_with(&format!("http://{}/", next.address())), "{url}");
}

#[test]
fn of_two_servers_the_one_that_stays_is_named() {
    let home = Home::new();
    home.bucket("Kit");
    home.put("kit", "a.txt", "a");
    let first = Server::on(&home);
    let expected = format!("http://{}/", first.address());
    for signal in [Signal::TERM, Signal::KILL] {
        Server::on(&home).end(signal);
        wait_until("the first is named again", || {
            home.json(["file", "link", "kit", "a.txt"])["url"].as_str().unwrap().starts_with(&expected)
        });
    }
}
