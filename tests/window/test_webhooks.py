"""Messages to webhooks from the window itself: nothing else of Pail runs beside it."""

from app import WindowTest
from desk import wait_for
from receiver import Receiver


class Webhooks(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.receiver = Receiver()
        self.addCleanup(self.receiver.close)

    def heard(self, count: int) -> list[tuple[str, str]]:
        """The types and keys of the first messages, once there are that many."""
        wait_for(lambda: len(self.receiver.messages) >= count, f"{count} messages", seconds=60)
        contents = [message.content for message in self.receiver.messages]
        return [(content["type"], content["data"]["object"]["key"]) for content in contents]

    def test_a_program_elsewhere_is_told_of_what_is_dropped_and_of_what_came_while_no_window_was_open(self):
        before = self.place.make("Before.txt", "before")
        mug = self.place.make("Mug with lemons.jpg", bytes(range(256)) * 40)
        bucket = self.bucket("Client deliverables")
        # The loopback is this machine's own: it is called only because a person named it.
        self.pail("workspace", "update", "--webhook-host", "127.0.0.1")
        made = self.pail("webhook", "create", bucket, self.receiver.url)
        self.pail("file", "put", bucket, before)
        self.open()
        self.assertEqual(self.heard(1), [("object.created", "before.txt")])
        self.drop(mug)
        self.row("Mug with lemons.jpg")
        told = [("object.created", "before.txt"), ("object.created", "mug_with_lemons.jpg")]
        self.assertEqual(self.heard(2), told)
        mug.write_bytes(b"another")
        self.drop(mug)
        self.said("is now version 2")
        self.assertEqual(self.heard(3), [*told, ("object.replaced", "mug_with_lemons.jpg")])
        for message in self.receiver.messages:
            self.assertTrue(message.is_signed_with(made["secret"]), message.content)
            self.assertEqual(message.content["data"]["bucket"]["id"], bucket)
        self.assertEqual(self.receiver.messages[2].content["data"]["object"]["size"], len(b"another"))
        hook = made["webhook"]["id"]
        log = wait_for(
            lambda: (log := self.pail("webhook", "log", hook)) and all(one["delivered"] for one in log) and log,
            "a log that says that all arrived",
        )
        self.assertEqual({one["id"] for one in log}, {message.id for message in self.receiver.messages})
