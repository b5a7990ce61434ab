"""How a page answers a look: as a status, and in a word."""

from tests.documents.papers import received


def opened(client, path, *, whole=True):
    """The status of a look; of an empty act where the URL is for acts only. A refusal need not be a whole page."""
    headers = {} if whole else {"HX-Request": "true"}
    response = client.get(path, headers=headers)
    if response.status_code == 405:
        response = client.post(path, {"viec": "bo"}, headers=headers)
    if response.streaming:
        assert received(response)
    return response.status_code


def seen(status):
    """503 is the health page's own word for a system that is not well."""
    told = {403: "refused", 404: "not found", 503: "opens"}
    return told.get(status, "opens" if status < 500 else "broken")
