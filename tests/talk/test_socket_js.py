"""The browser's side of the wire, played with node: no browser, no network."""

import shutil
import subprocess
from pathlib import Path

import pytest

NODE = shutil.which("node")


@pytest.mark.skipif(NODE is None, reason="needs node")
def test_the_browser_keeps_its_side_of_the_protocol() -> None:
    played = subprocess.run(
        [str(NODE), str(Path(__file__).with_name("socket.mjs"))], capture_output=True, text=True, timeout=30, check=False
    )
    assert played.returncode == 0, played.stderr
