"""What a technician is told of the queue, and what a word of theirs does."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

from offline_queue.outbox import Outbox
from offline_queue.queue_questions import QUESTIONS
from tests.offline_queue.samples import ITEM, NOON, Citizens, HandClock, delivery_of, new_id
from tests.offline_queue.test_outbox import receipt_for


def test_the_list_says_state_age_tries_and_size_and_nothing_that_was_sealed(
    outbox: Outbox, citizens: Citizens, clock: HandClock
) -> None:
    parked, waiting, gone = (citizens.apply(outbox) for _ in range(3))
    outbox.delivery.quarantine(delivery_of(outbox, parked.application_id), "record_invalid")
    outbox.delivery.postpone(
        delivery_of(outbox, waiting.application_id), "http_503", wait_s=30.0, explained=True
    )
    outbox.delivery.mark_delivered(gone.application_id, receipt_for(outbox, gone.application_id))
    size = len(outbox.delivery.sealed(waiting.application_id).envelope)
    clock.now = replace(clock.now, wall=NOON + timedelta(hours=3), since_boot_s=1010.0)
    answer = QUESTIONS["queue-list"](outbox, {})
    first, second = answer["applications"]
    assert (first["state"], first["last_error"], first["attempts"]) == ("quarantined", "record_invalid", 1)
    assert second == {
        "application_id": waiting.application_id,
        "local_no": waiting.local_no,
        "item": ITEM,
        "item_version": "1",
        "state": "kept",
        "sending": False,
        "kept_at": NOON.isoformat(),
        "age_s": 3 * 3600,
        "attempts": 1,
        "next_try_in_s": 20,
        "last_error": "http_503",
        "bytes": size,
        "filing_no": None,
        "parts": (
            {
                "kind": "application",
                "state": "kept",
                "bytes": size,
                "attempts": 1,
                "last_error": "http_503",
            },
        ),
    }
    json.dumps(answer)
    (delivered,) = QUESTIONS["queue-list"](outbox, {"state": "delivered"})["applications"]
    assert (delivered["bytes"], delivered["filing_no"]) == (None, "33010600-20261121-000001")
    assert "is one of" in QUESTIONS["queue-list"](outbox, {"state": "gone"})["error"]


def test_one_is_shown_by_its_id_or_its_number_and_says_when_it_is_being_sent(
    outbox: Outbox, citizens: Citizens
) -> None:
    kept = citizens.apply(outbox)
    outbox.delivery.lease("small")
    for name in (kept.application_id, kept.local_no):
        shown = QUESTIONS["queue-show"](outbox, {"application": name})
        assert (shown["application_id"], shown["sending"]) == (kept.application_id, True)
    assert "no application here" in QUESTIONS["queue-show"](outbox, {"application": new_id()})["error"]


def test_a_retry_releases_one_or_all_that_were_set_aside_and_no_delivered_one(
    outbox: Outbox, citizens: Citizens
) -> None:
    def retry(name: str) -> dict[str, object]:
        return QUESTIONS["queue-retry"](outbox, {"application": name})

    ids = [citizens.apply(outbox).application_id for _ in range(4)]
    outbox.delivery.mark_delivered(ids[3], receipt_for(outbox, ids[3]))
    for application_id in ids[:3]:
        outbox.delivery.quarantine(delivery_of(outbox, application_id), "record_invalid")
    assert retry(ids[1]) == {"retried": [ids[1]]}
    assert outbox.counts().quarantined == 2
    assert retry("all") == {"retried": [ids[0], ids[2]]}
    assert retry("all") == {"retried": []}
    assert [line.application_id for line in outbox.lines("kept")] == ids[:3]
    assert "is delivered already" in str(retry(ids[3])["error"])
    assert "no application here" in str(retry("0001-261121-9999")["error"])
