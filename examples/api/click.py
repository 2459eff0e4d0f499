"""A picture, two clicks, a correction and its objects in COCO, with Python's own library.

    maskwise serve --port 7878 --token "$MASKWISE_TOKEN"
    MASKWISE_URL=http://127.0.0.1:7878 python3 click.py cat.jpg 320,240 20,20 cat.coco.json
"""

import json
import os
import sys
from urllib.parse import quote
from urllib.request import Request, urlopen

URL, TOKEN = os.environ["MASKWISE_URL"], os.environ["MASKWISE_TOKEN"]


def ask(method, path, body=None, kind="application/json"):
    """Ask the server; what fails raises urllib's HTTPError, whose body says why."""
    data = json.dumps(body).encode() if kind == "application/json" and body is not None else body
    headers = {"Authorization": f"Bearer {TOKEN}", **({"Content-Type": kind} if body is not None else {})}
    with urlopen(Request(URL + path, data, headers, method=method)) as answer:
        content = answer.read()
        areas = answer.headers.get("Maskwise-Areas")
    return content, json.loads(areas) if areas else None


def click(place, says):
    x, y = map(float, place.split(","))
    return {"kind": "click", "at": {"x": x, "y": y}, "says": says}


def pixels(areas):
    return next(area["pixels"] for area in areas if area["label"] == "object")


picture, there, elsewhere, out = sys.argv[1:]
with open(picture, "rb") as file:
    name = quote(os.path.basename(picture))
    opened, _ = ask("POST", f"/v1/sessions?name={name}", file.read(), "application/octet-stream")
session = f"/v1/sessions/{json.loads(opened)['id']}"

ask("POST", f"{session}/prompts", {"prompts": [click(there, "object")]})
_, before = ask("GET", f"{session}/mask")
ask("POST", f"{session}/prompts", {"prompts": [click(elsewhere, "background")]})
objects, after = ask("GET", f"{session}/annotations?format=coco")
with open(out, "wb") as file:
    file.write(objects)
ask("DELETE", session)
print(f"{out}: {pixels(before)} pixels after a click, {pixels(after)} after two")
