"""Golden values of pycocotools for pycocotools.json. Run: python makePycocotools.py > pycocotools.json"""
import json, numpy as np, pycocotools
from pycocotools import mask as m
from importlib.metadata import version
rng = np.random.default_rng(20261128)
out = []
def add(name, a):
    a = np.asfortranarray(a.astype(np.uint8))
    h, w = a.shape
    r = m.encode(a)
    out.append({"name": name, "size": [h, w], "rows": ["".join(map(str, row)) for row in a.tolist()],
        "counts": r["counts"].decode(), "area": int(m.area(r)), "bbox": [int(v) for v in m.toBbox(r)]})
add("empty", np.zeros((3, 5)))
add("full", np.ones((4, 3)))
add("one pixel", np.eye(1))
a = np.zeros((7, 9)); a[1:6, 2:8] = 1; a[2:5, 3:6] = 0; a[3, 4] = 1
add("an island in a hole", a)
add("checkers", np.indices((6, 6)).sum(0) % 2)
for i in range(12):
    h, w = rng.integers(1, 33, 2)
    blob = rng.random((h, w)) < rng.choice([0.05, 0.3, 0.7, 0.95])
    add(f"random {i}", blob)
y, x = np.mgrid[0:60, 0:80]
add("a ring at the border", ((x - 5) ** 2 + (y - 30) ** 2 < 900) & ((x - 9) ** 2 + (y - 28) ** 2 > 120))
# Polygons along pixel edges, as maskwise writes them: holes by bridges.
polygons = []
def poly(name, size, rings):
    h, w = size
    r = m.merge(m.frPyObjects(rings, h, w))
    polygons.append({"name": name, "size": [h, w], "polygons": rings, "rows": ["".join(map(str, row)) for row in m.decode(r).tolist()]})
poly("a rectangle", (5, 6), [[1, 1, 4, 1, 4, 3, 1, 3]])
poly("a hole by a bridge", (8, 9), [[1, 1, 8, 1, 8, 7, 1, 7, 1, 1, 3, 3, 3, 5, 6, 5, 6, 3, 3, 3]])
poly("two parts", (5, 9), [[0, 0, 2, 0, 2, 2, 0, 2], [5, 1, 9, 1, 9, 4, 5, 4]])
# The uncompressed form.
u = m.frPyObjects({"size": [3, 4], "counts": [1, 1, 1, 1, 1, 4, 3]}, 3, 4)
print(json.dumps({"maker": "pycocotools " + version("pycocotools") + ", numpy " + np.__version__, "masks": out, "polygons": polygons, "uncompressed": {"size": [3, 4], "runs": [1, 1, 1, 1, 1, 4, 3], "counts": u["counts"].decode()}}))
