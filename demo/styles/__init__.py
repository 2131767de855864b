"""Sites in the many styles that a crawler meets, filled with invented news; ``python -m demo.styles`` serves them."""

from __future__ import annotations

from demo.styles.antarwana import AntarWana
from demo.styles.arsipsagara import ArsipSagara
from demo.styles.bacatirta import BacaTirta
from demo.styles.blogpos import BlogPos
from demo.styles.hariankota import HarianKota
from demo.styles.kilasan import Kilasan
from demo.styles.lawas import LawasPos
from demo.styles.layar import LayarSagara
from demo.styles.mimbar import MimbarToday
from demo.styles.pemda_wanakerta import PemdaWanakerta
from demo.styles.rantai import RantaiKabar
from demo.styles.sagarapost import SagaraPost
from demo.styles.sandi import SandiBerita
from demo.styles.semarak import Semarak
from demo.styles.simpul import SimpulSagara
from demo.styles.site import StyleSite
from demo.styles.warta_kidul import WartaKidul

STYLE_CLASSES: tuple[type[StyleSite], ...] = (
    SagaraPost, WartaKidul, BacaTirta, Kilasan, LawasPos, LayarSagara, MimbarToday, RantaiKabar, ArsipSagara, AntarWana,
    PemdaWanakerta, Semarak, HarianKota, BlogPos, SandiBerita, SimpulSagara,
)  # fmt: skip
"""In the order of their loopback addresses."""
STYLES = tuple(style.key for style in STYLE_CLASSES)
