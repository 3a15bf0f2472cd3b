"""Builds the static programs for every system into dist/: an archive for each, and SHA256SUMS.

    dist.py [--only linux/amd64,...]

The same sources give the same bytes, wherever and whenever they are built: dates are SOURCE_DATE_EPOCH, or the
commit's. Each program is checked for what its archive's name says; what can run here is run, programs for other
processors under qemu-user if that is installed.
"""

import argparse
import glob
import gzip
import hashlib
import io
import os
import platform
import shutil
import struct
import subprocess
import sys
import tarfile
import tempfile
import time
import zipfile

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
PROGRAMS = ("ecflow_client", "ecflow", "ecflow_server")
SYSTEMS = ("linux/amd64", "linux/arm64", "darwin/amd64", "darwin/arm64", "windows/amd64")
MOST_BYTES = 12 * 2**20
ELF = {"amd64": 62, "arm64": 183}
MACH_O = {"amd64": 0x01000007, "arm64": 0x0100000C}
PE = {"amd64": 0x8664}
EMULATORS = {"arm64": "qemu-aarch64", "amd64": "qemu-x86_64"}


def output(*command, **more):
    return subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=True, **more).stdout.decode()


def build(system, folder):
    """Paths of the programs for that system."""
    goos, goarch = system.split("/")
    os.makedirs(folder, exist_ok=True)
    environment = dict(
        os.environ, GOOS=goos, GOARCH=goarch, CGO_ENABLED="0", GOAMD64="v1", GOARM64="v8.0", GOFLAGS=""
    )
    paths = []
    for name in PROGRAMS:
        paths.append(os.path.join(folder, name + (".exe" if goos == "windows" else "")))
        build_one(name, paths[-1], environment)
    return paths


def build_one(name, path, environment):
    command = [
        "go",
        "build",
        "-trimpath",
        "-buildvcs=false",
        "-ldflags",
        "-s -w",
        "-o",
        path,
        "./cmd/" + name,
    ]
    subprocess.run(command, cwd=ROOT, env=environment, check=True)


def problems(path, system):
    """What contradicts that this is a static program for that system, made of nothing of this machine."""
    goos, goarch = system.split("/")
    with open(path, "rb") as file:
        data = file.read()
    yield from {"linux": _elf, "darwin": _mach_o, "windows": _pe}[goos](data, goarch)
    if len(data) > MOST_BYTES:
        yield "has %.1f MB, %d are allowed" % (len(data) / 2**20, MOST_BYTES / 2**20)
    if ROOT.encode() in data:
        yield "names the directory it was built in"
    told = output("go", "version", "-m", path)
    for setting in ("CGO_ENABLED=0", "-trimpath=true", "GOOS=" + goos, "GOARCH=" + goarch):
        if setting not in told:
            yield "was not built with " + setting
    if "vcs." in told:
        yield "tells the state of a checkout"


def _elf(data, goarch):
    if data[:6] != b"\x7fELF\x02\x01" or struct.unpack_from("<H", data, 18)[0] != ELF[goarch]:
        yield "is no 64 bit ELF program for " + goarch
        return
    start, size, count = struct.unpack_from("<Q", data, 32)[0], *struct.unpack_from("<HH", data, 54)
    kinds = {struct.unpack_from("<I", data, start + number * size)[0] for number in range(count)}
    if kinds & {2, 3}:  # PT_DYNAMIC, PT_INTERP
        yield "is not static"


def _mach_o(data, goarch):
    # Every macOS program asks for libSystem; the system promises nothing below it.
    if struct.unpack_from("<II", data) != (0xFEEDFACF, MACH_O[goarch]):
        yield "is no Mach-O program for " + goarch


def _pe(data, goarch):
    at = struct.unpack_from("<I", data, 60)[0]
    if (
        data[:2] != b"MZ"
        or data[at : at + 4] != b"PE\0\0"
        or struct.unpack_from("<H", data, at + 4)[0] != PE[goarch]
    ):
        yield "is no Windows program for " + goarch


def runner(system):
    """The command before a program's name that runs it here; None if nothing can."""
    goos, goarch = system.split("/")
    if goos != sys.platform:
        return None
    if goarch == {"x86_64": "amd64", "aarch64": "arm64"}.get(platform.machine()):
        return []
    found = [shutil.which(EMULATORS[goarch] + suffix) for suffix in ("-static", "")]
    return next(([path] for path in found if path), None)


def run(paths, before, version):
    for path in paths:
        said = output(*before, path, "--version")
        if version not in said:
            sys.exit("%s --version says %r" % (path, said))


def completions(folder):
    """{name in the archive: path} of the shells' completion scripts, told by a program that runs here."""
    program = os.path.join(folder, "ecflow")
    build_one("ecflow", program, dict(os.environ, CGO_ENABLED="0"))
    places = {
        "bash": "bash-completion/completions/%s",
        "zsh": "zsh/site-functions/_%s",
        "fish": "fish/vendor_completions.d/%s.fish",
    }
    found = {}
    for name, words in (("ecflow", []), ("ecflow_client", ["client"])):
        for shell, place in places.items():
            inner = "share/" + place % name
            found[inner] = os.path.join(folder, name + "." + shell)
            with open(found[inner], "w") as out:
                out.write(output(program, "completion", *words, shell))
    return found


def contents(paths, told):
    """[(name in the archive, path, may be executed)], sorted."""
    files = [("bin/" + os.path.basename(path), path, True) for path in paths]
    files += [(name, os.path.join(ROOT, name), False) for name in ("LICENSE", "README.md", "CHANGELOG.md")]
    for page in glob.glob(os.path.join(ROOT, "docs", "man", "*.[1-9]")):
        files.append(("share/man/man%s/%s" % (page[-1], os.path.basename(page)), page, False))
    files += [(inner, path, False) for inner, path in told.items()]
    return sorted(files)


def pack(name, files, archive, moment):
    """Writes the archive; nothing in it comes from this machine or the hour."""
    if archive.endswith(".zip"):
        with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as out:
            for inner, path, executable in files:
                # ZIP knows no dates before 1980.
                info = zipfile.ZipInfo(name + "/" + inner, time.gmtime(max(moment, 315532800))[:6])
                info.create_system, info.compress_type = 3, zipfile.ZIP_DEFLATED
                info.external_attr = (0o100755 if executable else 0o100644) << 16
                with open(path, "rb") as file:
                    out.writestr(info, file.read(), compresslevel=9)
        return
    plain = io.BytesIO()
    with tarfile.open(fileobj=plain, mode="w", format=tarfile.USTAR_FORMAT) as out:
        for inner, path, executable in files:
            info = tarfile.TarInfo(name + "/" + inner)
            info.size, info.mtime, info.mode = os.path.getsize(path), moment, 0o755 if executable else 0o644
            with open(path, "rb") as file:
                out.addfile(info, file)
    with open(archive, "wb") as file, gzip.GzipFile("", "wb", 9, file, moment) as out:
        out.write(plain.getvalue())


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--only", default=",".join(SYSTEMS), help="systems, separated by commas")
    options.add_argument("--into", default=os.path.join(ROOT, "dist"), metavar="DIR")
    asked = options.parse_args()
    with open(os.path.join(ROOT, "internal", "version", "version.txt")) as text:
        version = text.read().strip()
    moment = int(os.environ.get("SOURCE_DATE_EPOCH") or output("git", "log", "-1", "--format=%ct"))
    into = os.path.abspath(asked.into)
    os.makedirs(into, exist_ok=True)
    sums = []
    with tempfile.TemporaryDirectory(prefix="ecflow-dist-") as scratch:
        told = completions(scratch)
        for system in asked.only.split(","):
            paths = build(system, os.path.join(scratch, system))
            found = [
                "%s: %s %s" % (system, os.path.basename(path), text)
                for path in paths
                for text in problems(path, system)
            ]
            if found:
                sys.exit("\n".join(found))
            before = runner(system)
            if before is not None:
                run(paths, before, version)
            name = "ecflow-go-%s-%s" % (version, system.replace("/", "-"))
            archive = os.path.join(into, name + (".zip" if system.startswith("windows") else ".tar.gz"))
            pack(name, contents(paths, told), archive, moment)
            with open(archive, "rb") as file:
                sums.append("%s  %s\n" % (hashlib.sha256(file.read()).hexdigest(), os.path.basename(archive)))
            ran = (
                "not run here"
                if before is None
                else " ".join(["runs", *(os.path.basename(word) for word in before)])
            )
            print(
                "%s  %.1f MB, %s" % (os.path.relpath(archive), os.path.getsize(archive) / 2**20, ran),
                flush=True,
            )
    with open(os.path.join(into, "SHA256SUMS"), "w") as out:
        out.writelines(sums)


if __name__ == "__main__":
    main()
