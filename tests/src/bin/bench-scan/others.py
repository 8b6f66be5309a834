"""Reads folders of frames with readers that Python reaches: others.py OUT.json FOLDER [FOLDER...] [--no-libdmtx]"""

import json
import os
import sys
import time

import cv2
import numpy
import zxingcpp

FORMATS = zxingcpp.BarcodeFormat
MATRIX = [FORMATS.DataMatrix, FORMATS.QRCode]
BARS = [FORMATS.EAN13, FORMATS.EAN8, FORMATS.UPCA, FORMATS.Code128]


def zxing(image, symbol):
    formats = BARS if symbol == "bars" else MATRIX
    found = zxingcpp.read_barcodes(image, formats=formats, text_mode=zxingcpp.TextMode.Plain)
    # A UPC-A is the EAN-13 that begins with 0.
    return ["0" + one.text if len(one.text) == 12 and one.format == FORMATS.UPCA else one.text for one in found]


def libdmtx():
    """Needs a library of the system: without it this reader is left out."""
    try:
        from pylibdmtx import pylibdmtx
    except ImportError as error:
        print("libdmtx is not there:", error)
        return None
    return lambda image, symbol: [one.data.decode("utf8", "replace") for one in pylibdmtx.decode(image, max_count=1, timeout=200)]


def main():
    out, *folders = [argument for argument in sys.argv[1:] if not argument.startswith("--")]
    cv2.setNumThreads(1)
    readers = [("zxing-cpp", zxing, ("dm", "qr", "bars", "none"))]
    dmtx = None if "--no-libdmtx" in sys.argv else libdmtx()
    if dmtx:
        readers.append(("libdmtx", dmtx, ("dm", "none")))
    outcomes = []
    for folder in folders:
        corpus = os.path.basename(folder).split("-")[0]
        for entry in json.load(open(os.path.join(folder, "manifest.json"))):
            image = numpy.ascontiguousarray(cv2.imread(os.path.join(folder, entry["file"]), cv2.IMREAD_GRAYSCALE))
            for name, read, symbols in readers:
                # A fifth of a second a frame is more than clips are worth.
                if entry["sym"] not in symbols or (name == "libdmtx" and entry.get("clip")):
                    continue
                begin, failed = time.thread_time(), False
                try:
                    got = read(image, entry["sym"])
                except Exception:
                    got, failed = [], True
                ms = (time.thread_time() - begin) * 1e3
                outcomes.append(dict(dec=name, corpus=corpus, cls=entry["cls"], sym=entry["sym"], clip=entry.get("clip"),
                                     ms=ms, panic=failed, got=got, want=entry["text"]))
        print("read", folder, flush=True)
    json.dump(outcomes, open(out, "w"))


main()
