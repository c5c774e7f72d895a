#!/usr/bin/env python3
"""debian-unpack.py SUITE DIR PACKAGE...: unpack packages of another Debian suite, with what they depend on, into DIR/root, beside the system.

Uses the mirror that apt is set up with. Checks each package's SHA-256 against the suite's index. Nothing is installed."""
import hashlib, lzma, os, re, subprocess, sys, urllib.request

suite, out, *wanted = sys.argv[1:]
sites = subprocess.run(["apt-get", "indextargets", "--format", "$(REPO_URI)"], capture_output=True, text=True, check=True).stdout.split()
base = next(s.rstrip("/") for s in sites if s.rstrip("/").endswith("/debian"))


def download(path):
    for attempt in range(3):
        try:
            return urllib.request.urlopen(f"{base}/{path}", timeout=60).read()
        except OSError as error:
            if attempt == 2:
                sys.exit(f"{path}: {error}")


text = lzma.decompress(download(f"dists/{suite}/main/binary-amd64/Packages.xz")).decode()
index = {}
for block in text.split("\n\n"):
    fields = dict(line.split(": ", 1) for line in block.split("\n") if line[:1] != " " and ": " in line)
    if fields:
        index.setdefault(fields["Package"], fields)
        for virtual in fields.get("Provides", "").split(","):
            index.setdefault(re.split(r"[ (]", virtual.strip())[0], fields)
skip = {"debconf", "debconf-2.0", "init-system-helpers", "perl-base"}
todo, chosen = list(wanted), {}
while todo:
    name = todo.pop()
    if name in skip or name not in index or index[name]["Package"] in chosen:
        continue
    fields = chosen[index[name]["Package"]] = index[name] if index[name]["Package"] == name else index[index[name]["Package"]]
    for field in ("Pre-Depends", "Depends"):
        todo += [re.split(r"[ (:|]", alternative.strip())[0] for alternative in fields.get(field, "").split(",") if alternative.strip()]
os.makedirs(f"{out}/debs", exist_ok=True)
os.makedirs(f"{out}/root", exist_ok=True)
for fields in chosen.values():
    deb = f"{out}/debs/{os.path.basename(fields['Filename'])}"
    if not os.path.exists(deb):
        data = download(fields["Filename"])
        if hashlib.sha256(data).hexdigest() != fields["SHA256"]:
            sys.exit(f"checksum of {deb} differs")
        open(deb, "wb").write(data)
    subprocess.run(["dpkg", "-x", deb, f"{out}/root"], check=True)
print(len(chosen), "packages;", ", ".join(f"{f['Package']} {f['Version']}" for f in chosen.values() if f["Package"] in wanted))
