"""Names every public symbol in symbol graphs that has no documentation; the exit status is 1 where there is one."""

import json
import sys

missing = 0
for path in sys.argv[1:]:
    with open(path) as file:
        graph = json.load(file)
    for symbol in graph["symbols"]:
        # What the compiler has made up, or copied from a protocol of the standard library, stands in no source file.
        if "docComment" in symbol or "location" not in symbol or "::SYNTHESIZED::" in symbol["identifier"]["precise"]:
            continue
        place = symbol["location"]
        file = place["uri"].removeprefix("file://")
        print(f"{file}:{place['position']['line'] + 1}: error: {'.'.join(symbol['pathComponents'])} is not documented")
        missing += 1
sys.exit(1 if missing else 0)
