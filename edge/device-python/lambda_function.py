"""The device function of edge/device, in Python: the other language that Lambda@Edge runs.

Viewers with a small screen get the pages that are made for it. At origin-request it chooses the page; at
viewer-request it writes the viewer's class into a header that a cache policy has in its key. It needs no packages.
"""

SCREEN_HEADER = "x-isobar-screen"
"""The header that viewer-request writes: ``small`` or ``large``."""

SMALL_PAGES = {"/a/index.html": "/a/small.html", "/b/index.html": "/b/small.html"}
"""The pages that exist for small screens, too."""


def lambda_handler(event, context):
    """Gets CloudFront's event and returns the changed request."""
    record = event["Records"][0]["cf"]
    event_type = record["config"].get("eventType")
    if event_type == "viewer-request":
        return classify(record["request"])
    if event_type == "origin-request":
        return choose(record["request"])
    raise ValueError(f"device handles viewer-request and origin-request, not {event_type}")


def classify(request):
    """Replaces what a viewer may have sent in the header by the class of its browser."""
    request["headers"][SCREEN_HEADER] = [{"key": "X-Isobar-Screen", "value": screen_of_browser(request)}]
    return request


def choose(request):
    """Rewrites the URI of a page that exists for small screens, if the viewer has one."""
    if screen_of_key(request) == "small":
        request["uri"] = SMALL_PAGES.get(request["uri"], request["uri"])
    return request


def screen_of_key(request):
    """The class that is part of the cache key: never by User-Agent, which is not."""
    mobile = header(request, "cloudfront-is-mobile-viewer")
    if mobile is None:
        return "small" if header(request, SCREEN_HEADER) == "small" else "large"
    is_small = mobile == "true" and header(request, "cloudfront-is-tablet-viewer") != "true"
    return "small" if is_small else "large"


def screen_of_browser(request):
    """The class by the client hint Sec-CH-UA-Mobile, else by User-Agent."""
    hint = header(request, "sec-ch-ua-mobile")
    if hint == "?1":
        return "small"
    if hint == "?0":
        return "large"
    agent = header(request, "user-agent") or ""
    return "small" if "Mobi" in agent and "iPad" not in agent and "Tablet" not in agent else "large"


def header(request, name):
    """The first value of a header, or None."""
    lines = request["headers"].get(name)
    return lines[0]["value"] if lines else None
