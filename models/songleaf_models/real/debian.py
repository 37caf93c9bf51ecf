"""Fetches Debian packages' files without installing them."""

import shutil
import subprocess
from pathlib import Path


def unpack_package(name: str, target: Path) -> None:
    """Puts the files of a Debian package below `target`, unless they are there already.

    Raises RuntimeError with one sentence where apt or dpkg is missing or fails.
    """
    if target.exists():
        return
    for tool in ("apt-get", "dpkg"):
        if shutil.which(tool) is None:
            raise RuntimeError(f"{name} is a Debian package: fetching it needs {tool}.")
    work = target.with_name(f".{target.name}.partial")
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    try:
        if not _download(name, work):
            # On a fresh machine the lists are empty, and only root may fetch them.
            subprocess.run(["apt-get", "-q", "update"], capture_output=True, check=False, timeout=300)
            if not _download(name, work):
                raise RuntimeError(f"{name} could not be fetched with apt-get.")
        (package,) = work.glob("*.deb")
        unpacked = work / "files"
        subprocess.run(["dpkg", "-x", str(package), str(unpacked)], capture_output=True, check=True, timeout=120)
        unpacked.rename(target)
    except subprocess.CalledProcessError as error:
        raise RuntimeError(f"{name} could not be unpacked: {error.stderr.decode(errors='replace')}") from error
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _download(name: str, folder: Path) -> bool:
    command = ["apt-get", "-q", "-o", "Acquire::Retries=2", "download", name]
    done = subprocess.run(command, cwd=folder, capture_output=True, check=False, timeout=600)
    return done.returncode == 0 and any(folder.glob("*.deb"))
