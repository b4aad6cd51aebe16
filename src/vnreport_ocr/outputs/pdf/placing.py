"""From the page as it was oriented for reading back to the page in the PDF."""

import math

import pikepdf

from vnreport_ocr.model import Posture

Rectangle = tuple[float, float, float, float]


def laid_on(target: pikepdf.Page, size: tuple[float, float], posture: Posture) -> pikepdf.Matrix:
    """Return the matrix from a page of this size, as it was oriented for reading, to the page of a PDF."""
    box = [float(edge) for edge in target.cropbox]
    left, right = sorted((box[0], box[2]))
    bottom, top = sorted((box[1], box[3]))
    rotation = int(target.obj.get("/Rotate", 0)) if "/Rotate" in target.obj else int(target.rotation)
    return laid_to_page(size, posture, (left, bottom, right, top), rotation % 360)


def laid_to_page(size: tuple[float, float], posture: Posture, box: Rectangle, rotation: int = 0) -> pikepdf.Matrix:
    """Return the matrix from the page as read (origin lower left, upwards) to the PDF page of this box and rotation."""
    wide, high = size
    turned = askew(size, posture.skew) @ _turned_back(posture.turn, wide, high)
    shown_wide, shown_high = (high, wide) if posture.turn % 180 else (wide, high)
    left, bottom, right, top = box
    across, up = (top - bottom, right - left) if rotation % 180 else (right - left, top - bottom)
    fitted = turned @ pikepdf.Matrix(across / shown_wide, 0, 0, up / shown_high, 0, 0)
    return fitted @ _turned_back(rotation, across, up) @ pikepdf.Matrix(1, 0, 0, 1, left, bottom)


def askew(size: tuple[float, float], degrees: float) -> pikepdf.Matrix:
    """Undo that a page was straightened: return the matrix from the straight page to the one that slants."""
    wide, high = size
    middle = pikepdf.Matrix(1, 0, 0, 1, -wide / 2, -high / 2)
    angle = math.radians(degrees)
    cosine, sine = math.cos(angle), math.sin(angle)
    back = pikepdf.Matrix(1, 0, 0, 1, wide / 2, high / 2)
    return middle @ pikepdf.Matrix(cosine, -sine, sine, cosine, 0, 0) @ back


def _turned_back(degrees: int, wide: float, high: float) -> pikepdf.Matrix:
    """Undo that a page was turned clockwise; ``wide`` and ``high`` are the sides of the turned page."""
    match degrees % 360:
        case 90:
            return pikepdf.Matrix(0, 1, -1, 0, high, 0)
        case 180:
            return pikepdf.Matrix(-1, 0, 0, -1, wide, high)
        case 270:
            return pikepdf.Matrix(0, -1, 1, 0, 0, wide)
    return pikepdf.Matrix(1, 0, 0, 1, 0, 0)
