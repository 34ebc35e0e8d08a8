# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import subprocess
import sys
from tempfile import TemporaryDirectory
from threading import Barrier, Thread

from odoo.tests import BaseCase, tagged

from ..writing.endpoint import Endpoint, NoAnswer, ask
from ..writing.slots import MAX_CALLS, count_slots, occupy_slot
from .common import serve

HOLD = """
import fcntl, sys
file = open(sys.argv[1], "w")
fcntl.flock(file, fcntl.LOCK_EX)
print("held", flush=True)
sys.stdin.read()
"""


@tagged("post_install", "-at_install")
class TestSlots(BaseCase):
    def setUp(self):
        super().setUp()
        folder = TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def test_one_worker_stays_free(self):
        self.assertEqual(
            [count_slots(workers) for workers in (1, 2, 3, 9)], [0, 1, 2, 2]
        )
        # of a server of threads
        self.assertEqual(count_slots(0), MAX_CALLS)

    def test_slots_end_with_who_held_them(self):
        with (
            occupy_slot(self.folder, 1) as first,
            occupy_slot(self.folder, 1) as second,
        ):
            self.assertEqual((first, second), (True, False))
        with occupy_slot(self.folder, 1) as again:
            self.assertTrue(again)
        with occupy_slot(self.folder, 0) as never:
            self.assertFalse(never)

    def test_other_processes_hold_slots_until_they_are_killed(self):
        with occupy_slot(self.folder, 1):
            pass
        command = [sys.executable, "-c", HOLD, f"{self.folder}/call_0.lock"]
        with subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        ) as other:
            self.assertEqual(other.stdout.readline(), b"held\n")
            with occupy_slot(self.folder, 1) as is_free:
                self.assertFalse(is_free)
            other.kill()
        with occupy_slot(self.folder, 1) as is_free:
            self.assertTrue(is_free)

    def test_a_slow_model_holds_no_more_than_its_slots(self):
        """Ten threads ask a model that never answers: two wait, eight go on."""
        server = serve(self)
        server.reply = server.hang
        endpoint = Endpoint(server.url, "small-model", "", 1)
        entered = Barrier(10)
        turned_away = []

        def work():
            with occupy_slot(self.folder, MAX_CALLS) as is_free:
                # Nobody leaves before everybody has come.
                entered.wait(timeout=60)
                if not is_free:
                    turned_away.append(True)
                    return
                with self.assertRaises(NoAnswer):
                    ask(endpoint, {"model": "small-model", "messages": []})

        threads = [Thread(target=work) for _number in range(10)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(len(turned_away), 8)
        self.assertEqual(len(server.requests), MAX_CALLS)
