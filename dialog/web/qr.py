"""QR codes, black on white with their quiet zone."""

import base64
import io

import segno


def png(address: str, *, scale: int = 4) -> bytes:
    """A QR code as PNG, `scale` pixels to a module."""
    file = io.BytesIO()
    # One mask for all: trying eight of them takes three times as long and reads no better here.
    segno.make_qr(address, error="m", mask=2).save(file, kind="png", scale=scale, border=4)
    return file.getvalue()


def image(address: str, *, scale: int = 12) -> str:
    """The same as a data address, for an <img>."""
    return f"data:image/png;base64,{base64.b64encode(png(address, scale=scale)).decode()}"


def drawing(address: str) -> str:
    """The same as an SVG document, for print: sharp at any size, with half the quiet zone, for
    white paper is around it.
    """
    file = io.BytesIO()
    segno.make_qr(address, error="m", mask=2).save(
        file, kind="svg", border=2, xmldecl=False, svgclass=None, lineclass=None, omitsize=True
    )
    return file.getvalue().decode()
