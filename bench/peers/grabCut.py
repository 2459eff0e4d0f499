"""OpenCV's GrabCut as a peer: one JSON line in (a picture and clicks), one JSON line out (mask, time).

In:  {"image": path, "clicks": [[x, y, 1 object | 0 background], ...]}
Out: {"ms": time of cv2.grabCut and its mask, "mask": base64 of a PNG, 255 = object, "version": ...}

Disks of radius 5 at the clicks are sure; within a tenth of the longer side of an object click probably
object, elsewhere probably background; three iterations, all clicks again each time.
Needs Debian's python3-opencv.
"""
import base64
import json
import sys
import time

import cv2
import numpy as np

cv2.setNumThreads(int(sys.argv[1]) if len(sys.argv) > 1 else 2)
pictures = {}


def grab_cut(image, clicks):
    height, width = image.shape[:2]
    mask = np.full((height, width), cv2.GC_PR_BGD, np.uint8)
    for x, y, says in clicks:
        if says:
            cv2.circle(mask, (x, y), max(10, max(height, width) // 10), int(cv2.GC_PR_FGD), -1)
    for x, y, says in clicks:
        cv2.circle(mask, (x, y), 5, int(cv2.GC_FGD if says else cv2.GC_BGD), -1)
    for x, y, says in clicks:
        mask[y, x] = cv2.GC_FGD if says else cv2.GC_BGD
    cv2.setRNGSeed(1)
    models = np.zeros((1, 65)), np.zeros((1, 65))
    try:
        cv2.grabCut(image, mask, None, *models, 3, cv2.GC_INIT_WITH_MASK)
    except cv2.error:  # no pixel of one of the two kinds
        return (mask == cv2.GC_FGD).astype(np.uint8) * 255
    return ((mask == cv2.GC_FGD) | (mask == cv2.GC_PR_FGD)).astype(np.uint8) * 255


for line in sys.stdin:
    asked = json.loads(line)
    if asked["image"] not in pictures:
        pictures = {asked["image"]: cv2.imread(asked["image"], cv2.IMREAD_COLOR)}
    start = time.perf_counter()
    mask = grab_cut(pictures[asked["image"]], asked["clicks"])
    ms = 1000 * (time.perf_counter() - start)
    png = base64.b64encode(cv2.imencode(".png", mask)[1]).decode()
    print(json.dumps({"ms": ms, "mask": png, "version": cv2.__version__}), flush=True)
