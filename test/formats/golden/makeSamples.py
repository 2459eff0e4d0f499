"""Small DICOM and TIFF files and what they show, by pydicom and tifffile. Run: python makeSamples.py > samples.json"""
import base64, io, json, warnings
import numpy as np, pydicom, tifffile
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.pixels import apply_modality_lut, apply_voi_lut
warnings.simplefilter("ignore")
SYNTAX = {"implicit": "1.2.840.10008.1.2", "explicit": "1.2.840.10008.1.2.1", "deflated": "1.2.840.10008.1.2.1.99", "big": "1.2.840.10008.1.2.2", "rle": "1.2.840.10008.1.2.5"}

def dicom(array, syntax="explicit", bits=None, signed=False, photometric="MONOCHROME2", planar=0, **more):
    ds = Dataset()
    ds.file_meta = FileMetaDataset()
    ds.file_meta.TransferSyntaxUID = SYNTAX[syntax if syntax != "rle" else "explicit"]
    ds.file_meta.MediaStorageSOPClassUID = "1.2.840.10008.5.1.4.1.1.7"
    ds.file_meta.MediaStorageSOPInstanceUID = "1.2.3"
    ds.SOPClassUID, ds.SOPInstanceUID = "1.2.840.10008.5.1.4.1.1.7", "1.2.3"
    colour = photometric in ("RGB", "YBR_FULL")
    frames = array.ndim - (3 if colour else 2)
    ds.Rows, ds.Columns = array.shape[frames:frames + 2]
    ds.SamplesPerPixel = 3 if colour else 1
    ds.PhotometricInterpretation = photometric
    ds.BitsAllocated = array.dtype.itemsize * 8
    ds.BitsStored = bits or ds.BitsAllocated
    ds.HighBit = ds.BitsStored - 1
    ds.PixelRepresentation = int(signed)
    if colour: ds.PlanarConfiguration = planar
    if frames: ds.NumberOfFrames = array.shape[0]
    for k, v in more.items(): setattr(ds, k, v)
    data = array if not planar else np.moveaxis(array, -1, -3)
    raw = data.astype(array.dtype.newbyteorder(">" if syntax == "big" else "<")).tobytes()
    ds.PixelData = raw
    ds["PixelData"].VR = "OW" if ds.BitsAllocated > 8 else "OB"
    if syntax == "rle": ds.compress(SYNTAX["rle"], encoding_plugin="pydicom")
    out = io.BytesIO()
    ds.save_as(out, enforce_file_format=True)
    return out.getvalue(), ds

def grey(ds, frame=None):
    a = pydicom.dcmread(io.BytesIO(ds[0])).pixel_array
    if frame is not None: a = a[frame]
    hu = apply_modality_lut(a, ds[1])
    v = np.asarray(apply_voi_lut(hu, ds[1]), dtype=float)
    if "WindowWidth" in ds[1]:
        # apply_voi_lut maps to the range of the stored numbers.
        bits = ds[1].BitsStored
        lo, hi = (-(2 ** (bits - 1)), 2 ** (bits - 1) - 1) if ds[1].PixelRepresentation else (0, 2 ** bits - 1)
        if "RescaleSlope" in ds[1]: lo, hi = lo * float(ds[1].RescaleSlope) + float(ds[1].RescaleIntercept), hi * float(ds[1].RescaleSlope) + float(ds[1].RescaleIntercept)
        v = (v - lo) / (hi - lo) * 255
    return v

out = []
def add(name, made, values, page=1):
    out.append({"name": name, "page": page, "base64": base64.b64encode(made[0]).decode(), "values": [round(float(x), 4) for x in np.asarray(values).ravel()], "shape": list(np.asarray(values).shape)})

rng = np.random.default_rng(7)
ct = rng.integers(0, 4096, (5, 6)).astype(np.uint16)
for s in ["implicit", "explicit", "deflated", "big", "rle"]:
    d = dicom(ct, s, bits=12, RescaleSlope="1", RescaleIntercept="-1024", WindowCenter="40", WindowWidth="400")
    add(f"computed tomography, {s}", d, grey(d))
signed = rng.integers(-2000, 2000, (4, 5)).astype(np.int16)
d = dicom(signed, "explicit", signed=True, WindowCenter="0", WindowWidth="3000")
add("signed numbers", d, grey(d))
frames = rng.integers(0, 256, (3, 4, 4)).astype(np.uint8)
d = dicom(frames, "explicit", WindowCenter="128", WindowWidth="256")
add("the third frame", d, grey(d, 2), 3)
d = dicom(frames, "rle", WindowCenter="128", WindowWidth="256")
add("the second frame, run lengths", d, grey(d, 1), 2)
rgb = rng.integers(0, 256, (4, 3, 3)).astype(np.uint8)
for planar in (0, 1):
    d = dicom(rgb, "explicit", photometric="RGB", planar=planar)
    add(f"colours, planar {planar}", d, rgb)
d = dicom(ct, "explicit", bits=12, photometric="MONOCHROME1", WindowCenter="2048", WindowWidth="4096")
add("white is nothing", d, 255 - grey(d))

tiffs = []
def tiff(name, array, values, page=1, **more):
    b = io.BytesIO()
    tifffile.imwrite(b, array, **more)
    tiffs.append({"name": name, "page": page, "base64": base64.b64encode(b.getvalue()).decode(), "values": [round(float(x), 4) for x in np.asarray(values).ravel()], "shape": list(np.asarray(values).shape)})
deep = rng.integers(0, 65536, (5, 4)).astype(np.uint16); deep[0, 0] = 65535
tiff("16 bits", deep, deep / 65535 * 255, photometric="minisblack")
dark = rng.integers(100, 4000, (5, 4)).astype(np.uint16)
tiff("12 bits in 16", dark, (dark - float(dark.min())) / (float(dark.max()) - float(dark.min())) * 255, photometric="minisblack", compression="zlib")
pages = rng.integers(0, 65536, (3, 4, 4)).astype(np.uint16); pages[:, 0, 0] = 65535
tiff("the second page", pages, pages[1] / 65535 * 255, 2, photometric="minisblack")
height = rng.normal(100, 30, (6, 5)).astype(np.float32)
tiff("floats", height, (height - height.min()) / (height.max() - height.min()) * 255, photometric="minisblack")
bands = rng.integers(0, 10000, (4, 4, 6)).astype(np.uint16)
b3 = bands[..., :3].astype(float)
tiff("six bands", bands, (b3 - b3.min()) / (b3.max() - b3.min()) * 255, photometric="minisblack", planarconfig="contig")
geo = io.BytesIO()
tifffile.imwrite(geo, dark, photometric="minisblack", extratags=[
  (33550, "d", 3, (0.5, 0.25, 0), True), (33922, "d", 6, (0, 0, 0, 400000.0, 5000000.0, 0), True),
  (34735, "H", 16, (1, 1, 0, 3, 1024, 0, 1, 1, 1025, 0, 1, 1, 3072, 0, 1, 32633), True)])
print(json.dumps({"maker": f"pydicom {pydicom.__version__}, tifffile {tifffile.__version__}, numpy {np.__version__}", "dicom": out, "tiff": tiffs,
  "geotiff": {"base64": base64.b64encode(geo.getvalue()).decode(), "transform": [400000, 0.5, 0, 5000000, 0, -0.25], "crs": "EPSG:32633"}}, indent=1))
