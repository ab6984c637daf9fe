"""Puts one session together from its settings: drivers, face worker, pipe, what the hall is called."""

from __future__ import annotations

import re
import resource
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from config.catalogue import Catalogue
from config.hall_time import hall_now, hall_today
from config.item import Text
from config.printer_profile import profile_named
from config.settings import Settings
from devices.contracts.eyes import Eyes
from devices.contracts.fingerprints import FingerprintMatcher
from devices.contracts.id_cards import IdCardReader
from devices.contracts.liveness import LivenessLevel
from devices.contracts.receipt_printer import ReceiptPrinter
from devices.contracts.scanner import BarcodeScanner
from devices.contracts.social_security_card import SocialSecurityReader
from devices.escpos.printer import EscPosPrinter
from devices.eyes.client import FaceWorkerEyes
from devices.eyes.vendor_photos import EyesWithVendorDecoder
from devices.pages.client import page_camera
from devices.sam_v.reader import SamVReader
from devices.scanners.codes import CodePatterns
from devices.scanners.families import FAMILIES
from devices.scanners.scanner import SerialScanner
from devices.smart_card.reader import PcscReader
from devices.vendor_host.client import VendorHost
from devices.vendor_host.fingerprint import VendorFingerprintMatcher
from devices.vendor_host.id_card_reader import SdtReader
from devices.vendor_host.liveness import VendorLivenessModule
from devices.vendor_host.operations import SIMULATED, ModuleKind
from devices.vendor_host.photo_decoder import VendorPhotoDecoder
from kiosk.session.errands.context import Equipment
from kiosk.session.hall import Hall
from kiosk.session.link import TerminalLink
from kiosk.session.runner import Runner
from kiosk.session.sealing import load_platform_key, load_platform_word
from kiosk.session.services import OnPreview, OnSession, SessionServices


def session_services(
    settings: Settings,
    catalogue: Catalogue,
    link_fd: int,
    face_worker: Sequence[str],
    vendor_host: Sequence[str],
) -> SessionServices:
    """Give the services of a session whose pipe to the terminal is `link_fd`.

    `face_worker` is the command line of the face worker, `vendor_host` that of a process that holds a
    vendor's library. Raises `UnreadableKey`.
    """
    # A core dump of this process would hold a person's data.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    platform_key = load_platform_key(settings.platform.envelope_key, settings.platform.envelope_suite)
    platform_word = load_platform_word(settings.platform.receipt_key)

    def assemble(on_session: OnSession, on_preview: OnPreview) -> Runner:
        module = liveness_module(settings, vendor_host)
        equipment = Equipment(
            reader=id_card_reader(settings, vendor_host),
            printer=receipt_printer(settings),
            eyes=eyes(settings, face_worker, vendor_host),
            link=TerminalLink(link_fd),
            platform_key=platform_key,
            platform_word=platform_word,
            settings=settings,
            clock=hall_now,
            fingerprints=fingerprint_matcher(settings, vendor_host),
            scanner=barcode_scanner(settings),
            liveness_module=module,
            page_camera=None
            if settings.document_camera.source is None
            else page_camera(settings.document_camera),
        )
        around = replace(hall(settings, catalogue), liveness_module=None if module is None else module.level)
        return Runner(around, equipment, on_session=on_session, on_preview=on_preview)

    return SessionServices(assemble)


def hall(settings: Settings, catalogue: Catalogue) -> Hall:
    """What a session knows of its hall before it has probed anything."""
    terminal = settings.terminal
    return Hall(
        terminal_id=terminal.id,
        name=Text(zh=terminal.hall_name_zh, en=terminal.hall_name_en),
        phone=terminal.hall_phone,
        items=catalogue.items,
        today=hall_today(),
        district=catalogue.district,
        working_days=catalogue.working_days,
        catalogue_version=catalogue.version,
        large_print_from_age=settings.printer.large_print_from_age,
        operable_share=settings.screen.operable_share,
    )


def id_card_reader(settings: Settings, vendor_host: Sequence[str]) -> IdCardReader | None:
    """The configured driver; None when there is no reader."""
    chosen = settings.id_reader
    match chosen.driver:
        case "sam_v":
            return SamVReader(chosen.port, chosen.baud)
        case "sdt":
            return SdtReader(VendorHost(ModuleKind.SDT, str(chosen.library), vendor_host), chosen.sdt_port)
        case "none":
            return None


def receipt_printer(settings: Settings) -> ReceiptPrinter | None:
    """The configured driver; None when there is no printer."""
    chosen = settings.printer
    if chosen.driver == "none":
        return None
    return EscPosPrinter(chosen.port, chosen.baud, profile_named(chosen.profile), chosen.flow)


def barcode_scanner(settings: Settings) -> BarcodeScanner | None:
    """The configured driver; None when there is no scanner."""
    chosen = settings.scanner
    if chosen.driver == "none":
        return None
    patterns = CodePatterns(
        payment_notice=_pattern(chosen.payment_notice_pattern), opaque=_pattern(chosen.opaque_pattern)
    )
    return SerialScanner(chosen.port, chosen.baud, FAMILIES[chosen.driver], chosen.suffix, patterns)


def _pattern(text: str) -> re.Pattern[str] | None:
    return re.compile(text) if text else None


def social_security_reader(settings: Settings) -> SocialSecurityReader | None:
    """The configured driver; None when there is no reader."""
    chosen = settings.smart_card
    return PcscReader(chosen.reader) if chosen.driver == "pcsc" else None


def eyes(settings: Settings, face_worker: Sequence[str], vendor_host: Sequence[str]) -> Eyes:
    """The face worker, with a vendor's photo decoder beside it where one is configured."""
    chosen = settings.face
    if chosen.photo_decoder != "vendor":
        return FaceWorkerEyes(face_worker)
    return EyesWithVendorDecoder(face_worker, photo_decoder(settings, vendor_host)[1])


def photo_decoder(settings: Settings, vendor_host: Sequence[str]) -> tuple[VendorHost, VendorPhotoDecoder]:
    """The configured vendor's decoder, and the process that holds it."""
    host = VendorHost(ModuleKind.WLT, str(settings.face.photo_library), vendor_host)
    return host, VendorPhotoDecoder(host, settings.face.photo_library_flag)


def fingerprint_matcher(settings: Settings, vendor_host: Sequence[str]) -> FingerprintMatcher | None:
    """The configured driver; None when there is no sensor."""
    chosen = settings.fingerprint
    if chosen.driver == "none" or chosen.threshold is None:
        return None
    return VendorFingerprintMatcher(
        VendorHost(ModuleKind.FINGERPRINT, _library(chosen.driver, chosen.library), vendor_host),
        threshold=chosen.threshold,
        least_quality=chosen.least_quality,
        scanner_type=chosen.scanner_type,
    )


def liveness_module(settings: Settings, vendor_host: Sequence[str]) -> VendorLivenessModule | None:
    """The configured driver; None when there is no such module. A simulated one certifies nothing."""
    chosen = settings.liveness_module
    if chosen.driver == "none":
        return None
    host = VendorHost(ModuleKind.LIVENESS, _library(chosen.driver, chosen.library), vendor_host)
    level = LivenessLevel.CERTIFIED if chosen.driver == "vendor" else LivenessLevel.BASIC
    return VendorLivenessModule(host, level)


def _library(driver: str, library: Path | None) -> str:
    return f"{SIMULATED}{library}" if driver == "simulator" else str(library)
