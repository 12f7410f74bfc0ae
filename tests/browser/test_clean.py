"""The judge of last resort: a browser without our policy shows every cleaned payload, and nothing runs."""

from playwright.sync_api import Browser

from kmportal.core import clean
from tests.core.payloads import PLAIN, html_payloads

ARM = "() => { window.ran = 0; window.attack = () => { window.ran += 1 } }"


def test_no_payload_runs_once_cleaned(browser: Browser) -> None:
    page = browser.new_page()
    page.goto("about:blank")
    page.evaluate(ARM)
    texts = [*(clean.html(text) for text in html_payloads()), *(clean.plain(text) for text in PLAIN)]

    ran = page.evaluate(
        """async (texts) => {
            for (const text of texts) {
                const box = document.createElement("div")
                box.innerHTML = text
                document.body.append(box)
                for (const link of box.querySelectorAll("a[href]")) if (/^(javascript|vbscript|data|blob):$/.test(link.protocol)) link.click()
                for (const thing of box.querySelectorAll("*")) for (const kind of ["mouseover", "focus", "pointerenter"]) thing.dispatchEvent(new Event(kind))
            }
            await new Promise((done) => setTimeout(done, 300))
            return window.ran
        }""",
        texts,
    )
    page.close()

    assert ran == 0


def test_the_collection_bites(browser: Browser) -> None:
    """Without cleaning, many of them do run: the collection is no paper tiger."""
    page = browser.new_page()
    page.goto("about:blank")
    page.evaluate(ARM)
    page.evaluate(
        "(texts) => { for (const text of texts) { const box = document.createElement('div'); box.innerHTML = text; document.body.append(box) } }",
        html_payloads(),
    )
    page.wait_for_timeout(500)
    ran = page.evaluate("window.ran")
    page.close()

    assert ran > 20
