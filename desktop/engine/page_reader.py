"""Both PP-OCR networks around one picture: where its lines stand and what each says."""

import math
from collections.abc import Iterator

import cv2
import numpy as np
from numpy.typing import NDArray

from desktop.engine.glyphs import Glyph
from desktop.engine.network import Network, Stop, model_file
from desktop.engine.text_detector import Place, TextDetector, text_scale
from desktop.engine.text_recognizer import Reading, TextRecognizer
from desktop.job import Box, Shot

DETECTOR = "PP-OCRv6_det_small.onnx"
RECOGNIZER = "PP-OCRv6_rec_small.onnx"
SURE = 0.5  # what is read less surely is no text
PAD = 0.2  # room at both ends of a line, in line heights
TALL = 1.5  # a place so much taller than wide may be a line that was turned

Pixels = NDArray[np.uint8]


class PageReader:
    """Finds and reads lines; holds no state of a picture, so several may be read in turn."""

    def __init__(self) -> None:
        """Read both networks. Raises EngineError where they are missing or damaged."""
        self._detector = TextDetector(Network(model_file(DETECTOR)))
        self._recognizer = TextRecognizer(Network(model_file(RECOGNIZER)))

    def warm_up(self) -> None:
        """Run each network once."""
        picture = np.zeros((64, 320, 3), np.uint8)
        picture[24:40, 40:200:8] = 255
        stop = Stop()
        for _ in self._detector.find(picture, 1.0, stop):
            pass
        self._recognizer.read(picture[20:44], stop)

    def picture(self, shot: Shot) -> Pixels:
        """The Shot as uint8 (height, width, 3), BGR, which both networks were trained on."""
        rgb = np.frombuffer(shot.rgb, np.uint8).reshape(shot.height, shot.width, 3)
        return np.ascontiguousarray(rgb[:, :, ::-1])

    def find(self, picture: Pixels, shot_scale: float, stop: Stop) -> Iterator[list[Place] | None]:
        """Yield None while it works, then the places of all lines. Raises Cancelled."""
        return self._detector.find(picture, text_scale(picture, shot_scale), stop)

    def box(self, place: Place, picture: Pixels) -> Box:
        """The upright box around a place, inside the picture."""
        turn = math.radians(place.angle)
        width = abs(place.width * math.cos(turn)) + abs(place.height * math.sin(turn))
        height = abs(place.width * math.sin(turn)) + abs(place.height * math.cos(turn))
        left, top = max(0, round(place.x - width / 2)), max(0, round(place.y - height / 2))
        right = min(picture.shape[1], round(place.x + width / 2) + 1)
        bottom = min(picture.shape[0], round(place.y + height / 2) + 1)
        return Box(left, top, max(right, left + 1), max(bottom, top + 1))

    def read(self, picture: Pixels, place: Place, stop: Stop) -> tuple[Glyph, ...]:
        """The glyphs of a place, in pixels of the picture; none where nothing is read surely. Raises Cancelled."""
        crop, left, share = self._crop(picture, place)
        reading = self._recognizer.read(crop, stop)
        if place.height > TALL * place.width:
            reading = self._turned(crop, reading, stop)
        if reading.sure < SURE:
            return ()
        return tuple(glyph.moved(left) for glyph in reading.glyphs) if share == 1 else reading.glyphs

    def _turned(self, crop: Pixels, upright: Reading, stop: Stop) -> Reading:
        """The surer one of the line as it stands and the line turned to the left."""
        other = self._recognizer.read(np.ascontiguousarray(np.rot90(crop)), stop)
        return other if other.sure > upright.sure else upright

    def _crop(self, picture: Pixels, place: Place) -> tuple[Pixels, float, float]:
        """The line upright, the x where its left end stands in the picture, and 1 unless it was turned."""
        box = self.box(place, picture)
        if place.angle == 0:
            pad = round(PAD * box.height)
            left, right = max(0, box.left - pad), box.right + pad
            return picture[box.top : box.bottom, left:right], left, 1.0
        width, height = max(1, round(place.width)), max(1, round(place.height))
        matrix = cv2.getRotationMatrix2D((place.x, place.y), place.angle, 1.0)
        matrix[:, 2] += np.array([width / 2 - place.x, height / 2 - place.y])
        crop = cv2.warpAffine(picture, matrix, (width, height), borderMode=cv2.BORDER_REPLICATE)
        return crop.astype(np.uint8), box.left, 0.0
