"""How soon a reader on a slow mobile network sees the chart, and how much has to come for it."""

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import watch

pytestmark = pytest.mark.browser

SLOW_4G = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1.6 * 1024 * 1024 / 8,
    "uploadThroughput": 750 * 1024 / 8,
}
"""The profile of Lighthouse's slow 4G: 150 ms there and back, 1.6 Mbit/s down."""

OBSERVE = """() => new Promise(resolve => {
    let last = 0;
    new PerformanceObserver(list => { for (const e of list.getEntries()) last = e.startTime; })
        .observe({type: 'largest-contentful-paint', buffered: true});
    setTimeout(() => resolve(last), 400);
})"""


@pytest.mark.parametrize(
    "address", ["/", "/indicators/mri-units-per-million/", "/indicators/mri-units-per-million/?view=map"]
)
def test_the_largest_paint_comes_within_a_second_on_slow_4g(browser: Browser, server: str, address: str) -> None:
    context = browser.new_context(base_url=server, viewport={"width": 412, "height": 823}, device_scale_factor=2)
    page = context.new_page()
    witness = watch(page, server)
    devtools = context.new_cdp_session(page)
    devtools.send("Network.enable")
    devtools.send("Network.emulateNetworkConditions", SLOW_4G)
    received: list[int] = []
    devtools.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))

    page.goto(address, wait_until="load")
    painted = page.evaluate(OBSERVE)
    context.close()

    assert 0 < painted < 1000, f"{painted:.0f} ms"
    assert sum(received) < 120_000
    assert witness.foreign == []


def test_an_uncached_page_takes_the_server_little_time(browser: Browser, server: str) -> None:
    context = browser.new_context(base_url=server)
    times = []
    for year in range(2018, 2021):
        answer = context.request.get(f"/indicators/mri-units-per-million/?areas=FIN,DEU&view=ranking&year={year}")
        told = dict(part.strip().split(";", 1) for part in answer.headers["server-timing"].split(","))
        assert told["page"] == "desc=rendered"
        times.append(float(told["app"].removeprefix("dur=")))
    context.close()

    assert min(times) < 40, times
