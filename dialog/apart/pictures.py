"""Pictures drawn anew: what is seen is left, without the camera's notes and anything hidden."""

from contextlib import suppress
from io import BytesIO
from typing import Any, Final

from PIL import Image, ImageCms, ImageOps

from dialog.core.documents.kinds import Fault, Kind, UnfitError

PIXELS: Final = 60_000_000
QUALITY: Final = 90  # of JPEG
_MODES: Final = {Kind.JPEG: ("L", "RGB"), Kind.PNG: ("L", "LA", "RGB", "RGBA")}


def redraw(path: str, out: str, kind: str) -> dict[str, Any]:
    """Write the picture to `out`, upright and in sRGB. The same bytes for the same picture."""
    Image.MAX_IMAGE_PIXELS = None  # we count ourselves, before anything is unpacked
    form = Kind(kind)
    try:
        with Image.open(path, formats=[form.name]) as found:
            if found.width * found.height > PIXELS:
                raise UnfitError(Fault.PIXELS)
            found.load()
            picture = _in_common_colours(ImageOps.exif_transpose(found), form)
    except (OSError, ValueError, SyntaxError, EOFError):
        raise UnfitError(Fault.BROKEN) from None
    clean = Image.new(picture.mode, picture.size)
    clean.paste(picture)
    clean.save(out, form.name, **({"quality": QUALITY} if form is Kind.JPEG else {}))
    return {"width": clean.width, "height": clean.height}


def _in_common_colours(picture: Image.Image, form: Kind) -> Image.Image:
    profile, modes = picture.info.get("icc_profile"), _MODES[form]
    if profile and picture.mode in ("RGB", "CMYK"):
        common = ImageCms.createProfile("sRGB")
        with suppress(ImageCms.PyCMSError, OSError):  # unreadable: the colours as they stand
            own = ImageCms.ImageCmsProfile(BytesIO(profile))
            picture = ImageCms.profileToProfile(picture, own, common, outputMode="RGB") or picture
    if picture.mode in modes:
        return picture
    see_through = form is Kind.PNG and ("transparency" in picture.info or "A" in picture.mode)
    return picture.convert("RGBA" if see_through else "RGB")
